import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import { factsOf, refuse, send } from './answer.ts';
import type { Directory, EntraTenant } from './directory.ts';
import { createDirectory, isTenantName } from './directory.ts';
import { describeInstance, describeTenant } from './discovery.ts';
import type { EntraFault, FaultOptions, FaultQueue } from './faults.ts';
import { createFaultQueue } from './faults.ts';
import { decideGrant } from './grant.ts';
import { answerGraph } from './graph.ts';
import type { Tls } from './listener.ts';
import { listen, readBody } from './listener.ts';
import type { TokenCheck, TokenClaims, Tokens } from './tokens.ts';
import { createTokens } from './tokens.ts';

export interface EntraRequest {
  method: string;
  path: string;
  /** Milliseconds since 1970. */
  at: number;
  status: number;
}

export interface EntraOptions {
  tls: Tls;
  tenants: EntraTenant[];
  now?: () => number;
  /** Name clients know it by; it listens on 127.0.0.1 whatever this says. */
  host?: string;
  /** 0, the default, picks a free one. */
  port?: number;
  /** Default 3600. */
  tokenLifetimeSeconds?: number;
}

export interface Entra {
  origin: string;
  port: number;
  tenants: EntraTenant[];
  requests: EntraRequest[];
  /** Makes an API known to a tenant; without it a token for it is refused with 500011. */
  addResource(tenantId: string, origin: string): void;
  /** A token without a request, as tests need it. */
  issueToken(grant: Omit<TokenClaims, 'expiresAt'>, lifetimeSeconds?: number): string;
  checkToken(token: string): TokenCheck;
  revokeTokens(): void;
  setTokenLifetime(seconds: number): void;
  /** Answers the next `count` token requests (default 1) with a fault. */
  play(fault: EntraFault, options?: FaultOptions): void;
  /** Takes back every fault that is still to come. */
  clear(): void;
  close(): Promise<void>;
}

/** Starts the simulated Entra ID: OpenID discovery and the client credentials grant, over TLS. */
export async function startEntra(options: EntraOptions): Promise<Entra> {
  const { tls, tenants, host = 'login.microsoftonline.localhost', port = 0, now = Date.now } = options;
  const state = { origin: '', lifetime: options.tokenLifetimeSeconds ?? 3600 };
  const directory = createDirectory(tenants);
  const tokens = createTokens({ origin: () => state.origin, now });
  const faults = createFaultQueue(now);
  const requests: EntraRequest[] = [];
  const route = createRoute({ directory, tokens, faults, now, state });

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'https://entra').pathname;
    const answer = await route(request, path);
    requests.push({ method: request.method ?? '', path, at: now(), status: answer.status });
    await send(response, answer);
  };

  const listener = await listen({ tls, port, handle });
  state.origin = `https://${host}:${listener.port}`;
  // Microsoft Graph is known in every directory; here it answers under the same name.
  for (const { id } of tenants) directory.addResource(id, state.origin);
  return {
    origin: state.origin,
    port: listener.port,
    tenants,
    requests,
    addResource: directory.addResource,
    issueToken: (grant, seconds = state.lifetime) => tokens.issue(grant, seconds),
    checkToken: tokens.check,
    revokeTokens: tokens.revokeAll,
    setTokenLifetime: (seconds) => {
      state.lifetime = seconds;
    },
    play: faults.play,
    clear: faults.clear,
    close: listener.close,
  };
}

interface RouteDeps {
  directory: Directory;
  tokens: Tokens;
  faults: FaultQueue;
  now: () => number;
  /** What changes after the start. */
  state: { origin: string; lifetime: number };
}

function createRoute({ directory, tokens, faults, now, state }: RouteDeps) {
  const answerToken = async (request: IncomingMessage, tenant: string): Promise<Answer> => {
    const form = new URLSearchParams(await readBody(request));
    const fault = faults.next(factsOf(tenant, form));
    if (fault) return fault;
    const grant = decideGrant(directory, tenant, form, now());
    if (grant.kind === 'refused') return refuse(grant.code, grant.facts, now());
    const subject = { tenantId: grant.tenant.id, clientId: grant.app.clientId, resource: grant.resource };
    const access_token = tokens.issue(subject, state.lifetime);
    const expires = { expires_in: state.lifetime, ext_expires_in: state.lifetime };
    return { status: 200, body: { token_type: 'Bearer', ...expires, access_token } };
  };

  return async (request: IncomingMessage, path: string): Promise<Answer> => {
    if (request.method === 'GET' && path === '/common/discovery/instance')
      return describeInstance(state.origin);
    const discovery = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/.exec(path)?.[1];
    if (request.method === 'GET' && discovery) {
      return discover(directory, state.origin, decodeURIComponent(discovery), now());
    }
    const token = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path)?.[1];
    if (request.method === 'POST' && token) return answerToken(request, decodeURIComponent(token));
    const graph = /^\/v1\.0\/(.+)$/.exec(path)?.[1];
    if (request.method === 'GET' && graph) {
      const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
      const asked = { path: decodeURIComponent(graph), token: tokens.check(bearer), origin: state.origin };
      return answerGraph(directory, asked);
    }
    return { status: 404, body: `<html><body>Not found: ${path}</body></html>` };
  };
}

function discover(directory: Directory, origin: string, name: string, now: number): Answer {
  const tenant = directory.findTenant(name);
  if (tenant) return { status: 200, body: describeTenant(origin, tenant.id) };
  const facts = { ...factsOf(name, new URLSearchParams()), tenant: name };
  const answer = refuse(isTenantName(name) ? 90002 : 900023, facts, now);
  // The discovery document's refusals carry another word than the token endpoint's.
  return { ...answer, body: { ...(answer.body as object), error: 'invalid_tenant' } };
}

import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Directory, EntraTenant } from './directory.ts';
import { createDirectory, isTenantName } from './directory.ts';
import { describeInstance, describeTenant } from './discovery.ts';
import { decideGrant } from './grant.ts';
import type { Tls } from './listener.ts';
import { listen, readBody } from './listener.ts';
import type { RefusalCode, RefusalFacts } from './refusals.ts';
import { refusalOf } from './refusals.ts';
import type { TokenCheck, TokenClaims } from './tokens.ts';
import { createTokens } from './tokens.ts';

/** An answer to give instead of the true one: an AADSTS code, or a gateway's page instead of JSON. */
export type EntraFault = RefusalCode | 'unavailable';

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
  play(fault: EntraFault, options?: { count?: number; retryAfterSeconds?: number }): void;
  /** Takes back every fault that is still to come. */
  clear(): void;
  close(): Promise<void>;
}

interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** Starts the simulated Entra ID: OpenID discovery and the client credentials grant, over TLS. */
export async function startEntra(options: EntraOptions): Promise<Entra> {
  const { tls, tenants, host = 'login.microsoftonline.localhost', port = 0, now = Date.now } = options;
  let lifetime = options.tokenLifetimeSeconds ?? 3600;
  let origin = '';
  const directory = createDirectory(tenants);
  const tokens = createTokens({ origin: () => origin, now });
  const faults = createFaultQueue(now);
  const requests: EntraRequest[] = [];

  const answerToken = async (request: IncomingMessage, tenant: string): Promise<Answer> => {
    const form = new URLSearchParams(await readBody(request));
    const fault = faults.next(factsOf(tenant, form));
    if (fault) return fault;
    const grant = decideGrant(directory, tenant, form, now());
    if (grant.kind === 'refused') return refuse(grant.code, grant.facts, now());
    const subject = { tenantId: grant.tenant.id, clientId: grant.app.clientId, resource: grant.resource };
    const access_token = tokens.issue(subject, lifetime);
    const expires = { expires_in: lifetime, ext_expires_in: lifetime };
    return { status: 200, body: { token_type: 'Bearer', ...expires, access_token } };
  };

  const route = async (request: IncomingMessage, path: string): Promise<Answer> => {
    if (request.method === 'GET' && path === '/common/discovery/instance') return describeInstance(origin);
    const discovery = /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/.exec(path)?.[1];
    if (request.method === 'GET' && discovery) return discover(directory, origin, discovery, now());
    const token = /^\/([^/]+)\/oauth2\/v2\.0\/token$/.exec(path)?.[1];
    if (request.method === 'POST' && token) return answerToken(request, decodeURIComponent(token));
    return { status: 404, body: `<html><body>Not found: ${path}</body></html>` };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = new URL(request.url ?? '/', 'https://entra').pathname;
    const answer = await route(request, path);
    requests.push({ method: request.method ?? '', path, at: now(), status: answer.status });
    send(response, answer);
  };

  const listener = await listen({ tls, port, handle });
  origin = `https://${host}:${listener.port}`;
  return {
    origin,
    port: listener.port,
    tenants,
    requests,
    addResource: directory.addResource,
    issueToken: (grant, seconds = lifetime) => tokens.issue(grant, seconds),
    checkToken: tokens.check,
    revokeTokens: tokens.revokeAll,
    setTokenLifetime: (seconds) => {
      lifetime = seconds;
    },
    play: faults.play,
    clear: faults.clear,
    close: listener.close,
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

function createFaultQueue(now: () => number) {
  const queue: { fault: EntraFault; retryAfterSeconds: number }[] = [];
  return {
    play: (fault: EntraFault, { count = 1, retryAfterSeconds = 30 } = {}) => {
      for (let i = 0; i < count; i++) queue.push({ fault, retryAfterSeconds });
    },
    clear: () => {
      queue.length = 0;
    },
    next: (facts: RefusalFacts): Answer | undefined => {
      const played = queue.shift();
      if (!played) return undefined;
      if (played.fault === 'unavailable') {
        return { status: 503, body: '<html><body><h1>Service Unavailable</h1></body></html>' };
      }
      const answer = refuse(played.fault, facts, now());
      const isThrottled = answer.status === 429 || answer.status === 503;
      return isThrottled
        ? { ...answer, headers: { 'retry-after': String(played.retryAfterSeconds) } }
        : answer;
    },
  };
}

function factsOf(tenant: string, form: URLSearchParams): RefusalFacts {
  const scope = form.get('scope') ?? '';
  const resource = scope.replace(/\/\.default$/, '');
  return { tenant, clientId: form.get('client_id') ?? '', appName: 'app', resource, scope };
}

function refuse(code: RefusalCode, facts: RefusalFacts, now: number): Answer {
  const { status, error, message } = refusalOf(code);
  const timestamp = new Date(now).toISOString().replace('T', ' ').replace(/\.\d+/, '');
  const [trace_id, correlation_id] = [randomUUID(), randomUUID()];
  const trail = `Trace ID: ${trace_id} Correlation ID: ${correlation_id} Timestamp: ${timestamp}`;
  const error_description = `AADSTS${code}: ${message(facts)} ${trail}`;
  const error_uri = `https://login.microsoftonline.com/error?code=${code}`;
  const body = {
    error,
    error_description,
    error_codes: [code],
    timestamp,
    trace_id,
    correlation_id,
    error_uri,
  };
  return { status, body };
}

function send(response: ServerResponse, { status, body, headers }: Answer): void {
  const isText = typeof body === 'string';
  const type = isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, {
    'content-type': type,
    'cache-control': 'no-store, no-cache',
    'x-ms-request-id': randomUUID(),
    ...headers,
  });
  response.end(isText ? body : JSON.stringify(body));
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { listen } from '../entra/listener.ts';
import type { DataverseRequest } from './answers/answer.ts';

import { checkCaller } from './answers/privileges.ts';
import { createContoso } from './contoso.ts';
import { DataverseError, notSimulated, unknownSegment } from './errors.ts';
import type { Effect, Fault } from './faults.ts';
import { createFaults } from './faults.ts';
import type { OrganizationHandle } from './handle.ts';
import { createHandle } from './handle.ts';
import { createLimiter } from './limits.ts';
import type { DataverseLogEntry, DataverseOptions, RequestHook } from './options.ts';
import type { OrganizationFacts } from './organization.ts';
import { parsePreferences, preferenceApplied } from './query/preferences.ts';
import type { Outgoing } from './response.ts';
import { refusalOf, send } from './response.ts';
import { createRoute } from './routes.ts';

/** A running Dataverse organisation. */
export interface Dataverse extends OrganizationHandle {
  origin: string;
  port: number;
  organization: OrganizationFacts;
  applicationUser: { id: string; clientId: string; fullName: string; email: string };
  /** Every request since the start, oldest first. */
  requests: DataverseLogEntry[];
  /** Adds a hook that is awaited before each answer; returns what takes it away again. */
  onRequest(hook: RequestHook): () => void;
  play(fault: Fault): void;
  /** Takes back every fault that is still to come. */
  clear(): void;
  setLatency(ms: number): void;
  close(): Promise<void>;
}

/** Longer URLs are refused by the service (page "Compose HTTP requests and handle errors"). */
const MAX_URL = 32_768;

/** Makes the organisation, fills it and starts serving it over TLS. */
export async function startDataverse(options: DataverseOptions): Promise<Dataverse> {
  const { tls, entra, host = 'contoso.crm7.dynamics.localhost', port = 0, now = Date.now } = options;
  const organization = createContoso(options);
  const counts = new Map([...organization.tables].map(([name, table]) => [name, table.size()]));
  const route = createRoute(organization, () => counts);
  const faults = createFaults(organization);
  const limiter = createLimiter(options.limits, now);
  const requests: DataverseLogEntry[] = [];
  const hooks = new Set<RequestHook>();
  let latencyMs = options.latencyMs ?? 0;
  let origin = '';

  const challenge = (): Outgoing => ({
    status: 401,
    type: 'text',
    parts: ['HTTP Error 401 - Unauthorized: Access is denied'],
    headers: {
      'www-authenticate': `Bearer authorization_uri=${entra.origin}/${organization.facts.tenantId}/oauth2/authorize, resource_id=${origin}/`,
    },
  });

  const answer = async (
    request: IncomingMessage,
    url: URL,
    effect: Effect | undefined,
  ): Promise<Outgoing> => {
    const rest = /^\/api\/data\/(?:v9\.\d\/?(.*))?$/.exec(url.pathname);
    if (!rest) return { status: 404, type: 'html', parts: ['<html><body><h1>Not Found</h1></body></html>'] };
    if (effect?.kind === 'unauthorized') return challenge();
    if (effect?.kind === 'refuse') throw effect.error;
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    const token = bearer === undefined ? undefined : entra.checkToken(bearer);
    const claims = token?.kind === 'valid' ? token.claims : undefined;
    const isOurs =
      claims?.resource.toLowerCase() === origin && claims.tenantId === organization.facts.tenantId;
    if (!claims || !isOurs) return challenge();
    checkCaller(organization, claims.clientId);
    if (request.method !== 'GET') throw notSimulated(`the method ${request.method}`);
    if (rest[1] === undefined) throw unknownSegment(url.pathname);
    if ((request.url ?? '').length > MAX_URL)
      throw new DataverseError(414, '0x0', 'The request URI is too long.');
    const { headers } = request;
    const parsed: DataverseRequest = {
      organization,
      base: `${origin}/api/data/v9.2/`,
      path: decodeURIComponent(rest[1]),
      rawQuery: url.search.slice(1),
      search: url.searchParams,
      preferences: parsePreferences(String(headers.prefer ?? ''), headers.accept ?? ''),
      deltaStandsFor: options.deltaStandsFor ?? 'first-page',
    };
    const applied = preferenceApplied(parsed.preferences);
    const found = await route(parsed);
    return applied === ''
      ? found
      : { ...found, headers: { 'preference-applied': applied, ...found.headers } };
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? '/';
    const entry: DataverseLogEntry = { method: request.method ?? '', path, at: now(), status: 0 };
    requests.push(entry);
    const effect = faults.next(path);
    const admission = limiter.admit();
    try {
      for (const hook of hooks) await hook(entry);
      const pause = latencyMs + (effect?.kind === 'delay' ? effect.ms : 0);
      if (pause > 0) await delay(pause);
      let outgoing: Outgoing;
      if ('refusal' in admission) outgoing = refusalOf(admission.refusal);
      else if (effect?.kind === 'html')
        outgoing = { status: effect.status, type: 'html', parts: [effect.text] };
      else outgoing = await answer(request, new URL(path, origin), effect).catch(refusalOf);
      entry.status = outgoing.status;
      const headers = { ...limiter.headers(), ...outgoing.headers };
      const isGzipAccepted = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      await send(response, { ...outgoing, headers }, { isGzipAccepted, isCut: effect?.kind === 'cut' });
    } finally {
      if ('done' in admission) admission.done();
    }
  };

  const listener = await listen({ tls, port, handle });
  origin = `https://${host}:${listener.port}`;
  entra.addResource(organization.facts.tenantId, origin);
  const { id, clientId, fullName, email } = organization.applicationUser;
  return {
    ...createHandle(organization),
    origin,
    port: listener.port,
    organization: organization.facts,
    applicationUser: { id, clientId, fullName, email },
    requests,
    onRequest: (hook) => {
      hooks.add(hook);
      return () => hooks.delete(hook);
    },
    play: faults.play,
    clear: faults.clear,
    setLatency: (ms) => {
      latencyMs = ms;
    },
    close: listener.close,
  };
}

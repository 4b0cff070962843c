import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { DataverseRequest } from './answers/answer.ts';
import type { ChunkPool } from './answers/chunk-pool.ts';
import { createChunkPool } from './answers/chunk-pool.ts';
import { checkCaller } from './answers/privileges.ts';
import { DataverseError, notSimulated, unknownSegment } from './errors.ts';
import type { Effect, Faults } from './faults.ts';
import { createFaults } from './faults.ts';
import { createLimiter } from './limits.ts';
import type { DataverseLogEntry, DataverseOptions, RequestHook } from './options.ts';
import type { Organization } from './organization.ts';
import { parsePreferences, preferenceApplied } from './query/preferences.ts';
import type { Outgoing } from './response.ts';
import { refusalOf, send } from './response.ts';
import { createRoute } from './routes.ts';

/** The Web API of one organisation: what answers requests, and what tests hold on to. */
export interface Service {
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
  requests: DataverseLogEntry[];
  hooks: Set<RequestHook>;
  faults: Faults;
  setLatency(ms: number): void;
}

export interface ServiceDeps {
  organization: Organization;
  options: DataverseOptions;
  /** Known only once the port is. */
  origin: () => string;
}

/** Longer URLs are refused by the service (page "Compose HTTP requests and handle errors"). */
const MAX_URL = 32_768;

export function createService({ organization, options, origin }: ServiceDeps): Service {
  const { now = Date.now } = options;
  const chunks = createChunkPool();
  const answer = createAnswer({ organization, options, origin }, chunks);
  const faults = createFaults(organization);
  const limiter = createLimiter(options.limits, now);
  const requests: DataverseLogEntry[] = [];
  const hooks = new Set<RequestHook>();
  let latencyMs = options.latencyMs ?? 0;

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
      const outgoing =
        'refusal' in admission
          ? refusalOf(admission.refusal)
          : await answer(request, effect).catch(refusalOf);
      entry.status = outgoing.status;
      response.once('close', () => chunks.giveBack(outgoing.parts));
      const headers = { ...limiter.headers(), ...outgoing.headers };
      const isGzipAccepted = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
      const breaks = effect?.kind === 'cut' || effect?.kind === 'endless' ? effect.kind : null;
      await send(response, { ...outgoing, headers }, { isGzipAccepted, breaks });
    } finally {
      if ('done' in admission) admission.done();
    }
  };

  return {
    handle,
    requests,
    hooks,
    faults,
    setLatency: (ms) => {
      latencyMs = ms;
    },
  };
}

type FindAnswer = (request: IncomingMessage, effect: Effect | undefined) => Promise<Outgoing>;

/** The checks in the service's own order: place, token, caller, then what is asked for. */
function createAnswer({ organization, options, origin }: ServiceDeps, chunks: ChunkPool): FindAnswer {
  const { entra, deltaStandsFor = 'first-page' } = options;
  const { tenantId } = organization.facts;
  const counts = new Map([...organization.tables].map(([name, table]) => [name, table.size()]));
  const route = createRoute(organization, () => counts);

  const clientOf = (authorization: string | undefined): string | undefined => {
    const bearer = /^Bearer (.+)$/i.exec(authorization ?? '')?.[1];
    const token = bearer === undefined ? undefined : entra.checkToken(bearer);
    if (token?.kind !== 'valid') return undefined;
    const { resource, clientId, tenantId: tenant } = token.claims;
    return resource.toLowerCase() === origin() && tenant === tenantId ? clientId : undefined;
  };

  return async (request, effect) => {
    if (effect?.kind === 'html') return { ...effect, type: 'html', parts: [effect.text] };
    if (effect?.kind === 'json') return { status: 200, type: 'json', parts: [effect.text] };
    const url = new URL(request.url ?? '/', origin());
    const rest = /^\/api\/data\/(?:v9\.\d\/?(.*))?$/.exec(url.pathname);
    if (!rest) return { status: 404, type: 'html', parts: ['<html><body><h1>Not Found</h1></body></html>'] };
    if (effect?.kind === 'refuse') throw effect.error;
    const clientId = clientOf(request.headers.authorization);
    if (clientId === undefined || effect?.kind === 'unauthorized') {
      return challenge(`${entra.origin}/${tenantId}/oauth2/authorize`, origin());
    }
    checkCaller(organization, clientId);
    if (request.method !== 'GET') throw notSimulated(`the method ${request.method}`);
    if (rest[1] === undefined) throw unknownSegment(url.pathname);
    if ((request.url ?? '').length > MAX_URL)
      throw new DataverseError(414, '0x0', 'The request URI is too long.');
    const { prefer = '', accept = '' } = request.headers;
    const parsed: DataverseRequest = {
      organization,
      base: `${origin()}/api/data/v9.2/`,
      path: decodePath(rest[1]),
      rawQuery: url.search.slice(1),
      search: url.searchParams,
      preferences: parsePreferences(String(prefer), accept),
      deltaStandsFor,
      chunks,
    };
    const applied = preferenceApplied(parsed.preferences);
    const found = await route(parsed);
    return applied === ''
      ? found
      : { ...found, headers: { 'preference-applied': applied, ...found.headers } };
  };
}

function decodePath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new DataverseError(400, '0x80060888', `The request URI is not valid: '${path}'.`);
  }
}

/** What an unauthenticated request learns: which authority to ask, and for which resource. */
function challenge(authority: string, origin: string): Outgoing {
  return {
    status: 401,
    type: 'text',
    parts: ['HTTP Error 401 - Unauthorized: Access is denied'],
    headers: { 'www-authenticate': `Bearer authorization_uri=${authority}, resource_id=${origin}/` },
  };
}

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { Session } from '../src/dynamics/session.ts';
import { type Listener, listen } from '../src/sandbox/entra/listener.ts';
import { enter, type Place } from './organization.ts';
import { serve } from './serve.ts';

const deflate = promisify(gzip);
const inflate = promisify(gunzip);
/** One step for a whole page. */
const chunkSize = 8 << 20;

interface Kept {
  status: number;
  headers: Record<string, string>;
  compressed: Buffer;
  /** Made when it is first asked for. */
  plain?: Buffer;
}

/**
 * Stands before the sandbox's Dataverse and keeps its answers, all but those to delta links: making up rows is
 * slower than copying them, and would be all that is measured.
 */
let front: { listener: Listener; session: Session; origin: string } | null = null;
let latencyMs = 0;
const kept = new Map<string, Kept>();

const calls = {
  async open({ tls, ...place }: Place & { tls: { key: string; cert: string } }) {
    const { session } = await enter(place);
    const listener = await listen({ tls, port: 0, handle });
    const behind = new URL(session.credentials.address.origin);
    front = { listener, session, origin: `https://${behind.hostname}:${listener.port}` };
    return { origin: front.origin };
  },

  /** What is added to every answer. */
  async setLatency({ ms }: { ms: number }): Promise<void> {
    latencyMs = ms;
  },
};

export type FrontCalls = typeof calls;

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (latencyMs > 0) await pause(latencyMs);
  const { accept = '', prefer = '', authorization } = request.headers;
  const path = request.url ?? '/';
  const key = [path, accept, prefer].join('\n');
  const answer = kept.get(key) ?? (await fetchBehind(request));
  const canKeep = answer.status === 200 && authorization !== undefined && !path.includes('deltatoken');
  if (canKeep) kept.set(key, answer);
  const takesGzip = /\bgzip\b/.test(String(request.headers['accept-encoding'] ?? ''));
  if (!takesGzip) answer.plain ??= await inflate(answer.compressed, { chunkSize });
  const body = (takesGzip ? null : answer.plain) ?? answer.compressed;
  response.writeHead(answer.status, {
    ...answer.headers,
    'content-length': body.length,
    ...(takesGzip ? { 'content-encoding': 'gzip' } : {}),
  });
  response.end(body);
}

/** The answer of the organization, with this address in the place of its own. */
async function fetchBehind({ url = '/', headers }: IncomingMessage): Promise<Kept> {
  if (!front) throw new Error('The front is not open');
  const { session, origin } = front;
  const { life, tokens, http, credentials } = session;
  const behind = credentials.address.origin;
  const passed = ['accept', 'prefer', 'odata-version', 'odata-maxversion', 'consistency'].flatMap((name) => {
    const value = headers[name];
    return typeof value === 'string' ? [[name, value] as const] : [];
  });
  const signed = headers.authorization ? { authorization: `Bearer ${await tokens.token(life)}` } : {};
  const answer = await http.send({
    method: 'GET',
    origin: behind,
    path: url,
    headers: { ...Object.fromEntries(passed), ...signed },
    signal: life,
  });
  const body = Buffer.from(answer.bytes.toString('utf8').replaceAll(behind, origin));
  const own = Object.entries(answer.headers)
    .filter(([name]) => !/^(content-(length|encoding)|transfer-encoding|connection|keep-alive)$/.test(name))
    .map(([name, value]) => [name, value.replaceAll(behind, origin)] as const);
  return {
    status: answer.status,
    headers: Object.fromEntries(own),
    compressed: await deflate(body, { level: constants.Z_BEST_SPEED, chunkSize }),
  };
}

serve(calls, async () => {
  await front?.listener.close();
  await front?.session.close();
});

import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';
import type { Session } from '../src/dynamics/session.ts';
import { type Listener, listen } from '../src/sandbox/entra/listener.ts';
import { enter, type Place } from './organization.ts';
import { serve } from './serve.ts';
import { createVersionRanges, type VersionRanges } from './version-ranges.ts';

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
let requests = 0;
const kept = new Map<string, Kept>();
/** By table, columns and headers. */
const ranges = new Map<string, Promise<VersionRanges>>();

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

  /** Requests so far. */
  async count(): Promise<number> {
    return requests;
  },
};

export type FrontCalls = typeof calls;

async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (latencyMs > 0) await pause(latencyMs);
  requests += 1;
  const { accept = '', prefer = '', authorization } = request.headers;
  const path = request.url ?? '/';
  const key = [path, accept, prefer].join('\n');
  const answer = kept.get(key) ?? (await rangeAnswer(request)) ?? (await fetchBehind(request));
  const canKeep =
    answer.status === 200 &&
    authorization !== undefined &&
    !/deltatoken|versionnumber%20ge|versionnumber\+ge/.test(path);
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

/** A page of a range; null for any other request. */
async function rangeAnswer({ url = '/', headers }: IncomingMessage): Promise<Kept | null> {
  const { pathname, searchParams } = new URL(url, 'https://unused.invalid');
  const filter = /^versionnumber ge (\d+)(?: and versionnumber lt (\d+))?$/.exec(
    searchParams.get('$filter') ?? '',
  );
  const select = searchParams.get('$select');
  // One row is asked for to find out whether ranges are known at all.
  if (!front || !filter || !select || select.endsWith(',versionnumber')) return null;
  const { origin } = front;
  const { accept = '', prefer = '' } = headers;
  const key = [pathname, select, accept, prefer].join('\n');
  const whole = `${pathname}?$select=${select}&$orderby=versionnumber%20asc`;
  const found = ranges.get(key) ?? readRanges(whole, headers);
  ranges.set(key, found);
  const [, from, below] = filter;
  const after = below === undefined ? '' : ` and versionnumber lt ${below}`;
  const nextLink = (next: number) =>
    `${origin}${whole}&$filter=${encodeURIComponent(`versionnumber ge ${next}${after}`)}`;
  const range = { from: Number(from), below: below === undefined ? Number.POSITIVE_INFINITY : Number(below) };
  const compressed = await (await found).page(range, nextLink);
  return { status: 200, headers: { 'content-type': 'application/json; odata.metadata=minimal' }, compressed };
}

async function readRanges(start: string, headers: IncomingMessage['headers']): Promise<VersionRanges> {
  const read = async (url: string) => {
    const { compressed } = await fetchBehind({ url, headers });
    return JSON.parse((await inflate(compressed, { chunkSize })).toString('utf8')) as WirePage;
  };
  const first = await read(start);
  async function* rows() {
    for (let page = first; ; ) {
      for (const row of page.value) {
        yield { version: Number(/\d+/.exec(String(row['@odata.etag']))?.[0]), json: JSON.stringify(row) };
      }
      const link = page['@odata.nextLink'];
      if (link === undefined) return;
      page = await read(link.replace(front?.origin ?? '', ''));
    }
  }
  return createVersionRanges(first['@odata.context'], rows());
}

interface WirePage {
  '@odata.context': string;
  '@odata.nextLink'?: string;
  value: Record<string, unknown>[];
}

/** The answer of the organization, with this address in the place of its own. */
async function fetchBehind({ url = '/', headers }: Pick<IncomingMessage, 'url' | 'headers'>): Promise<Kept> {
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

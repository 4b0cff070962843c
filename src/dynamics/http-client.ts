import { Agent } from 'undici';
import { decodeBody } from './body-bytes.ts';
import type { Limits } from './limits.ts';
import { lookupHost } from './loopback-lookup.ts';
import { networkError } from './network-error.ts';

export interface HttpRequest {
  method: 'GET' | 'POST';
  /** `https://host[:port]` */
  origin: string;
  /** With the query, encoded. */
  path: string;
  headers: Readonly<Record<string, string>>;
  body?: string;
  signal: AbortSignal;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Inflated. */
  bytes: Buffer;
  /** From the request to the first byte of the answer, in milliseconds. */
  waitedMs: number;
}

/** One pool of connections. Follows no redirects, keeps no cookies. */
export interface HttpClient {
  /**
   * One try.
   * @throws AppError for what happens on the way; the signal's reason when it is aborted.
   */
  send(request: HttpRequest): Promise<HttpAnswer>;
  close(): Promise<void>;
}

/** As many requests as Dataverse takes of one user at once ("Service protection API limits"). */
const mostConnections = 52;

/**
 * HTTP/1.1 on purpose: many connections carry pages faster than one multiplexed connection, and a lost one takes
 * only its own request with it. Trust is Node's own (`NODE_EXTRA_CA_CERTS` included).
 */
export function createHttpClient(limits: Limits): HttpClient {
  const agent = new Agent({
    allowH2: false,
    connections: mostConnections,
    pipelining: 1,
    keepAliveTimeout: 30_000,
    keepAliveMaxTimeout: 600_000,
    headersTimeout: limits.headersMs,
    bodyTimeout: limits.bodyMs,
    maxResponseSize: limits.maxBytes,
    connect: { timeout: limits.connectMs, lookup: lookupHost },
  });

  async function send(request: HttpRequest): Promise<HttpAnswer> {
    const { signal, method, origin, path } = request;
    signal.throwIfAborted();
    const began = performance.now();
    try {
      const { statusCode, headers, body } = await agent.request({
        method,
        origin,
        path,
        headers: { 'accept-encoding': 'gzip', ...request.headers },
        body: request.body ?? null,
        signal,
      });
      const waitedMs = performance.now() - began;
      const flat = flatten(headers);
      const raw = Buffer.from(await body.arrayBuffer());
      const bytes = await decodeBody(raw, flat['content-encoding'], limits.maxInflatedBytes);
      return { status: statusCode, headers: flat, bytes, waitedMs };
    } catch (thrown) {
      signal.throwIfAborted();
      throw networkError(thrown, new URL(origin).host);
    }
  }

  return { send, close: () => agent.destroy() };
}

function flatten(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name.toLowerCase()] = Array.isArray(value) ? value.join(', ') : value;
  }
  return flat;
}

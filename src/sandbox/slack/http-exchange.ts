import type { IncomingMessage, ServerResponse } from 'node:http';

/** One request with what is needed to answer it. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  method: string;
}

/** Answers what is its own; false means it was not, and the next route is asked. */
export type Route = (exchange: Exchange) => Promise<boolean> | boolean;

const MOST_BYTES = 32 * 1024 * 1024;

/** The request's body. Bodies beyond reason end the connection. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const part = chunk as Buffer;
    length += part.length;
    if (length > MOST_BYTES) {
      request.destroy();
      throw new Error('The request body is too large.');
    }
    chunks.push(part);
  }
  return Buffer.concat(chunks);
}

export function send(
  { response, method }: Exchange,
  status: number,
  body: string | Uint8Array,
  headers: Record<string, string>,
): true {
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(body),
    ...headers,
  });
  response.end(method === 'HEAD' ? undefined : body);
  return true;
}

export const sendJson = (
  exchange: Exchange,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): true =>
  send(exchange, status, JSON.stringify(body), {
    'content-type': 'application/json; charset=utf-8',
    ...headers,
  });

export const sendText = (
  exchange: Exchange,
  status: number,
  text: string,
  headers: Record<string, string> = {},
): true => send(exchange, status, text, { 'content-type': 'text/plain; charset=utf-8', ...headers });

/** Answers 405 unless the request uses one of the methods; true when it was answered. */
export function refuseMethod(exchange: Exchange, ...allowed: string[]): boolean {
  if (allowed.includes(exchange.method)) return false;
  return sendText(exchange, 405, 'Method not allowed', { allow: allowed.join(', ') });
}

import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { constants, gzip } from 'node:zlib';
import type { Answer } from './answers/answer.ts';
import { DataverseError } from './errors.ts';

const compress = promisify(gzip);
const TYPES = {
  json: 'application/json; odata.metadata=minimal',
  text: 'text/plain',
  html: 'text/html; charset=utf-8',
};
/** Below this a packet is a packet. */
const WORTH_COMPRESSING = 1400;

export interface Outgoing {
  status: number;
  parts: readonly (string | Buffer)[];
  type: keyof typeof TYPES;
  headers?: Record<string, string>;
}

export interface SendOptions {
  isGzipAccepted: boolean;
  /** Breaks the connection in the middle of the body. */
  isCut: boolean;
}

/** Writes an answer, compressed at the fastest level when the client takes gzip. */
export async function send(
  response: ServerResponse,
  outgoing: Outgoing,
  options: SendOptions,
): Promise<void> {
  let body = Buffer.concat(outgoing.parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)));
  const isCompressed = options.isGzipAccepted && body.length > WORTH_COMPRESSING;
  if (isCompressed) body = await compress(body, { level: constants.Z_BEST_SPEED });
  if (response.destroyed) return;
  const id = randomUUID();
  response.writeHead(outgoing.status, {
    'content-type': TYPES[outgoing.type],
    'content-length': body.length,
    'cache-control': 'no-cache',
    'odata-version': '4.0',
    'x-ms-service-request-id': `${id},${randomUUID()}`,
    req_id: id,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : {}),
    vary: 'Accept-Encoding',
    ...outgoing.headers,
  });
  if (!options.isCut) {
    response.end(body);
    return;
  }
  response.write(body.subarray(0, Math.floor(body.length / 2)), () => response.destroy());
}

/** `{"error":{"code","message"}}`, or for a fault of the sandbox itself a 500 that says so. */
export function refusalOf(error: unknown): Answer {
  const refusal =
    error instanceof DataverseError
      ? error
      : new DataverseError(500, '0x80040216', `The sandbox itself failed: ${String(error)}`);
  const { status, code, message, headers } = refusal;
  return { status, type: 'json', parts: [JSON.stringify({ error: { code, message } })], headers };
}

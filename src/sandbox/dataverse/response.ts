import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { constants, createGzip } from 'node:zlib';
import type { Answer } from './answers/answer.ts';
import { DataverseError } from './errors.ts';

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
  /** In the middle of the body the connection breaks, or nothing more comes. */
  breaks: 'cut' | 'endless' | null;
}

/** Writes an answer, compressed at the fastest level when the client takes gzip. */
export async function send(
  response: ServerResponse,
  outgoing: Outgoing,
  options: SendOptions,
): Promise<void> {
  const parts = outgoing.parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part));
  const length = lengthOf(parts);
  const isCompressed = options.isGzipAccepted && length > WORTH_COMPRESSING && options.breaks === null;
  if (response.destroyed) return;
  const id = randomUUID();
  response.writeHead(outgoing.status, {
    'content-type': TYPES[outgoing.type],
    'cache-control': 'no-cache',
    'odata-version': '4.0',
    'x-ms-service-request-id': `${id},${randomUUID()}`,
    req_id: id,
    ...(isCompressed ? { 'content-encoding': 'gzip' } : { 'content-length': length }),
    vary: 'Accept-Encoding',
    ...outgoing.headers,
  });
  if (options.breaks) {
    const body = Buffer.concat(parts);
    const isCut = options.breaks === 'cut';
    response.write(body.subarray(0, Math.floor(body.length / 2)), () => isCut && response.destroy());
  } else if (isCompressed) {
    await sendCompressed(response, parts);
  } else {
    for (const part of parts) response.write(part);
    response.end();
  }
}

/** A client that goes away in the middle is its own business. */
async function sendCompressed(response: ServerResponse, parts: readonly Buffer[]): Promise<void> {
  const compressor = createGzip({ level: constants.Z_BEST_SPEED, chunkSize: 128 * 1024 });
  await pipeline(Readable.from(parts), compressor, response).catch(() => response.destroy());
}

function lengthOf(parts: readonly Buffer[]): number {
  return parts.reduce((total, { length }) => total + length, 0);
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

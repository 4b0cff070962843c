import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { dynamicsError } from './dynamics-error.ts';

const inflate = promisify(gunzip);
const mebibyte = 1 << 20;

/**
 * Undoes the content encoding. zlib's own chunk of 16 KiB makes hundreds of small steps of a page and takes three
 * times as long: a chunk that holds the whole is one step, off the main thread.
 */
export async function decodeBody(
  bytes: Buffer,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const coding = encoding?.trim().toLowerCase() ?? '';
  if (coding === '' || coding === 'identity' || bytes.length === 0) return bytes;
  if (coding !== 'gzip') {
    throw dynamicsError('answer-malformed', `Unasked content encoding ${coding}`, {
      recovery: 'retry',
      original: coding,
    });
  }
  const chunkSize = Math.min(16 * mebibyte, Math.max(mebibyte / 16, bytes.length * 16));
  return inflate(bytes, { chunkSize, maxOutputLength: maxBytes });
}

/**
 * Ends a body that has been read: its memory is free at once. The garbage collector would have to come for each few
 * bodies of some megabytes, and looks at everything else each time.
 */
export function giveBack(bytes: Buffer): void {
  // Small ones share their memory with others.
  if (bytes.buffer instanceof ArrayBuffer && bytes.length > Buffer.poolSize) bytes.buffer.transfer(0);
}

import { mark } from '../model/scanned-rows.ts';

/** Bytes of JSON that mean something. */
export const signs = {
  quote: 0x22,
  comma: 0x2c,
  colon: 0x3a,
  openList: 0x5b,
  closeList: 0x5d,
  openObject: 0x7b,
  closeObject: 0x7d,
} as const;

/** What ends the quick way through a text: its quote, an escape, what is not ASCII, and what must not be there. */
const isSpecial = new Uint8Array(256).fill(1, 0, 0x20).fill(1, 0x7f);
isSpecial[signs.quote] = 1;
isSpecial[0x5c] = 1;

export function skipSpace(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at]; byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09; ) {
    byte = bytes[++at];
  }
  return at;
}

/**
 * Goes past a text, number, boolean or null at `from`, as strict as `JSON.parse`.
 * @returns the end, as `mark` writes it; -1: it is none.
 */
export function scanScalar(bytes: Buffer, from: number): number {
  const first = bytes[from] ?? 0;
  if (first === signs.quote) return scanText(bytes, from);
  if (first === 0x6e) return scanWord(bytes, from, 'null');
  if (first === 0x74) return scanWord(bytes, from, 'true');
  if (first === 0x66) return scanWord(bytes, from, 'false');
  return scanNumber(bytes, from);
}

function scanText(bytes: Buffer, from: number): number {
  let at = from + 1;
  while (isSpecial[bytes[at] ?? 0] === 0) at += 1;
  if (bytes[at] === signs.quote) return mark(at + 1, true);
  for (;;) {
    const byte = bytes[at] ?? 0;
    if (byte === signs.quote) return mark(at + 1, false);
    if (byte < 0x20) return -1;
    at = byte === 0x5c ? afterEscape(bytes, at) : at + 1;
    if (at < 0) return -1;
  }
}

function afterEscape(bytes: Buffer, from: number): number {
  const sign = String.fromCharCode(bytes[from + 1] ?? 0);
  if ('"\\/bfnrt'.includes(sign)) return from + 2;
  const isCode = sign === 'u' && /^[0-9a-f]{4}$/i.test(bytes.toString('latin1', from + 2, from + 6));
  return isCode ? from + 6 : -1;
}

function scanWord(bytes: Buffer, from: number, word: string): number {
  for (let at = 0; at < word.length; at += 1) if (bytes[from + at] !== word.charCodeAt(at)) return -1;
  return mark(from + word.length, false);
}

function scanNumber(bytes: Buffer, from: number): number {
  let at = bytes[from] === 0x2d ? from + 1 : from;
  const whole = at;
  at = skipDigits(bytes, at);
  if (at === whole || (bytes[whole] === 0x30 && at > whole + 1)) return -1;
  if (bytes[at] === 0x2e) {
    const fraction = at + 1;
    at = skipDigits(bytes, fraction);
    if (at === fraction) return -1;
  }
  if (bytes[at] === 0x65 || bytes[at] === 0x45) {
    const sign = bytes[at + 1];
    const exponent = sign === 0x2b || sign === 0x2d ? at + 2 : at + 1;
    at = skipDigits(bytes, exponent);
    if (at === exponent) return -1;
  }
  return mark(at, false);
}

function skipDigits(bytes: Buffer, from: number): number {
  let at = from;
  for (let byte = bytes[at] ?? 0; byte >= 0x30 && byte <= 0x39; ) byte = bytes[++at] ?? 0;
  return at;
}

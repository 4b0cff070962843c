/** Below it, a byte after the other is quicker than a call. */
const shortText = 48;
const [upperA, upperZ, toLower] = [0x41, 0x5a, 0x20];

/** Texts of ASCII, one after the other; `length` can be set back. What is added is answered with its length. */
export function createAsciiStore(firstBytes: number) {
  let bytes = new Uint8Array(firstBytes);
  const makeRoom = (length: number): void => {
    if (store.length + length <= bytes.length) return;
    bytes = new Uint8Array(bytes.buffer.transfer(Math.max(2 * bytes.length, store.length + length)));
  };
  const store = {
    length: 0,
    add(from: Buffer, begin: number, end: number): number {
      makeRoom(end - begin);
      let to = store.length;
      if (end - begin > shortText) to += from.copy(bytes, to, begin, end);
      else for (let at = begin; at < end; at += 1) bytes[to++] = from[at] ?? 0;
      store.length = to;
      return end - begin;
    },
    addLower(from: Buffer, begin: number, end: number): number {
      makeRoom(end - begin);
      let to = store.length;
      for (let at = begin; at < end; at += 1) {
        const byte = from[at] ?? 0;
        bytes[to++] = byte >= upperA && byte <= upperZ ? byte + toLower : byte;
      }
      store.length = to;
      return end - begin;
    },
    /** Everything; the store is of no use any more. */
    finish: (): Uint8Array<ArrayBuffer> => new Uint8Array(bytes.buffer.transfer(store.length)),
  };
  return store;
}

/** Other texts, in UTF-16; the same. */
export function createWideStore() {
  let units = new Uint16Array(1024);
  const makeRoom = (length: number): void => {
    if (store.length + length <= units.length) return;
    units = new Uint16Array(units.buffer.transfer(2 * Math.max(2 * units.length, store.length + length)));
  };
  const store = {
    length: 0,
    add(text: string): number {
      makeRoom(text.length);
      for (let at = 0; at < text.length; at += 1) units[store.length + at] = text.charCodeAt(at);
      store.length += text.length;
      return text.length;
    },
    /** @returns how long it is in UTF-16; -1, and nothing is added, where it is not valid UTF-8. */
    addUtf8(from: Buffer, begin: number, end: number): number {
      makeRoom(end - begin);
      const before = store.length;
      let to = before;
      for (let at = begin; at < end; ) {
        const code = from[at] ?? 0;
        if (code < 0x80) {
          units[to++] = code;
          at += 1;
          continue;
        }
        const point = pointAt(from, at, end);
        if (point < 0) return -1;
        if (point < 0x10000) units[to++] = point;
        else {
          units[to++] = 0xd7c0 + (point >> 10);
          units[to++] = 0xdc00 + (point & 0x3ff);
        }
        at += point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      }
      store.length = to;
      return to - before;
    },
    finish: (): Uint16Array<ArrayBuffer> => new Uint16Array(units.buffer.transfer(2 * store.length)),
  };
  return store;
}

/** The code point that begins there, of two bytes or more; -1: none does, written as it should be. */
function pointAt(bytes: Buffer, at: number, end: number): number {
  const first = bytes[at] ?? 0;
  const more = first < 0xe0 ? 1 : first < 0xf0 ? 2 : 3;
  if (first < 0xc2 || first > 0xf4 || at + more >= end) return -1;
  let point = first & (0x3f >> more);
  for (let next = at + 1; next <= at + more; next += 1) {
    const byte = bytes[next] ?? 0;
    if ((byte & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (byte & 0x3f);
  }
  const isLong = more === 2 ? point >= 0x800 : more === 1 || (point >= 0x10000 && point <= 0x10ffff);
  return isLong && (point < 0xd800 || point > 0xdfff) ? point : -1;
}

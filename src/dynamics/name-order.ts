/** A name as it was met in a row. */
export interface MetName {
  /** As it stands there, its quotes and its colon included. */
  bytes: number;
  /** The same by fours, and its last four. */
  words: Int32Array;
  last: number;
  /** Which of the wanted ones it is; -1: none. */
  index: number;
  /** What has come after it. */
  next: MetName[];
}

/** More than these are looked up. */
const mostNext = 8;

/**
 * The names of the rows of a table come in the same order, but for those left out: what came after a name before is
 * what comes after it now, so that it takes one comparison by fours to know it.
 */
export function createNameOrder(wanted: readonly string[]) {
  const indexes = new Map(wanted.map((name, index) => [name, index]));
  const met = new Map<string, MetName>();
  const nameAt = (bytes: Buffer, from: number, end: number): MetName => {
    const text = bytes.toString('latin1', from, end);
    const known = met.get(text);
    if (known) return known;
    const literal = Buffer.concat([bytes.subarray(from, end), Buffer.from(':')]);
    const words = Array.from({ length: literal.length >> 2 }, (_, word) => literal.readInt32LE(4 * word));
    const found: MetName = {
      bytes: literal.length,
      words: Int32Array.from(words),
      // An empty name is shorter: it is never recognized, and always looked up.
      last: literal.length < 4 ? 0 : literal.readInt32LE(literal.length - 4),
      index: indexes.get(String(JSON.parse(bytes.toString('utf8', from, end)))) ?? -1,
      next: [],
    };
    met.set(text, found);
    return found;
  };
  return {
    /** What stands before the first one. */
    start: { bytes: 0, words: new Int32Array(0), last: 0, index: -1, next: [] } as MetName,
    /** A name that has come after `before` already, with its colon right after it; else null. */
    recognize(view: DataView, from: number, before: MetName): MetName | null {
      const { next } = before;
      for (let which = 0; which < next.length; which += 1) {
        const name = next[which] as MetName;
        if (isAt(view, from, name)) return name;
      }
      return null;
    },
    /** @param from its opening quote. @param end after its closing one. */
    lookUp(bytes: Buffer, from: number, end: number, before: MetName): MetName {
      const name = nameAt(bytes, from, end);
      if (name.bytes >= 4 && before.next.length < mostNext && !before.next.includes(name)) {
        before.next.push(name);
      }
      return name;
    },
  };
}

function isAt(view: DataView, from: number, { bytes, words, last }: MetName): boolean {
  if (from + bytes > view.byteLength || view.getInt32(from + bytes - 4, true) !== last) return false;
  for (let word = 0; word < words.length; word += 1) {
    if (view.getInt32(from + 4 * word, true) !== words[word]) return false;
  }
  return true;
}

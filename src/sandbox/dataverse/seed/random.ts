/** A source of chance that gives the same for the same seed. */
export interface Random {
  /** 0 ≤ n < 1. */
  fraction(): number;
  /** A whole number, both ends included. */
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** Random-looking, lower case, in the form of version 4. */
  guid(): string;
}

const HEX = Array.from({ length: 256 }, (_, n) => n.toString(16).padStart(2, '0'));

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // "mulberry32": 32 bits of state are plenty for names and ids of some hundred thousand rows.
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  const hex = (word: number): string =>
    `${HEX[word >>> 24]}${HEX[(word >>> 16) & 255]}${HEX[(word >>> 8) & 255]}${HEX[word & 255]}`;
  const between = (low: number, high: number) => low + (next() % (high - low + 1));

  return {
    fraction: () => next() / 2 ** 32,
    between,
    chance: (probability) => next() < probability * 2 ** 32,
    pick: <T>(list: readonly T[]): T => {
      if (list.length === 0) throw new Error('nothing to pick from');
      return list[next() % list.length] as T;
    },
    guid: () => {
      const b = hex(((next() & 0xffff0fff) | 0x4000) >>> 0);
      const c = hex(((next() & 0x3fffffff) | 0x80000000) >>> 0);
      return `${hex(next())}-${b.slice(0, 4)}-${b.slice(4)}-${c.slice(0, 4)}-${c.slice(4)}${hex(next())}`;
    },
  };
}

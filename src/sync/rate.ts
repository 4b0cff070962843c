/** Rows a second over the last seconds. */
export interface Rate {
  /** @param rows all rows so far; when they become fewer, counting starts anew. */
  add(now: number, rows: number): void;
  /** Null until there is something to compare. */
  perSecond(): number | null;
  clear(): void;
}

/** @param span milliseconds that are looked back. */
export function createRate(span = 10_000): Rate {
  let samples: { at: number; rows: number }[] = [];
  return {
    add(now, rows) {
      const last = samples.at(-1);
      if (last && rows < last.rows) samples = [];
      samples.push({ at: now, rows });
      // Keeps one sample from before the span, or a slow source would have nothing to compare with.
      while (samples.length > 2 && (samples[1]?.at ?? now) <= now - span) samples.shift();
    },
    perSecond() {
      const first = samples[0];
      const last = samples.at(-1);
      if (!first || !last || last.at <= first.at) return null;
      return Math.round(((last.rows - first.rows) * 1000) / (last.at - first.at));
    },
    clear() {
      samples = [];
    },
  };
}

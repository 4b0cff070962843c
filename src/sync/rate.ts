/** How fast rows come. */
export interface Rate {
  /** @param rows all rows so far; when they become fewer, counting starts anew. */
  add(now: number, rows: number): void;
  /** Rows a second over the last seconds; null until there is something to compare. */
  perSecond(): number | null;
  /**
   * Between what rates the coming minutes can be expected to lie, in rows a second. Null in the first seconds, and
   * while nothing has come for a while.
   */
  expected(): RateBounds | null;
  clear(): void;
}

export interface RateBounds {
  slowest: number;
  fastest: number;
}

interface Sample {
  at: number;
  rows: number;
}

/** People are shown the rate of this long. */
const shownMs = 10_000;
/** Nothing is expected before; looks back are no shorter than `shortestMs`, or a single slow page would be a trend. */
const firstMs = 5_000;
const shortestMs = 15_000;
/** What was hours ago says nothing about what comes. */
const keptMs = 30 * 60_000;
const betweenMs = 1_000;
/** What has been steady so far may still come out a little otherwise. */
const spread = 0.15;

export function createRate(): Rate {
  let samples: Sample[] = [];
  return {
    add(now, rows) {
      const last = samples.at(-1);
      if (last && (rows < last.rows || now < last.at)) samples = [];
      const before = samples.at(-2);
      if (before && now - before.at < betweenMs) samples.pop();
      samples.push({ at: now, rows });
      while (samples.length > 2 && (samples[1]?.at ?? now) <= now - keptMs) samples.shift();
    },
    perSecond() {
      const last = samples.at(-1);
      // One sample from before that time, or a slow source would have nothing to compare with.
      const first = samples.findLast(({ at }) => last && at <= last.at - shownMs) ?? samples[0];
      if (!first || !last || last.at <= first.at) return null;
      return Math.round(((last.rows - first.rows) * 1000) / (last.at - first.at));
    },
    expected() {
      const [first, last] = [samples[0], samples.at(-1)];
      const length = first && last ? last.at - first.at : 0;
      if (!last || length < firstMs) return null;
      // What varied from one look back to the other goes on varying.
      const rates = [length, length / 2, length / 4].map((look) => {
        const span = Math.min(length, Math.max(shortestMs, look));
        return ((last.rows - rowsAt(samples, last.at - span)) * 1000) / span;
      });
      const [whole = 0, half = 0, quarter = 0] = rates;
      const isTrend = (whole > half && half > quarter) || (whole < half && half < quarter);
      if (isTrend && whole > 0) rates.push((quarter * quarter) / whole);
      const slowest = Math.min(...rates) * (1 - spread);
      return slowest > 0 ? { slowest, fastest: Math.max(...rates) * (1 + spread) } : null;
    },
    clear() {
      samples = [];
    },
  };
}

/** Between two samples as if they had come evenly. */
function rowsAt(samples: readonly Sample[], time: number): number {
  const index = Math.max(
    0,
    samples.findLastIndex(({ at }) => at <= time),
  );
  const [before, after] = [samples[index], samples[index + 1]];
  if (!before) return 0;
  if (!after) return before.rows;
  return before.rows + ((after.rows - before.rows) * (time - before.at)) / (after.at - before.at);
}

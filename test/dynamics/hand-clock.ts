import type { Clock } from '../../src/lib/clock.ts';

/** Time that stands still; every wait ends at once and is written down. */
export interface HandClock extends Clock {
  waits: number[];
  advance(ms: number): void;
}

export function createHandClock(start = Date.now()): HandClock {
  let now = start;
  const waits: number[] = [];
  return {
    waits,
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
    sleep: (ms, signal) => {
      if (!signal?.aborted) waits.push(ms);
      now += ms;
      return Promise.resolve();
    },
  };
}

import type { Clock } from '../../src/lib/clock.ts';

/** A clock that stands still until it is told to go on. */
export interface ManualClock extends Clock {
  advance(milliseconds: number): void;
  /** Resolves when something sleeps, with how long it wants to. */
  nextSleep(): Promise<number>;
  /** Lengths of all sleeps so far. */
  sleeps: number[];
}

export function createManualClock(start = Date.parse('2026-11-23T00:00:00Z')): ManualClock {
  let now = start;
  let sleepers: { until: number; length: number; wake: () => void }[] = [];
  let watchers: ((length: number) => void)[] = [];
  const sleeps: number[] = [];
  return {
    sleeps,
    now: () => now,
    sleep: (length, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { until: now + length, length, wake: resolve };
        sleepers.push(sleeper);
        sleeps.push(length);
        signal?.addEventListener('abort', () => {
          sleepers = sleepers.filter((other) => other !== sleeper);
          resolve();
        });
        for (const watcher of watchers.splice(0)) watcher(length);
      }),
    advance(milliseconds) {
      now += milliseconds;
      const due = sleepers.filter(({ until }) => until <= now);
      sleepers = sleepers.filter(({ until }) => until > now);
      for (const { wake } of due) wake();
    },
    nextSleep: () =>
      new Promise((resolve) => {
        const first = sleepers[0];
        if (first) resolve(first.length);
        else watchers = [...watchers, resolve];
      }),
  };
}

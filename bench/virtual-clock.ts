import { setImmediate } from 'node:timers/promises';
import type { Clock } from '../src/lib/clock.ts';

/** Time that jumps to whatever comes next. */
export interface VirtualClock extends Clock {
  /** Lets time pass until `work` has ended. */
  run<T>(work: Promise<T>): Promise<T>;
}

export function createVirtualClock(): VirtualClock {
  let now = 0;
  let sleepers: { until: number; wake: () => void }[] = [];
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        if (signal?.aborted) return resolve();
        const sleeper = { until: now + Math.max(0, ms), wake: resolve };
        const after = sleepers.findIndex(({ until }) => until > sleeper.until);
        sleepers.splice(after < 0 ? sleepers.length : after, 0, sleeper);
        signal?.addEventListener('abort', () => resolve(), { once: true });
      }),
    async run(work) {
      let isOver = false;
      const ended = work.finally(() => {
        isOver = true;
      });
      while (!isOver) {
        // Whoever was woken goes on first.
        await setImmediate();
        const next = sleepers[0];
        if (!next || isOver) continue;
        now = Math.max(now, next.until);
        const due = sleepers.filter(({ until }) => until <= now);
        sleepers = sleepers.slice(due.length);
        for (const { wake } of due) wake();
      }
      return await ended;
    },
  };
}

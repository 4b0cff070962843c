import type { Clock } from '../lib/clock.ts';
import { within } from '../lib/within.ts';

/** Carries out the newest of many wishes, at most one every `everyMs`. The last one is always carried out. */
export interface Pace<T> {
  wish(value: T): void;
  /** Forgets what waits. */
  stop(): Promise<void>;
}

const stopWithinMs = 500;

/** @param carryOut must not throw. */
export function createPace<T>(clock: Clock, everyMs: number, carryOut: (value: T) => Promise<void>): Pace<T> {
  const stopping = new AbortController();
  let waiting: { value: T } | null = null;
  let running: Promise<void> | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;

  async function run(): Promise<void> {
    while (waiting && !stopping.signal.aborted) {
      const rest = lastAt + everyMs - clock.now();
      if (rest > 0) await clock.sleep(rest, stopping.signal);
      if (stopping.signal.aborted) break;
      const { value }: { value: T } = waiting;
      waiting = null;
      lastAt = clock.now();
      await carryOut(value);
    }
    running = null;
  }

  return {
    wish(value) {
      waiting = { value };
      running ??= run();
    },
    async stop() {
      stopping.abort();
      waiting = null;
      // What Slack does not take now is shown at the next start.
      if (running) await within(running, clock, stopWithinMs).catch(() => {});
    },
  };
}

import { performance } from 'node:perf_hooks';
import type { RowSource } from '../ports/dynamics.ts';

/** How many parts are read at once, of all tables together. */
export interface ReaderSlots {
  /**
   * @param isDivided whether it is for one of the parts that a table was divided into: those are begun however busy
   * this thread is, for what is asked for now comes in a round trip, and nobody knows how busy it is by then.
   * @returns false where one more would only wait.
   */
  tryTake(isDivided: boolean): boolean;
  /** For the one that each table has in any case. */
  take(): void;
  release(): void;
}

/** Each reader holds two pages of up to some eleven megabytes. */
const mostReaders = 16;
/** Of the time: a thread that has no more than this to spare gets no more done by reading more. */
const busyShare = 0.9;
const lookEveryMs = 100;

export function createReaderSlots(
  { capacity }: Pick<RowSource, 'capacity'>,
  isBusy = createBusyLook(),
): ReaderSlots {
  let taken = 0;
  return {
    tryTake(isDivided) {
      if (taken >= Math.min(mostReaders, capacity()) || (isBusy() && !isDivided)) return false;
      taken += 1;
      return true;
    },
    take() {
      taken += 1;
    },
    release() {
      taken -= 1;
    },
  };
}

/** Whether this thread has no time left. */
function createBusyLook(): () => boolean {
  let before = performance.eventLoopUtilization();
  let lookedAt = performance.now();
  let isBusy = false;
  return () => {
    if (performance.now() - lookedAt < lookEveryMs) return isBusy;
    lookedAt = performance.now();
    const now = performance.eventLoopUtilization();
    isBusy = performance.eventLoopUtilization(now, before).utilization >= busyShare;
    before = now;
    return isBusy;
  };
}

import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import type { Limits } from './limits.ts';

export interface RetryingDeps {
  clock: Clock;
  log: Logger;
  limits: Limits;
  /** 0 to 1. */
  random?: () => number;
}

/** Tries again what failed for a passing reason. Only for requests that change nothing on the other side. */
export type Retrying = <T>(
  attempt: () => Promise<T>,
  signal: AbortSignal,
  /** What the caller can do something better about than to ask again. */
  isLeft?: (thrown: unknown) => boolean,
) => Promise<T>;

export function createRetrying({ clock, log, limits, random = Math.random }: RetryingDeps): Retrying {
  return async (attempt, signal, isLeft = () => false) => {
    for (let tried = 1, waited = 0; ; ) {
      try {
        return await attempt();
      } catch (thrown) {
        signal.throwIfAborted();
        if (isLeft(thrown)) throw thrown;
        if (!(thrown instanceof AppError)) throw thrown;
        const isWait = thrown.code === 'throttled';
        const isLast = isWait ? waited >= limits.waits : tried >= limits.attempts;
        const delay = isLast ? null : delayBefore(thrown, tried, limits, random);
        if (delay === null) throw thrown;
        log.warn('request failed, trying again', { code: thrown.code, ...thrown.details, tried, delay });
        if (isWait) waited += 1;
        else tried += 1;
        await clock.sleep(delay, signal);
        signal.throwIfAborted();
      }
    }
  };
}

/** @returns null when trying again is of no use, or would take too long. */
function delayBefore(thrown: AppError, tried: number, limits: Limits, random: () => number): number | null {
  const { recovery, retryAfterMs } = thrown;
  if (recovery !== 'retry' && recovery !== 'wait') return null;
  const full = limits.firstDelayMs * 2 ** (tried - 1);
  // Going on while throttled lengthens the wait ("Service protection API limits"): not a millisecond earlier. Where
  // "after" is now, or in the past, it is not at once all the same.
  if (retryAfterMs !== undefined) {
    return retryAfterMs <= limits.longestWaitMs ? Math.max(retryAfterMs, full) : null;
  }
  return Math.min(limits.longestWaitMs, Math.round(full * (0.5 + random() / 2)));
}

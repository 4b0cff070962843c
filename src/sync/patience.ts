import type { Clock } from '../lib/clock.ts';
import { type AppError, toAppError } from '../lib/errors.ts';
import { type Fault, faultOf } from '../model/fault.ts';

const shortest = 1_000;
const longest = 5 * 60_000;
/** Of what the other side asks for; beyond it, asking again is kinder than believing. */
const longestAsked = 60 * 60_000;

export interface PatienceOptions {
  clock: Clock;
  signal: AbortSignal;
  /** Called before each wait. */
  onWait: (fault: Fault, milliseconds: number) => void;
  /** Called when the task goes on after a wait: it has achieved something, or ended. */
  onResume: () => void;
}

/**
 * Does `task` until it ends well, is aborted, or meets a fault that waiting does not mend. `achieved` makes the
 * waits short again.
 * @throws AppError with recovery `ask-admin`, `stop` or `skip-row`.
 */
export async function withPatience<T>(
  { clock, signal, onWait, onResume }: PatienceOptions,
  task: (achieved: () => void) => Promise<T>,
): Promise<T | undefined> {
  let failures = 0;
  const achieved = (): void => {
    if (failures > 0) onResume();
    failures = 0;
  };
  while (!signal.aborted) {
    try {
      const result = await task(achieved);
      achieved();
      return result;
    } catch (thrown) {
      if (signal.aborted) return undefined;
      const error = toAppError(thrown);
      if (!mayPass(error)) throw error;
      const milliseconds = waitAfter(error, failures++);
      onWait(faultOf(error, clock.now()), milliseconds);
      await clock.sleep(milliseconds, signal);
    }
  }
  return undefined;
}

export function mayPass({ recovery }: AppError): boolean {
  return recovery === 'retry' || recovery === 'wait';
}

/** Twice as long each time, up to five minutes; or as long as the other side asks, if that is longer. */
export function waitAfter({ retryAfterMs }: AppError, failuresBefore: number): number {
  const growing = Math.min(longest, shortest * 2 ** Math.min(failuresBefore, 20));
  return Math.min(longestAsked, Math.max(retryAfterMs ?? 0, growing));
}

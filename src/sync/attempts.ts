import { toAppError } from '../lib/errors.ts';
import { faultOf } from '../model/fault.ts';
import type { EngineDeps } from './engine-deps.ts';
import { mayPass, waitAfter, withPatience } from './patience.ts';
import type { ProgressBoard } from './progress-board.ts';
import { createWaiting } from './waiting.ts';

/**
 * How the work on one entity is tried. `achieved` makes its waits short again.
 * @throws AppError what waiting does not mend.
 */
export type Attempt = (
  entity: string,
  signal: AbortSignal,
  task: (achieved: () => void) => Promise<void>,
) => Promise<void>;

/** Tries until it works. */
export function createPatientAttempt(deps: EngineDeps, board: ProgressBoard): Attempt {
  return async (entity, signal, task) => {
    await withPatience({ clock: deps.clock, signal, ...createWaiting(deps, board, entity) }, task);
  };
}

/** Tries once, and remembers when an entity that failed is to be tried again: the others do not wait for it. */
export interface SingleAttempts {
  attempt: Attempt;
  isWaiting(entity: string): boolean;
  /** False while a failed one is to be left alone. */
  isDue(entity: string): boolean;
  /** Milliseconds until the first of those that wait is due; endless when none does. */
  nextDue(): number;
}

interface Wait {
  failures: number;
  since: number;
  milliseconds: number;
}

export function createSingleAttempts(deps: EngineDeps, board: ProgressBoard): SingleAttempts {
  const { clock } = deps;
  const waits = new Map<string, Wait>();
  // Whichever way the clock was set meanwhile.
  const left = ({ since, milliseconds }: Wait) => Math.max(0, milliseconds - Math.abs(clock.now() - since));
  return {
    async attempt(entity, signal, task) {
      const { onWait, onResume } = createWaiting(deps, board, entity);
      const achieved = (): void => {
        if (waits.delete(entity)) onResume();
      };
      try {
        await task(achieved);
        if (!signal.aborted) achieved();
      } catch (thrown) {
        if (signal.aborted) return;
        const error = toAppError(thrown);
        if (!mayPass(error)) throw error;
        const failures = waits.get(entity)?.failures ?? 0;
        const milliseconds = waitAfter(error, failures);
        waits.set(entity, { failures: failures + 1, since: clock.now(), milliseconds });
        onWait(faultOf(error, clock.now()), milliseconds);
      }
    },
    isWaiting: (entity) => waits.has(entity),
    isDue(entity) {
      const wait = waits.get(entity);
      return !wait || left(wait) === 0;
    },
    nextDue: () => Math.min(...[...waits.values()].map(left)),
  };
}

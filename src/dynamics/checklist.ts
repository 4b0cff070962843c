import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import { type Check, type CheckId, type CheckNote, checkIds } from '../model/check.ts';
import { faultOf } from '../model/fault.ts';

/** How a check that did not fail has ended. */
export type CheckResult<T> =
  | { value: T; warning?: AppError; note?: CheckNote }
  | { unread: CheckNote }
  | { skipped: true };

/** The lines of a validation while they are worked through. */
export interface Checklist {
  lines(): readonly Check[];
  /**
   * Works a line off once everything it needs is there.
   * @param needs a null among them skips the line.
   * @returns what the check found out; null when it failed or was skipped. Rejects only when aborted.
   */
  run<T>(
    id: CheckId,
    needs: readonly Promise<unknown>[],
    work: () => Promise<CheckResult<T>>,
  ): Promise<T | null>;
  /**
   * The same for what one can do without: it is given up after a while, and whatever goes wrong makes it a line that
   * could not be read, never one that failed.
   */
  runExtra<T>(
    id: CheckId,
    needs: readonly Promise<unknown>[],
    work: (signal: AbortSignal) => Promise<CheckResult<T>>,
  ): Promise<T | null>;
}

export interface ChecklistOptions {
  onProgress: (lines: readonly Check[]) => void;
  clock: Clock;
  signal: AbortSignal;
}

/** An admin looks at the list: what is nice to know may not hold it up for longer. */
export const extraWithinMs = 4_000;

export function createChecklist({ onProgress, clock, signal }: ChecklistOptions): Checklist {
  let lines: readonly Check[] = checkIds.map((id) => ({ id, outcome: 'pending' }));

  function set(line: Check): void {
    lines = lines.map((old) => (old.id === line.id ? line : old));
    onProgress(lines);
  }

  async function run<T>(
    id: CheckId,
    needs: readonly Promise<unknown>[],
    work: () => Promise<CheckResult<T>>,
  ): Promise<T | null> {
    const found = await Promise.all(needs);
    signal.throwIfAborted();
    if (found.includes(null)) {
      set({ id, outcome: 'skipped' });
      return null;
    }
    set({ id, outcome: 'running' });
    try {
      const result = await work();
      set(lineOf(id, result, clock.now()));
      return 'value' in result ? result.value : null;
    } catch (thrown) {
      signal.throwIfAborted();
      set({ id, outcome: 'failed', fault: faultOf(thrown, clock.now()) });
      return null;
    }
  }

  return {
    lines: () => lines,
    run,
    runExtra: (id, needs, work) =>
      run(id, needs, async () => {
        const late = AbortSignal.timeout(extraWithinMs);
        try {
          return await work(AbortSignal.any([signal, late]));
        } catch (thrown) {
          if (!late.aborted && !(thrown instanceof AppError)) throw thrown;
          return { unread: { kind: 'not-readable' } };
        }
      }),
  };
}

function lineOf(id: CheckId, result: CheckResult<unknown>, now: number): Check {
  if ('skipped' in result) return { id, outcome: 'skipped' };
  if ('unread' in result) return { id, outcome: 'unread', note: result.unread };
  if (result.warning) return { id, outcome: 'warned', fault: faultOf(result.warning, now) };
  return { id, outcome: 'passed', ...(result.note ? { note: result.note } : {}) };
}

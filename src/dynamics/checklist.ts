import type { Clock } from '../lib/clock.ts';
import type { AppError } from '../lib/errors.ts';
import { type Check, type CheckId, checkIds } from '../model/check.ts';
import { faultOf } from '../model/fault.ts';

/** How a check that did not fail has ended. */
export type CheckResult<T> = { value: T; warning?: AppError } | { skipped: true };

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
}

export interface ChecklistOptions {
  onProgress: (lines: readonly Check[]) => void;
  clock: Clock;
  signal: AbortSignal;
}

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
      return 'skipped' in result ? null : result.value;
    } catch (thrown) {
      signal.throwIfAborted();
      set({ id, outcome: 'failed', fault: faultOf(thrown, clock.now()) });
      return null;
    }
  }

  return { lines: () => lines, run };
}

function lineOf(id: CheckId, result: CheckResult<unknown>, now: number): Check {
  if ('skipped' in result) return { id, outcome: 'skipped' };
  if (!result.warning) return { id, outcome: 'passed' };
  return { id, outcome: 'warned', fault: faultOf(result.warning, now) };
}

import type { SyncProgress } from '../model/progress.ts';
import { createPatientAttempt } from './attempts.ts';
import type { EngineDeps, EngineJob } from './engine-deps.ts';
import { type PassTools, runPass } from './pass.ts';
import { workOnRefreshes } from './refreshes.ts';
import { workOnRereads } from './rereads.ts';
import { sideBySide } from './side-by-side.ts';

/** Entities whose own initial read runs at the same time, beside the cycles of the others. */
const newcomersAtOnce = 2;

/**
 * The entities that were added after the initial sync, and are not copied yet. None where nothing is copied: then it
 * is the initial sync, whatever had been before.
 */
export function newcomersOf(
  { isCompleted }: EngineJob,
  { book }: PassTools,
  before: SyncProgress | undefined,
): Set<string> {
  const copied = new Set(
    before?.entities.flatMap(({ entity, phase }) => (phase === 'current' ? entity : [])),
  );
  if (!isCompleted || copied.size === 0) return new Set();
  const names = book.plans().map(({ entity }) => entity);
  return new Set(names.filter((name) => !copied.has(name)));
}

/**
 * Copies them, however long that takes, while `others` goes on; each leaves the set when it is there. So do fields that
 * are fetched for the rows of the others, and large tables that are read again.
 */
export async function besideNewcomers(
  deps: EngineDeps,
  newcomers: Set<string>,
  tools: PassTools,
  signal: AbortSignal,
  others: (signal: AbortSignal) => Promise<void>,
): Promise<void> {
  const attempt = createPatientAttempt(deps, tools.board);
  const copy = (either: AbortSignal): Promise<void> =>
    sideBySide([...newcomers], newcomersAtOnce, either, async (entity, signal) => {
      await runPass(deps, [entity], tools, attempt, signal);
      if (signal.aborted) return;
      newcomers.delete(entity);
      deps.log.info('added entity copied', { entity });
    });
  const refresh = (either: AbortSignal): Promise<void> => workOnRefreshes(deps, tools, either);
  const reread = (either: AbortSignal): Promise<void> => workOnRereads(deps, tools, either);
  const parts = [others, copy, refresh, reread];
  await sideBySide(parts, parts.length, signal, (part, either) => part(either));
}

import { createPatientAttempt } from './attempts.ts';
import type { EngineDeps } from './engine-deps.ts';
import { createContext, type PassTools } from './pass.ts';
import { isToBeFilled, isWithin, refreshFields } from './refresh.ts';
import { sideBySide } from './side-by-side.ts';

/** Entities whose fields are fetched at the same time, beside the cycles. */
const refreshesAtOnce = 2;

/** Takes what is in the queue, for as long as the sync runs. */
export async function workOnRefreshes(
  deps: EngineDeps,
  tools: PassTools,
  signal: AbortSignal,
): Promise<void> {
  const workers = Array.from({ length: refreshesAtOnce }, () => work);
  await sideBySide(workers, refreshesAtOnce, signal, (worker, either) => worker(deps, tools, either));
}

async function work(deps: EngineDeps, tools: PassTools, signal: AbortSignal): Promise<void> {
  const { refreshes } = tools;
  for (let name = await refreshes.take(signal); name !== null; name = await refreshes.take(signal)) {
    try {
      await refreshEntity(deps, tools, name, signal);
    } finally {
      refreshes.done(name);
    }
  }
}

/** One after the other, in the order in which they were begun. */
async function refreshEntity(
  deps: EngineDeps,
  tools: PassTools,
  entity: string,
  signal: AbortSignal,
): Promise<void> {
  const { board, book } = tools;
  const { destination, log } = deps;
  const attempt = createPatientAttempt(deps, board);
  const first = async () =>
    (await destination.refreshes()).find((one) => one.entity === entity && isToBeFilled(one));
  for (let refresh = await first(); refresh && !signal.aborted; refresh = await first()) {
    const { key, fields } = refresh;
    const plan = book.planOf(entity);
    // Without one of its fields it waits until the next cycle has taken that out of it.
    if (!plan || !isWithin(refresh, plan)) return;
    await attempt(`fields of ${entity}`, signal, async (achieved) => {
      const context = createContext(deps, tools, plan, async ({ advanced }) => {
        if (advanced) achieved();
        await board.tick();
      });
      try {
        const now = await first();
        if (now?.key === key) await refreshFields(context, now, signal);
      } catch (error) {
        // With another plan it goes on below.
        if (book.planOf(entity) === plan && !(await book.explains(error, plan, signal))) throw error;
      }
    });
    if (signal.aborted) return;
    log.info('fields were read for the rows that are there', { entity, fields });
    await board.send();
  }
}

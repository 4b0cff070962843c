import type { Cycle } from '../model/progress.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { Attempt } from './attempts.ts';
import type { EngineDeps } from './engine-deps.ts';
import type { EntityContext } from './entity-context.ts';
import { bringUpToNow } from './entity-sync.ts';
import { createPageMapper } from './map.ts';
import { defaultLimits } from './page-group.ts';
import type { ProgressBoard } from './progress-board.ts';
import { sideBySide } from './side-by-side.ts';

/** Entities that are read at the same time. */
const entitiesAtOnce = 5;

/** Brings every entity up to now, side by side: one that has to wait does not hold up the others. */
export async function runPass(
  deps: EngineDeps,
  plans: readonly EntityPlan[],
  board: ProgressBoard,
  attempt: Attempt,
  signal: AbortSignal,
): Promise<Cycle> {
  const { clock } = deps;
  const startedAt = new Date(clock.now()).toISOString();
  const sum = { changed: 0, deleted: 0 };
  await sideBySide(plans, entitiesAtOnce, signal, async (plan, either) => {
    await attempt(plan.entity, either, async (achieved) => {
      const context = createContext(deps, plan, async ({ changed, deleted, advanced }) => {
        sum.changed += changed;
        sum.deleted += deleted;
        if (advanced) achieved();
        await board.tick();
      });
      await bringUpToNow(context, either);
      if (either.aborted) return;
      // Not a tick: while the others stall, nothing else would say that this one is done.
      if (board.setUpToDate(plan.entity)) await board.send();
    });
  });
  return { startedAt, endedAt: new Date(clock.now()).toISOString(), ...sum };
}

function createContext(
  { source, destination, clock, log, limits = defaultLimits }: EngineDeps,
  plan: EntityPlan,
  onStored: EntityContext['onStored'],
): EntityContext {
  const mapPage = createPageMapper(plan);
  return { source, destination, clock, log, limits, plan, mapPage, onStored };
}

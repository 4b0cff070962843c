import type { SyncProgress } from '../model/progress.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { EngineDeps } from './engine-deps.ts';
import type { PassTools } from './pass.ts';

/** Asks Dynamics how much has changed since it was last asked for changes. What it does not say stays as it was. */
export async function countBacklog(
  deps: EngineDeps,
  plans: readonly EntityPlan[],
  { board, links }: PassTools,
  signal: AbortSignal,
): Promise<SyncProgress> {
  const { source, log } = deps;
  const counts = plans.map(async (plan) => {
    const { entity } = plan;
    const link = links.get(entity);
    if (!link) return;
    try {
      const changes = await source.countChanges(plan, link, signal);
      if (changes === null) return;
      const oldestAt = changes > 0 ? await oldestChange(deps, plan, link, signal) : null;
      // Fetched meanwhile, they do not wait any more.
      if (links.get(entity) === link) board.setBacklog(entity, { changes, oldestAt });
    } catch (error) {
      if (!signal.aborted) log.warn('the backlog could not be counted', { entity, error });
    }
  });
  await Promise.all(counts);
  return await board.send();
}

/** The number is worth having without it. */
async function oldestChange(
  { source, log }: EngineDeps,
  plan: EntityPlan,
  link: string,
  signal: AbortSignal,
): Promise<string | null> {
  try {
    return await source.oldestChange(plan, link, signal);
  } catch (error) {
    if (!signal.aborted) log.warn('the oldest change could not be found', { entity: plan.entity, error });
    return null;
  }
}

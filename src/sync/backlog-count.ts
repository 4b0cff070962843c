import type { SyncProgress } from '../model/progress.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { EngineDeps } from './engine-deps.ts';
import type { PassTools } from './pass.ts';

/** Asks Dynamics how much has changed since it was last asked for changes. What it does not say stays as it was. */
export async function countBacklog(
  { source, log }: EngineDeps,
  plans: readonly EntityPlan[],
  { board, links }: PassTools,
  signal: AbortSignal,
): Promise<SyncProgress> {
  const counts = plans.map(async (plan) => {
    const { entity } = plan;
    const link = links.get(entity);
    if (!link) return;
    try {
      const changes = await source.countChanges(plan, link, signal);
      // Fetched meanwhile, they do not wait any more.
      if (changes !== null && links.get(entity) === link) board.setBacklog(entity, changes);
    } catch (error) {
      if (!signal.aborted) log.warn('the backlog could not be counted', { entity, error });
    }
  });
  await Promise.all(counts);
  return await board.send();
}

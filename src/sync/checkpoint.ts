import type { EntityPlan } from '../model/selection.ts';
import type { Checkpoint } from '../ports/destination.ts';

/** What a plan asks for, as a text that is kept with the checkpoint. */
export function askedBy(plan: EntityPlan): string {
  const names = plan.columns.map(({ select }) => select).sort();
  return [plan.filter ? 'filtered' : 'all', ...names].join(' ');
}

/**
 * Whether rows stored so far lack something the plan wants now: a field was added, or the filter was changed.
 * Fields that were taken away do not matter: their columns stay as they are.
 */
export function isOutgrown(checkpoint: Checkpoint, plan: EntityPlan): boolean {
  const before = checkpoint.asked.split(' ');
  const now = askedBy(plan).split(' ');
  return before[0] !== now[0] || now.some((name) => !before.includes(name));
}

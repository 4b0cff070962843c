import type { EntityPlan } from '../model/selection.ts';
import type { Checkpoint } from '../ports/destination.ts';

/** What a plan asks for, as a text that is kept with the checkpoint. A field of another type is asked for anew. */
export function askedBy(plan: EntityPlan): string {
  const names = plan.columns
    .map(({ select, type, table }) => `${select}:${type}${table ? ':table' : ''}`)
    .sort();
  return [plan.filter ? 'filtered' : 'all', ...names].join(' ');
}

/**
 * Whether rows stored so far lack something the plan wants now: a field was added, or the filter was changed.
 * Fields that were taken away do not matter: their columns stay as they are.
 */
export function isOutgrown(checkpoint: Checkpoint, plan: EntityPlan): boolean {
  return lacks(checkpoint.asked, askedBy(plan));
}

/** Whether `there` has not all that is `wanted`. */
function lacks(there: string, wanted: string): boolean {
  const names = new Set(there.split(' '));
  return wanted.split(' ').some((name) => !names.has(name));
}

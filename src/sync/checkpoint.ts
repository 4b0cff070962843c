import type { ColumnPlan, EntityPlan } from '../model/selection.ts';
import type { Checkpoint } from '../ports/destination.ts';

/** What a plan asks for, as a text that is kept with the checkpoint. A field of another type is asked for anew. */
export function askedBy(plan: EntityPlan): string {
  return [filterOf(plan), ...plan.columns.map(wordOf).sort()].join(' ');
}

const filterOf = ({ filter }: EntityPlan): string => (filter ? 'filtered' : 'all');

const wordOf = ({ select, type, table }: ColumnPlan): string => `${select}:${type}${table ? ':table' : ''}`;

/** What rows stored so far lack of what the plan wants now. */
export interface Lack {
  /** Rows were kept out that are wanted now, or the other way round. */
  filter: boolean;
  columns: readonly ColumnPlan[];
}

/**
 * Null: nothing. Fields that were taken away do not matter: their columns stay as they are.
 */
export function lackOf({ asked }: Checkpoint, plan: EntityPlan): Lack | null {
  const words = new Set(asked.split(' '));
  const filter = !words.has(filterOf(plan));
  const columns = plan.columns.filter((column) => !words.has(wordOf(column)));
  return filter || columns.length > 0 ? { filter, columns } : null;
}

import type { ColumnPlan, EntityPlan } from '../model/selection.ts';
import type { Checkpoint } from '../ports/destination.ts';

/** What a plan asks for, as a text that is kept with the checkpoint. A field of another type is asked for anew. */
export function askedBy(plan: EntityPlan): string {
  // Also of fields that are gone at present: once they are back, they have been ticked for that period before.
  const periods = Object.keys(plan.periods ?? {}).map((name) => periodWordOf(plan, name));
  return [filterOf(plan), ...plan.columns.map(wordOf).sort(), ...periods.sort()].join(' ');
}

const filterOf = ({ filter }: EntityPlan): string => (filter ? 'filtered' : 'all');

const wordOf = ({ select, type, table }: ColumnPlan): string => `${select}:${type}${table ? ':table' : ''}`;

/** A field that was ticked for the rows of a period, and when; nothing of one that was not. */
function periodWordOf({ periods }: EntityPlan, name: string): string {
  const ticked = periods?.[name];
  return ticked ? `${periodPrefix(name)}${ticked.at}` : '';
}

const periodPrefix = (name: string): string => `period:${name}:`;

/** What rows stored so far lack of what the plan wants now. */
export interface Lack {
  /** Rows were kept out that are wanted now, or the other way round. */
  filter: boolean;
  columns: readonly ColumnPlan[];
  /** Names of those that have been ticked anew since, for a period or for all rows again. */
  ticked: readonly string[];
}

/**
 * Null: nothing. Fields that were taken away do not matter: their columns stay as they are.
 */
export function lackOf({ asked }: Checkpoint, plan: EntityPlan): Lack | null {
  const words = new Set(asked.split(' '));
  const filter = !words.has(filterOf(plan));
  const ticked = plan.columns.map(({ name }) => name).filter((name) => isTickedAnew(words, plan, name));
  const columns = plan.columns.filter((column) => !words.has(wordOf(column)) || ticked.includes(column.name));
  return filter || columns.length > 0 ? { filter, columns, ticked } : null;
}

function isTickedAnew(words: ReadonlySet<string>, plan: EntityPlan, name: string): boolean {
  const before = [...words].find((word) => word.startsWith(periodPrefix(name))) ?? '';
  return before !== periodWordOf(plan, name);
}

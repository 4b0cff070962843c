import { type Period, type PeriodColumn, periodColumns } from './period.ts';
import type { EntitySelection, Selection } from './selection.ts';
import type { SelectionChange } from './selection-change.ts';
import { localTime } from './subscription.ts';

/** For which rows newly ticked fields are to be filled in, as it stands in the form. Days are `YYYY-MM-DD`. */
export interface FillForm {
  by: 'all' | PeriodColumn;
  from: string | null;
  to: string | null;
}

export const fillsAll: FillForm = { by: 'all', from: null, to: null };

export const isFillChoice = (value: string): value is FillForm['by'] =>
  value === 'all' || (periodColumns as readonly string[]).includes(value);

/** What is wrong with a day of the form. */
export type FillFault = { day: 'from'; why: 'missing' | 'future' } | { day: 'to'; why: 'before-start' };

/** Null: nothing is. */
export function fillFault({ by, from, to }: FillForm, timeZone: string, now: number): FillFault | null {
  if (by === 'all') return null;
  if (from === null) return { day: 'from', why: 'missing' };
  if (from > localTime(now, timeZone).day) return { day: 'from', why: 'future' };
  return to !== null && to < from ? { day: 'to', why: 'before-start' } : null;
}

/** Null: all rows. */
export const periodIn = ({ by, from, to }: FillForm, timeZone: string): Period | null =>
  by === 'all' || from === null ? null : { by, from, to, timeZone };

/** What was ticked is to be filled in for the rows of a period, in these entities. */
export interface Ticked {
  period: Period;
  entities: readonly string[];
}

/** Entities of a running sync in which fields have come. */
export const grownEntities = (before: Selection, changes: readonly SelectionChange[]): string[] =>
  changes.flatMap(({ entity, added }) => (added.length > 0 && before[entity] ? [entity] : []));

/**
 * The selection with what is known of its fields: those that stay keep their period, and those that come get the one
 * they were ticked with.
 */
export function withPeriods(
  before: Selection,
  after: Selection,
  { ticked, at }: { ticked: Ticked | null; at: string },
): Selection {
  const entries = Object.entries(after).map(([entity, { periods: _, ...chosen }]) => {
    const old = before[entity];
    const period = ticked?.entities.includes(entity) ? ticked.period : null;
    const periods = chosen.fields.flatMap(
      (field): [string, NonNullable<EntitySelection['periods']>[string]][] => {
        const known = old?.periods?.[field];
        if (old?.fields.includes(field)) return known ? [[field, known]] : [];
        return old && period ? [[field, { period, at }]] : [];
      },
    );
    return [entity, periods.length > 0 ? { ...chosen, periods: Object.fromEntries(periods) } : chosen];
  });
  return Object.fromEntries(entries);
}

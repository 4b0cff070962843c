import { randomUUID } from 'node:crypto';
import { filterField } from '../model/entity.ts';
import type { Period } from '../model/period.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { Checkpoint, RefreshChange } from '../ports/destination.ts';
import { type Lack, lackOf } from './checkpoint.ts';
import type { EntityContext } from './entity-context.ts';

/** What follows from a plan that asks for something else than the one before. */
export interface PlanChange {
  /** Every row has to be read again, with all its columns. */
  needsAll: boolean;
  refreshes: RefreshChange;
}

/**
 * Null: nothing follows. Where only fields have come, they are fetched for the rows that are there; a table that is
 * being read anyway, or whose filter is another one now, is read as a whole, and brings them along.
 */
export async function findPlanChange(
  { destination, plan }: EntityContext,
  checkpoint: Checkpoint,
): Promise<PlanChange | null> {
  const lack = lackOf(checkpoint, plan);
  const refreshes = await destination.refreshes();
  const open = refreshes.filter(({ entity, endedAt }) => entity === plan.entity && endedAt === null);
  const here = new Set(plan.columns.map(({ name }) => name));
  // Ticked anew, it is fetched as it was chosen the last time.
  const isLeft = (name: string): boolean => !here.has(name) || (lack?.ticked.includes(name) ?? false);
  const drop = [...new Set(open.flatMap(({ fields }) => fields))].filter(isLeft);
  if (!lack && drop.length === 0) return null;
  const { phase } = checkpoint;
  const needsAll = lack !== null && (lack.filter || phase !== 'current');
  // Nobody waits for the fields of a copy: it ends with a word of its own.
  const begin = lack && phase !== 'copying' ? refreshesOf(plan, lack, needsAll) : [];
  return { needsAll, refreshes: { begin, drop } };
}

/** One for each period, and one for all rows. A table that is read as a whole brings them all. */
function refreshesOf(plan: EntityPlan, lack: Lack, needsAll: boolean): RefreshChange['begin'] {
  const came = lack.columns.filter(({ name }) => !(lack.filter && name === filterField));
  const byPeriod = new Map<string, { period: Period | null; fields: string[] }>();
  for (const { name } of came) {
    const period = needsAll ? null : periodOf(plan, lack, name);
    const key = JSON.stringify(period);
    const { fields } = byPeriod.get(key) ?? { fields: [] };
    byPeriod.set(key, { period, fields: [...fields, name] });
  }
  return [...byPeriod.values()].map((group) => ({ key: randomUUID(), ...group }));
}

/** Only of what was ticked just now: later on, as with another type of the field, all rows need it. */
function periodOf(plan: EntityPlan, { ticked }: Lack, name: string): Period | null {
  const period = ticked.includes(name) ? (plan.periods?.[name]?.period ?? null) : null;
  if (!period) return null;
  const isDated = period.by === 'createdon' ? plan.hasCreatedOn : plan.hasModifiedOn;
  return isDated ? period : null;
}

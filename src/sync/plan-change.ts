import { randomUUID } from 'node:crypto';
import { filterField } from '../model/entity.ts';
import type { Checkpoint, RefreshChange } from '../ports/destination.ts';
import { lackOf } from './checkpoint.ts';
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
  const drop = [...new Set(open.flatMap(({ fields }) => fields))].filter((name) => !here.has(name));
  if (!lack && drop.length === 0) return null;
  const { phase } = checkpoint;
  const needsAll = lack !== null && (lack.filter || phase !== 'current');
  // Nobody waits for the fields of a copy: it ends with a word of its own.
  const came = phase === 'copying' ? [] : (lack?.columns ?? []).map(({ name }) => name);
  const fields = came.filter((name) => !(lack?.filter && name === filterField));
  const begin = fields.length > 0 ? [{ key: randomUUID(), fields }] : [];
  return { needsAll, refreshes: { begin, drop } };
}

import { AppError } from '../lib/errors.ts';
import { filterField } from '../model/entity.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { Batch, Checkpoint } from '../ports/destination.ts';
import type { EntityContext } from './entity-context.ts';
import { canBeRead } from './failed-rows.ts';
import { createPageMapper, idsOf, type MappedPage } from './map.ts';
import { rowsOf } from './page-rows.ts';

/** Reading so many rows by their ids takes fifty requests; the whole table hardly takes more. */
const mostByIds = 5_000;

/**
 * Reads which rows a table has, and in which versions: what is gone is marked as deleted, what is missing, of another
 * version or marked as deleted is read by its id. Begins anew after a stop. The destination holds the ids, not we.
 * @param to where the entity stands when it is done; null: where it stood.
 * @returns false where it was aborted, or so much differs that the table is better read as a whole.
 * @throws DeletesHeld when too many are gone; the rest is stored.
 */
export async function compareIds(
  context: EntityContext,
  to: Checkpoint | null,
  signal: AbortSignal,
): Promise<boolean> {
  try {
    // In turn: a row that is stored meanwhile, after its place has been passed, would be taken for deleted.
    return await context.inTurn(() => compare(context, to, signal));
  } catch (error) {
    if (signal.aborted) return false;
    throw error;
  }
}

async function compare(context: EntityContext, to: Checkpoint | null, signal: AbortSignal): Promise<boolean> {
  const { source, plan, log } = context;
  const ids = withIdsAlone(plan);
  const mapIds = createPageMapper(ids);
  await store(context, { compare: 'begin' });
  let differing = 0;
  let isComplete = false;
  for await (const { rows, next } of source.readPages(ids, null, signal)) {
    const there = mapIds(rowsOf(rows));
    const wanted = await findWanted(context, there);
    differing += wanted.length;
    if (differing > mostByIds || signal.aborted) return false;
    await store(context, {
      compare: 'part',
      present: idsOf(there),
      stale: there.filtered,
      ...(await readWanted(context, wanted, signal)),
    });
    isComplete = next === null;
  }
  if (signal.aborted) return false;
  if (!isComplete) throw incomplete(plan.entity);
  const deleted = await finish(context, to);
  log.info('ids compared', { entity: plan.entity, differing, deleted });
  return true;
}

/** The filter's field as well: rows that it keeps out are not missing. */
function withIdsAlone(plan: EntityPlan): EntityPlan {
  const names = [plan.primaryId, ...(plan.filter ? [filterField] : [])];
  return { ...plan, columns: plan.columns.filter(({ name }) => names.includes(name)) };
}

/** Rows that could not be stored are tried again in their own time. */
async function findWanted({ destination, plan }: EntityContext, { upserts }: MappedPage): Promise<string[]> {
  const versions = new Map(upserts.map(({ values, version }) => [String(values[0]), version ?? 0n]));
  const ids = (await destination.findDiffering(plan, versions)).filter(canBeRead);
  if (ids.length === 0) return ids;
  const failed = await destination.failedRows({ entity: plan.entity, ids }, 0, ids.length);
  const failing = new Set(failed.map(({ id }) => id));
  return ids.filter((id) => !failing.has(id));
}

async function readWanted(
  { source, plan, mapPage }: EntityContext,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Partial<Batch>> {
  if (ids.length === 0) return {};
  const { upserts, failures } = mapPage(await source.readRows(plan, ids, signal));
  return { upserts, failures };
}

async function finish(context: EntityContext, to: Checkpoint | null): Promise<number> {
  const countDeleted = async (): Promise<number> => {
    const tallies = await context.destination.tallies();
    return tallies.find(({ entity }) => entity === context.plan.entity)?.deleted ?? 0;
  };
  const before = await countDeleted();
  await store(context, { compare: 'end', checkpoint: to });
  const deleted = (await countDeleted()) - before;
  await context.onStored({ changed: 0, deleted, advanced: true });
  return deleted;
}

async function store(
  { destination, plan, clock, onStored }: EntityContext,
  batch: Partial<Batch>,
): Promise<void> {
  const { upserts = [], failures = [] } = batch;
  await destination.commit(plan, {
    deletes: [],
    stale: [],
    read: 0,
    filtered: 0,
    checkpoint: null,
    ...batch,
    upserts,
    failures,
    at: new Date(clock.now()).toISOString(),
  });
  await onStored({ changed: upserts.length + failures.length, deleted: 0, advanced: false });
}

/** Nothing may be taken for deleted that was not looked for. */
function incomplete(entity: string): AppError {
  return new AppError('answer-malformed', `The ids of ${entity} ended before the last page`, {
    recovery: 'retry',
    details: { entity },
  });
}

import type { FailedRow } from '../ports/destination.ts';
import type { FailureCause, SyncReply } from '../ports/sync-runner.ts';
import type { EntityContext } from './entity-context.ts';
import { idsOf } from './map.ts';

export type Retried = Omit<Extract<SyncReply, { kind: 'retried' }>, 'kind'>;

export const nothingRetried: Retried = { retried: 0, stored: 0, failed: 0, causes: [] };

export function addRetried(one: Retried, other: Retried): Retried {
  return {
    retried: one.retried + other.retried,
    stored: one.stored + other.stored,
    failed: one.failed + other.failed,
    causes: joinCauses([...one.causes, ...other.causes]),
  };
}

function joinCauses(causes: readonly FailureCause[]): FailureCause[] {
  const byCode = new Map<string, FailureCause>();
  for (const cause of causes) {
    const before = byCode.get(cause.code);
    byCode.set(cause.code, before ? { ...before, rows: before.rows + cause.rows } : cause);
  }
  return [...byCode.values()].sort((a, b) => b.rows - a.rows);
}

const causesOf = (rows: readonly FailedRow[]): FailureCause[] =>
  joinCauses(rows.map(({ code, message }) => ({ code, message, rows: 1 })));

/** Of one entity in one cycle; the others have their turn in the next. */
const rowsAtOnce = 1_000;

/** What can be asked for by its id; rows without one cannot. */
const guid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
export const canBeRead = (id: string): boolean => guid.test(id);

/** Reads rows again that could not be stored, where their next attempt is due. That it fails is no fault of the cycle. */
export async function retryDue(context: EntityContext, signal: AbortSignal): Promise<void> {
  const { destination, plan, clock, log } = context;
  const dueAt = new Date(clock.now()).toISOString();
  const due = await destination.failedRows({ entity: plan.entity, dueAt }, 0, rowsAtOnce);
  const ids = due.map(({ id }) => id).filter(canBeRead);
  if (ids.length === 0) return;
  try {
    const result = await context.inTurn(() => retryRows(context, ids, signal));
    const { causes: _, ...counts } = result;
    log.info('failed rows were tried again', { entity: plan.entity, ...counts });
  } catch (error) {
    if (!signal.aborted) log.warn('failed rows could not be tried again', { entity: plan.entity, error });
  }
}

/** All failed rows of the entity, or those of a cause or an id, whenever their next attempt is due. */
export async function retryFailed(
  context: EntityContext,
  { code, id }: { code?: string; id?: string },
  signal: AbortSignal,
): Promise<Retried> {
  const { destination, plan } = context;
  const filter = { entity: plan.entity, code, ...(id === undefined ? {} : { ids: [id] }) };
  const ids: string[] = [];
  for (let offset = 0; ; offset += rowsAtOnce) {
    const some = await destination.failedRows(filter, offset, rowsAtOnce);
    for (const row of some) if (canBeRead(row.id)) ids.push(row.id);
    if (some.length < rowsAtOnce) break;
  }
  let sum = nothingRetried;
  while (ids.length > 0 && !signal.aborted) {
    const some = ids.splice(0, rowsAtOnce);
    sum = addRetried(sum, await context.inTurn(() => retryRows(context, some, signal)));
  }
  return sum;
}

/** A row that is gone in Dynamics, or kept out by the filter, is an error no more. */
async function retryRows(
  { source, destination, plan, clock, mapPage, onStored }: EntityContext,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<Retried> {
  const page = mapPage(await source.readRows(plan, ids, signal));
  const found = new Set(idsOf(page));
  await destination.commit(plan, {
    upserts: page.upserts,
    deletes: [],
    stale: page.filtered,
    failures: page.failures,
    settled: ids.filter((id) => !found.has(id)),
    read: 0,
    filtered: 0,
    // It is about rows of any place: where the entity stands is not touched.
    checkpoint: null,
    at: new Date(clock.now()).toISOString(),
  });
  const failed = await destination.failedRows({ entity: plan.entity, ids }, 0, ids.length);
  const stored = page.upserts.length + page.failures.length - failed.length;
  await onStored({ changed: stored, deleted: 0, advanced: false });
  return { retried: ids.length, stored, failed: failed.length, causes: causesOf(failed) };
}

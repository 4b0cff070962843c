import { AppError } from '../lib/errors.ts';
import { filterField } from '../model/entity.ts';
import { boundsOf } from '../model/period.ts';
import type { EntityPlan } from '../model/selection.ts';
import { storedColumns } from '../model/stored-columns.ts';
import type { Batch, Checkpoint, Destination, StoredRefresh } from '../ports/destination.ts';
import { divide, writeParts } from './copy-parts.ts';
import type { EntityContext } from './entity-context.ts';
import { copyEntity } from './entity-copy.ts';
import { retryFailed } from './failed-rows.ts';
import { createPagePacker } from './pack.ts';
import { isOutOfOrder, wasRefusedAtResume } from './part-reader.ts';

/** Under way, and not left to a table that is read again. */
export const isToBeFilled = ({ endedAt, isReread }: StoredRefresh): boolean => endedAt === null && !isReread;

/** False for a plan that has lost some of its fields: they have to be taken out of it first. */
export function isWithin({ fields }: StoredRefresh, { columns }: EntityPlan): boolean {
  return fields.every((field) => columns.some(({ name }) => name === field));
}

/**
 * Fetches the fields of a refresh for the rows that are there, from where it stands to its end: a copy that reads
 * little and writes into what has been copied before. Changes are followed meanwhile, with these fields among them, so
 * that a row that is newer than what was read keeps what it has. Returns early when aborted, or when it is not under
 * way any more.
 */
export async function refreshFields(
  context: EntityContext,
  refresh: StoredRefresh,
  signal: AbortSignal,
): Promise<void> {
  const { plan, source } = context;
  // Rows that failed may have done so because one of the fields has another type now.
  if (refresh.read === 0) await retryFailed(context, { code: 'row-malformed' }, signal);
  const next = refresh.next ?? writeParts(divide(await source.readSpan(plan, signal)));
  try {
    await fillFrom(context, refresh, next, signal);
  } catch (error) {
    if (!isAboutPeriod(refresh, error) || (await context.isOutdated(signal))) throw error;
    await refreshFields(context, await widen(context, refresh, error), signal);
  }
}

async function fillFrom(
  context: EntityContext,
  refresh: StoredRefresh,
  next: string | null,
  signal: AbortSignal,
): Promise<void> {
  const { log, plan } = context;
  try {
    await fill(context, refresh, next, signal);
  } catch (error) {
    // A place of long ago, or rows that do not come in the order of their versions: then from the start, as a whole.
    if (!wasRefusedAtResume(error) && !isOutOfOrder(error)) throw error;
    log.warn('fields are read from the start, as a whole', { entity: plan.entity, error });
    await fill(context, refresh, null, signal);
  }
}

/** Whether Dynamics may be refusing to read the rows of a period. */
function isAboutPeriod({ period }: StoredRefresh, error: unknown): boolean {
  if (!period || !(error instanceof AppError)) return false;
  const { field = period.by } = error.details;
  return error.code === 'request-refused' || (error.code === 'field-unknown' && field === period.by);
}

/** Rather all rows than none: more of them have the fields than was asked for, and the end says so. */
async function widen(
  { destination, plan, clock, log }: EntityContext,
  refresh: StoredRefresh,
  error: unknown,
): Promise<StoredRefresh> {
  const { entity } = plan;
  log.warn('rows cannot be read by a period, fields are read for all of them', { entity, error });
  await destination.commit(plan, {
    ...{ upserts: [], deletes: [], stale: [], failures: [], read: 0, filtered: 0, checkpoint: null },
    at: new Date(clock.now()).toISOString(),
    refreshes: { begin: [], drop: [], widen: refresh.key },
  });
  return { ...refresh, period: null, next: null, read: 0, stored: 0 };
}

async function fill(
  context: EntityContext,
  refresh: StoredRefresh,
  next: string | null,
  signal: AbortSignal,
): Promise<void> {
  const { plan, destination } = context;
  const wanted = new Set([plan.primaryId, ...refresh.fields]);
  const columns = storedColumns(plan).filter(({ of }) => wanted.has(of.name));
  const light = {
    ...plan,
    columns: plan.columns.filter(({ name }) => wanted.has(name) || (plan.filter && name === filterField)),
    ...(refresh.period ? { within: boundsOf(refresh.period) } : {}),
  };
  const over = new AbortController();
  const filling: Destination = {
    ...destination,
    async commit(_light, batch) {
      const names = columns.map(({ name }) => name);
      await destination.commit(plan, fillOf(batch, refresh.key, names));
      const open = (await destination.refreshes()).some(
        (one) => one.key === refresh.key && isToBeFilled(one),
      );
      if (!open) over.abort();
    },
  };
  const from: Checkpoint = { phase: 'copying', link: null, next, asked: '' };
  await copyEntity(
    { ...context, plan: light, destination: filling, packPage: createPagePacker(light, columns) },
    from,
    AbortSignal.any([signal, over.signal]),
  );
}

/** What a copy would store of its rows, as values for those that are there. */
function fillOf(batch: Batch, key: string, columns: readonly string[]): Batch {
  const { upserts, failures, read, checkpoint } = batch;
  return {
    ...batch,
    ...{ upserts: [], stale: [], failures: [], read: 0, filtered: 0, checkpoint: null },
    fill: {
      key,
      columns,
      rows: upserts,
      failures,
      read,
      next: checkpoint?.next ?? null,
      isDone: checkpoint?.phase === 'current',
    },
  };
}

import { AppError } from '../lib/errors.ts';
import { type ModifiedWindow, writeWindow } from '../model/modified-window.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { ChangePage, WireRow } from '../ports/dynamics.ts';
import { isQueryTimeout } from './dataverse-error.ts';
import { dynamicsError } from './dynamics-error.ts';
import { parsePage } from './page-body.ts';
import { walkPages } from './page-walk.ts';
import { isRefusal, nullIfRefused } from './refusal.ts';
import { parseCount } from './row-changes.ts';
import { modifiedQuery, preferOf, selectOf } from './row-query.ts';
import type { WebApi } from './web-api.ts';

/**
 * Rows are stamped before they are committed, which may be two minutes later (the longest that Dataverse lets one
 * operation take), and by several servers whose clocks differ a little: a row can come into sight with a stamp of
 * before others that have been read. Five times that is allowed for.
 */
const overlapMs = 10 * 60_000;

/** `/$count` stops here ("Count number of rows"). */
const countCeiling = 5_000;

/** Its name is fixed. Tables of the system, and virtual ones, may not have it. */
const modifiedOn = 'modifiedon';

/**
 * From where on the changes of a table without change tracking are read. Null where it cannot be: there is no such
 * column, or it is not filtered and sorted by. Whatever rows are answered, the latest of them is no later than now.
 */
export async function takeWindow(
  api: WebApi,
  plan: EntityPlan,
  signal: AbortSignal,
): Promise<ModifiedWindow | null> {
  if (!plan.hasModifiedOn) return null;
  const latest = await findOne(api, plan, `$orderby=${encodeURIComponent('modifiedon desc')}`, signal);
  if (!latest) return null;
  const window = windowAfter({ mark: null, seenAt: null }, latestOf(latest.rows), latest.now);
  if (latest.rows.length === 0) return window;
  if (window.mark === null) return null;
  const found = await findOne(api, plan, queryOf(plan, window), signal);
  return found && latestOf(found.rows) !== null ? window : null;
}

/**
 * The rows of a window; the link of the last page leads to the next one.
 * @throws AppError `delta-expired` where the table is not read by `modifiedon` any more.
 */
export async function* readModified(
  { api, maxPageSize }: { api: WebApi; maxPageSize: number },
  plan: EntityPlan,
  window: ModifiedWindow,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const { entity, entitySetName, primaryId } = plan;
  const isAsked = plan.columns.some(({ select }) => select === modifiedOn);
  const start = `${entitySetName}?${selectOf(plan)}${isAsked ? '' : `,${modifiedOn}`}&${queryOf(plan, window)}`;
  let latest: number | null = null;
  // Of the first page: what has changed since it was made belongs to the next window.
  let now: number | null = null;
  const onServerTime = (time: number): void => {
    now ??= time;
  };
  const options = { entity, primaryId, prefer: preferOf(plan, maxPageSize), signal, onServerTime };
  try {
    for await (const page of walkPages(api, start, options)) {
      latest = greater(latest, latestOf(page.rows));
      const deltaLink = page.next === null ? writeWindow(windowAfter(window, latest, now)) : null;
      yield { ...page, deleted: [], deltaLink };
    }
  } catch (thrown) {
    throw isAboutWindow(thrown) ? notTaken(entity, thrown) : thrown;
  }
}

/** How many rows were modified since; null where it is refused, or they are more than are counted. */
export async function countModified(
  api: WebApi,
  { entity, entitySetName }: EntityPlan,
  { mark }: ModifiedWindow,
  signal: AbortSignal,
): Promise<number | null> {
  const filter = mark === null ? '' : `?$filter=${encodeURIComponent(`modifiedon gt ${mark}`)}`;
  const options = { signal, entity, text: true, isLeft: isRefusal };
  const answer = await nullIfRefused(api.get(`${entitySetName}/$count${filter}`, options));
  const count = answer === null ? null : parseCount(answer);
  return count !== null && count < countCeiling ? count : null;
}

/** Only what is read about the rows moves the mark; Dynamics' clock says how long ago that was, and ends the future. */
function windowAfter(before: ModifiedWindow, latest: number | null, now: number | null): ModifiedWindow {
  const mark = before.mark === null ? null : Date.parse(before.mark);
  // Rows may have been brought in with any time: one of next year must not hide what changes until then.
  const reached = latest !== null && now !== null ? Math.min(latest, now) : latest;
  const refused = before.isRefused ? { isRefused: true as const } : {};
  if (reached !== null && (mark === null || reached > mark)) {
    return { mark: isoOf(reached), seenAt: now === null ? null : isoOf(now), ...refused };
  }
  const since = before.seenAt === null ? now : Date.parse(before.seenAt);
  const isSettled = before.isSettled || (now !== null && since !== null && now - since >= overlapMs);
  return {
    mark: before.mark,
    seenAt: since === null ? null : isoOf(since),
    ...(isSettled ? { isSettled: true as const } : {}),
    ...refused,
  };
}

/** Behind a settled mark nothing comes any more: else the last import would be read again in every cycle. */
function queryOf(plan: EntityPlan, { mark, isSettled }: ModifiedWindow): string {
  if (mark === null) return modifiedQuery(plan, null);
  return modifiedQuery(plan, isSettled ? `gt ${mark}` : `ge ${isoOf(Date.parse(mark) - overlapMs)}`);
}

/** Null where it is refused. A server that does not know `$top` answers with more rows, which does no harm. */
async function findOne(
  api: WebApi,
  { entity, entitySetName, primaryId }: EntityPlan,
  query: string,
  signal: AbortSignal,
): Promise<{ rows: readonly WireRow[]; now: number | null } | null> {
  let now: number | null = null;
  const onServerTime = (time: number): void => {
    now = time;
  };
  const target = `${entitySetName}?$select=${primaryId},${modifiedOn}&${query}&$top=1`;
  const ask = async (): Promise<readonly WireRow[]> => {
    const bytes = await api.get(target, { signal, entity, isLeft: isRefusal, onServerTime });
    return parsePage(bytes, { origin: api.origin, entity, primaryId }).rows;
  };
  const rows = await nullIfRefused(ask());
  return rows && { rows, now };
}

function latestOf(rows: readonly WireRow[]): number | null {
  let latest: number | null = null;
  for (const row of rows) {
    const time = Date.parse(String(row[modifiedOn]));
    if (!Number.isNaN(time)) latest = greater(latest, time);
  }
  return latest;
}

function greater(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.max(a, b);
}

/** Dataverse has whole seconds. */
function isoOf(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}

/** A large table that has no index on the column may take too long each time. */
function isAboutWindow(thrown: unknown): boolean {
  if (!(thrown instanceof AppError)) return false;
  const { field = modifiedOn } = thrown.details;
  const isUnknown = thrown.code === 'field-unknown' && field === modifiedOn;
  return thrown.code === 'request-refused' || isUnknown || isQueryTimeout(thrown);
}

function notTaken(entity: string, cause: unknown): AppError {
  return dynamicsError('delta-expired', `The rows of ${entity} cannot be read by modifiedon any more`, {
    recovery: 'stop',
    details: { entity },
    cause,
  });
}

import { DataverseError, expiredLink } from '../errors.ts';
import type { QueryOptions } from '../query/options.ts';
import { MAX_PAGE_SIZE } from '../query/preferences.ts';
import type { PageCookie } from '../query/tokens.ts';
import { readDeltaToken, readSkipToken, writeDeltaToken, writeSkipToken } from '../query/tokens.ts';
import type { Row } from '../tables/row.ts';
import { sortKeyOf } from '../tables/row.ts';
import type { DeletedRow, Table } from '../tables/table.ts';
import type { Answer, DataverseRequest } from './answer.ts';
import { countText, linkWith } from './answer.ts';
import { createRowWriter } from './row-writer.ts';
import { contextOf, selectColumns, writeRows } from './selection.ts';

const REFUSED = ['filter', 'orderby', 'expand', 'top'] as const;
const DAY_MS = 24 * 3600 * 1000;

/** Refuses what change tracking refuses (page "Use change tracking to synchronize data with external systems"). */
export function checkTracked(table: Table, query: QueryOptions): void {
  const refused = REFUSED.find((name) => query[name] !== undefined);
  if (refused) {
    const message = `The "$${refused}" query parameter isn't supported when Change Tracking is enabled.`;
    throw new DataverseError(400, '0x80060888', message);
  }
  if (!table.schema.tracksChanges) {
    const message = `Entity ${table.schema.name} isn't enabled for change tracking.`;
    throw new DataverseError(400, '0x80072491', message);
  }
}

/** The first tracked read: the table by its primary id, a delta link on the last page only. */
export async function answerTrackedRead(
  request: DataverseRequest,
  table: Table,
  query: QueryOptions,
): Promise<Answer> {
  const { organization, preferences, base } = request;
  const columns = selectColumns(table, query.select);
  const ordered = table.ordered([]);
  const cookie = query.skipToken === undefined ? undefined : readSkipToken(query.skipToken, 'tracked');
  const start = cookie ? ordered.indexAfter([], sortKeyOf(cookie.last)) : 0;
  const size = preferences.pageSize ?? MAX_PAGE_SIZE;
  const rows = ordered.rows.slice(start, start + size);
  const since = cookie?.since ?? organization.version();
  const last = rows.at(-1);
  const hasMore = last !== undefined && start + size < ordered.rows.length;
  const link = hasMore
    ? nextLink(request, { page: (cookie?.page ?? 1) + 1, query: 'tracked', last: last.id, values: [], since })
    : deltaLink(request, request.deltaStandsFor === 'first-page' ? since : organization.version());
  const write = createRowWriter(organization, table, columns, preferences);
  const head = `{"@odata.context":${JSON.stringify(contextOf(base, table.schema.set, query.select))},"value":[`;
  return {
    status: 200,
    type: 'json',
    parts: [head, ...(await writeRows(rows, write, request.chunks)), `],${link}}`],
  };
}

/** What a delta link is followed by: changed rows by version, then deleted ones, paged. */
export async function answerChanges(
  request: DataverseRequest,
  table: Table,
  query: QueryOptions,
): Promise<Answer> {
  const { organization, preferences, base } = request;
  const name = `delta|${query.deltaToken}`;
  const cookie = query.skipToken === undefined ? undefined : readSkipToken(query.skipToken, name);
  const token = tokenVersion(request, table, query);
  // The new link stands for this moment: what changes while the pages are fetched is in the next delta.
  const upTo = cookie?.since ?? organization.version();
  const changes = changesBetween(table, token, upTo);
  const entries = remaining(changes, cookie);
  const size = preferences.pageSize ?? MAX_PAGE_SIZE;
  const page = {
    rows: entries.rows.slice(0, size),
    deleted: entries.deleted.slice(0, Math.max(0, size - entries.rows.length)),
  };
  const hasMore = page.rows.length + page.deleted.length < entries.rows.length + entries.deleted.length;
  const write = createRowWriter(organization, table, selectColumns(table, query.select), preferences);
  const parts = await writeRows(page.rows, write, request.chunks);
  const tombstones = page.deleted.map(({ id }) => writeDeleted(base, table, id)).join(',');
  if (tombstones !== '') parts.push(Buffer.from(parts.length > 0 ? `,${tombstones}` : tombstones));

  const position = positionAfter(page);
  const link = hasMore
    ? nextLink(request, {
        page: (cookie?.page ?? 1) + 1,
        query: name,
        last: '',
        values: [],
        since: upTo,
        ...position,
      })
    : deltaLink(request, upTo);
  const context = contextOf(base, table.schema.set, query.select, '/$delta');
  return {
    status: 200,
    type: 'json',
    parts: [`{"@odata.context":${JSON.stringify(context)},"value":[`, ...parts, `],${link}}`],
  };
}

/** `leads/$count?$deltatoken=…`: how many changes are waiting. */
export function answerChangesCount(request: DataverseRequest, table: Table, query: QueryOptions): Answer {
  const { rows, deleted } = changesBetween(
    table,
    tokenVersion(request, table, query),
    request.organization.version(),
  );
  return countText(rows.length + deleted.length);
}

interface Changes {
  rows: Row[];
  deleted: DeletedRow[];
}

function tokenVersion({ organization }: DataverseRequest, table: Table, query: QueryOptions): number {
  const { version, issuedAt } = readDeltaToken(query.deltaToken ?? '');
  const livesUntil = issuedAt + organization.facts.changeTrackingDays * DAY_MS;
  const isTooOld = version < organization.oldestLink(table.schema.name) || livesUntil < organization.now();
  if (isTooOld || version > organization.version()) throw expiredLink();
  return version;
}

/** Both ends: after `since`, up to and with `upTo`. */
function changesBetween(table: Table, since: number, upTo: number): Changes {
  const rows: Row[] = [];
  for (const row of table.changed()) {
    if (row.version > since && row.version <= upTo) rows.push(row);
  }
  // An id that was deleted and made again is not deleted.
  const deleted = table
    .deleted()
    .filter(({ id, version }) => version > since && version <= upTo && !table.get(id));
  return { rows, deleted };
}

function remaining(changes: Changes, cookie: PageCookie | undefined): Changes {
  const at = cookie?.at;
  if (at === undefined) return changes;
  if (cookie?.isDeleting) return { rows: [], deleted: changes.deleted.filter(({ version }) => version > at) };
  return { rows: changes.rows.filter(({ version }) => version > at), deleted: changes.deleted };
}

function positionAfter({ rows, deleted }: Changes): { at: number; isDeleting: boolean } {
  const isDeleting = deleted.length > 0;
  return { at: (isDeleting ? deleted : rows).at(-1)?.version ?? 0, isDeleting };
}

function writeDeleted(base: string, table: Table, id: string): string {
  const context = JSON.stringify(`${base}$metadata#${table.schema.set}/$deletedEntity`);
  return `{"@odata.context":${context},"id":"${id}","reason":"deleted"}`;
}

function nextLink(request: DataverseRequest, cookie: PageCookie): string {
  return `"@odata.nextLink":${JSON.stringify(linkWith(request, `$skiptoken=${writeSkipToken(cookie, true)}`))}`;
}

function deltaLink(request: DataverseRequest, version: number): string {
  const token = writeDeltaToken({ version, issuedAt: request.organization.now() });
  return `"@odata.deltaLink":${JSON.stringify(linkWith(request, `$deltatoken=${token}`, ['$skiptoken']))}`;
}

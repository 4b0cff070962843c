import { invalidQuery } from '../errors.ts';
import type { Filter } from '../query/filter.ts';
import { parseFilter } from '../query/filter.ts';
import type { QueryOptions } from '../query/options.ts';
import { parseOrderBy } from '../query/order-by.ts';
import type { Predicate } from '../query/predicate.ts';
import { compileFilter } from '../query/predicate.ts';
import { MAX_PAGE_SIZE } from '../query/preferences.ts';
import { propertiesInSqlOrder, withSortKeys } from '../query/property.ts';
import { findStretch } from '../query/range.ts';
import { readSkipToken, writeSkipToken } from '../query/tokens.ts';
import type { OrderedRows } from '../tables/order.ts';
import type { Row } from '../tables/row.ts';
import { sortKeyOf } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import type { Answer, DataverseRequest } from './answer.ts';
import { countText, linkWith } from './answer.ts';
import { createRowWriter } from './row-writer.ts';
import { contextOf, selectColumns, writeRows } from './selection.ts';

/** What `$count` and `/$count` stop at. */
export const MAX_COUNT = 5000;
const LIMIT_EXCEEDED = 'Microsoft.Dynamics.CRM.totalrecordcountlimitexceeded';
const TOTAL_COUNT = 'Microsoft.Dynamics.CRM.totalrecordcount';

/** A page of a table: selection, filter, order, paging, count and annotations. */
export async function answerCollection(
  request: DataverseRequest,
  table: Table,
  query: QueryOptions,
): Promise<Answer> {
  const { organization, preferences, base } = request;
  const columns = selectColumns(table, query.select);
  const walk = startWalk(table, query);
  const size = preferences.pageSize ?? Math.min(query.top ?? MAX_PAGE_SIZE, MAX_PAGE_SIZE);
  // One more than the page holds tells whether there is a next one.
  const found = takeRows(walk, size + 1);
  const page = found.slice(0, size);
  const last = page.at(-1);
  // With `$top` alone the answer ends there; next to a page size `$top` is ignored (page "Page results").
  const isTop = query.top !== undefined && preferences.pageSize === undefined;
  const hasMore = found.length > size && last !== undefined && !isTop;

  const head = [`{"@odata.context":${JSON.stringify(contextOf(base, table.schema.set, query.select))}`];
  if (query.isCounted) head.push(...countAnnotations(request, table, query));
  const write = createRowWriter(organization, table, columns, preferences);
  const rows = await writeRows(page, write, request.chunks);
  let end = ']}';
  if (hasMore) {
    const cookie = {
      page: walk.page + 1,
      query: walk.name,
      last: last.id,
      values: walk.ordered.placeOf(last),
    };
    const link = linkWith(request, `$skiptoken=${writeSkipToken(cookie, false)}`);
    end = `],"@odata.nextLink":${JSON.stringify(link)}}`;
  }
  return { status: 200, type: 'json', parts: [`${head.join(',')},"value":[`, ...rows, end] };
}

/** `leads/$count`, with a filter or without, 5,000 at most. */
export function answerCount(table: Table, query: QueryOptions): Answer {
  return countText(Math.min(MAX_COUNT, countRows(table, query)));
}

function countAnnotations({ preferences }: DataverseRequest, table: Table, query: QueryOptions): string[] {
  const count = countRows(table, query);
  const shown = Math.min(MAX_COUNT, count);
  const texts = [`"@odata.count":${shown}`];
  if (preferences.wantsAnnotation(TOTAL_COUNT)) texts.push(`"@${TOTAL_COUNT}":${shown}`);
  if (preferences.wantsAnnotation(LIMIT_EXCEEDED)) texts.push(`"@${LIMIT_EXCEEDED}":${count > MAX_COUNT}`);
  return texts;
}

/** Counts no further than one above the limit. */
function countRows(table: Table, query: QueryOptions): number {
  const passes = predicateOf(table, query.filter);
  if (!passes) return table.size();
  let count = 0;
  for (const row of table.rows()) {
    if (passes(row)) count += 1;
    if (count > MAX_COUNT) break;
  }
  return count;
}

/** The filter's function; undefined without a filter. */
export function predicateOf(table: Table, filter: string | undefined): Predicate<Row> | undefined {
  if (filter === undefined) return undefined;
  return compileFilter(withSortKeys(parseFilter(filter)), propertiesInSqlOrder(table));
}

interface Walk {
  ordered: OrderedRows;
  passes: Predicate<Row> | undefined;
  start: number;
  end: number;
  page: number;
  /** What a link must be continued with. */
  name: string;
}

function startWalk(table: Table, query: QueryOptions): Walk {
  const terms = parseOrderBy(query.orderby, table);
  if (terms.length > 10) throw invalidQuery('Too many orders.');
  const ordered = table.ordered(terms);
  const filter: Filter | undefined =
    query.filter === undefined ? undefined : withSortKeys(parseFilter(query.filter));
  const find = propertiesInSqlOrder(table);
  const passes = filter && compileFilter(filter, find);
  const stretch = findStretch(table, ordered, terms, filter, find);
  const name = `${query.orderby ?? ''}|${query.filter ?? ''}`;
  if (query.skipToken === undefined) return { ordered, passes, ...stretch, page: 1, name };
  const cookie = readSkipToken(query.skipToken, name);
  const start = Math.max(stretch.start, ordered.indexAfter(cookie.values, sortKeyOf(cookie.last)));
  return { ordered, passes, start, end: stretch.end, page: cookie.page, name };
}

function takeRows({ ordered, passes, start, end }: Walk, limit: number): Row[] {
  if (!passes) return ordered.rows.slice(start, Math.min(end, start + limit));
  const taken: Row[] = [];
  for (let i = start; i < end && taken.length < limit; i++) {
    const row = ordered.rows[i];
    if (row && passes(row)) taken.push(row);
  }
  return taken;
}

import type { EntityPlan } from '../model/selection.ts';
import type { ChangePage, WireRow } from '../ports/dynamics.ts';
import { walkPages } from './page-walk.ts';
import { selectOf } from './row-query.ts';
import type { WebApi } from './web-api.ts';

/** An `or` of this many ids stays far below the limits of a URL (32 KB) and of conditions (500). */
const idsPerRequest = 100;

export interface Filling {
  api: WebApi;
  plan: EntityPlan;
  prefer: string;
  signal: AbortSignal;
}

/**
 * Sees to it that changed rows have the plan's columns. An empty column comes as null: one that a row does not have
 * is not known, and storing it as empty would wipe it. Such rows are read by id.
 */
export async function* fillColumns(
  filling: Filling,
  pages: AsyncIterable<ChangePage>,
): AsyncGenerator<ChangePage> {
  /** What rows read by id do not have either, so that their being missing says nothing. */
  const leftOut = new Set<string>();
  const { primaryId, columns } = filling.plan;
  const selects = columns.map(({ select }) => select);
  for await (const page of pages) {
    const expected = selects.filter((name) => !leftOut.has(name));
    // What has no id cannot be asked for.
    const known = page.rows.filter((row) => typeof row[primaryId] === 'string');
    const ids = known.filter((row) => !hasAll(row, expected)).map((row) => idOf(row, primaryId));
    if (ids.length === 0) {
      yield page;
      continue;
    }
    const lacking = new Set(ids);
    const found = await readRowsById(filling, [...lacking]);
    if (found.length > 0) {
      for (const name of expected) if (!found.some((row) => name in row)) leftOut.add(name);
    }
    const complete = page.rows.filter((row) => !lacking.has(idOf(row, primaryId)));
    yield { ...page, rows: [...complete, ...found] };
  }
}

function hasAll(row: WireRow, names: readonly string[]): boolean {
  return names.every((name) => name in row);
}

/** Lower case. */
export function idOf(row: WireRow, primaryId: string): string {
  return String(row[primaryId]).toLowerCase();
}

/** Rows deleted since they changed are missing: the next changes tell. */
export async function readRowsById(
  { api, plan, prefer, signal }: Filling,
  ids: readonly string[],
): Promise<readonly WireRow[]> {
  const { entity, entitySetName, primaryId } = plan;
  const found: WireRow[] = [];
  for (let first = 0; first < ids.length; first += idsPerRequest) {
    const asked = ids.slice(first, first + idsPerRequest);
    const filter = encodeURIComponent(asked.map((id) => `${primaryId} eq ${id}`).join(' or '));
    const start = `${entitySetName}?${selectOf(plan)}&$filter=${filter}`;
    const wanted = new Set(asked);
    for await (const { rows } of walkPages(api, start, { entity, primaryId, prefer, signal })) {
      found.push(...rows.filter((row) => wanted.has(idOf(row, primaryId))));
    }
  }
  return found;
}

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
 * Sees to it that changed rows have the plan's columns. An empty column comes as null: one that no row of a page
 * has was not asked for, and storing it as empty would wipe it. Then the rows are read by id.
 */
export async function* fillColumns(
  filling: Filling,
  pages: AsyncIterable<ChangePage>,
): AsyncGenerator<ChangePage> {
  /** What rows read by id do not have either, so that their being missing says nothing. */
  const leftOut = new Set<string>();
  for await (const page of pages) {
    const lacking = lackingColumns(page.rows, filling.plan).filter((name) => !leftOut.has(name));
    if (lacking.length === 0) {
      yield page;
      continue;
    }
    const rows = await readRowsById(filling, page.rows);
    const stillLacking = new Set(lackingColumns(rows, filling.plan));
    for (const name of lacking) if (stillLacking.has(name)) leftOut.add(name);
    yield { ...page, rows };
  }
}

/** None where there are no rows. */
function lackingColumns(rows: readonly WireRow[], { columns }: EntityPlan): string[] {
  if (rows.length === 0) return [];
  return columns.map(({ select }) => select).filter((name) => !rows.some((row) => name in row));
}

/** Rows deleted since they changed are missing: the next changes tell. */
async function readRowsById(
  { api, plan, prefer, signal }: Filling,
  changed: readonly WireRow[],
): Promise<readonly WireRow[]> {
  const { entity, entitySetName, primaryId } = plan;
  const found: WireRow[] = [];
  const ids = changed.map((row) => String(row[primaryId]));
  for (let first = 0; first < ids.length; first += idsPerRequest) {
    const asked = ids.slice(first, first + idsPerRequest);
    const filter = encodeURIComponent(asked.map((id) => `${primaryId} eq ${id}`).join(' or '));
    const start = `${entitySetName}?${selectOf(plan)}&$filter=${filter}`;
    const wanted = new Set(asked.map((id) => id.toLowerCase()));
    for await (const { rows } of walkPages(api, start, { entity, primaryId, prefer, signal })) {
      found.push(...rows.filter((row) => wanted.has(String(row[primaryId]).toLowerCase())));
    }
  }
  return found;
}

import { rowVersion } from '../model/row-version.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { CopyStart, WireRow } from '../ports/dynamics.ts';
import { parsePage } from './page-body.ts';
import { isRefusal, nullIfRefused } from './refusal.ts';
import { deltaVersionOf, rangeQuery } from './row-query.ts';
import type { WebApi } from './web-api.ts';

type Table = Pick<EntityPlan, 'entity' | 'entitySetName' | 'primaryId'>;

/**
 * The lowest and the highest `versionnumber` of a table. Null where a server does not sort or filter by it as
 * Dataverse does: it may leave out what it does not know, and a range would then be the whole table.
 */
export async function findSpan(
  api: WebApi,
  table: Table,
  signal: AbortSignal,
): Promise<NonNullable<CopyStart['span']> | null> {
  const [lowest, highest] = await Promise.all([
    findOne(api, table, `$orderby=versionnumber%20asc&$top=1`, signal),
    findOne(api, table, `$orderby=versionnumber%20desc&$top=1`, signal),
  ]);
  if (!lowest || !highest || highest.version < lowest.version) return null;
  return { lowest: String(lowest.version), highest: String(highest.version) };
}

/** Whether a range with one row in it gives just that row. */
export async function takesRanges(
  api: WebApi,
  table: Table,
  version: string,
  signal: AbortSignal,
): Promise<boolean> {
  const range = { from: version, to: String(BigInt(version) + 1n) };
  const row = await findOne(api, table, rangeQuery(range), signal);
  return row !== null && String(row.version) === version;
}

/**
 * When the row was last changed that comes first after a delta link. The order in which a link gives its changes is
 * not documented; that of the versions is, and a link of the documented form begins with one.
 */
export async function findOldestChange(
  api: WebApi,
  table: Table,
  link: string,
  signal: AbortSignal,
): Promise<string | null> {
  const since = deltaVersionOf(link);
  if (since === null) return null;
  const query = `${rangeQuery({ from: String(since + 1n), to: null })}&$top=1`;
  const found = await findOne(api, table, query, signal, ',modifiedon');
  if (!found || found.version <= since) return null;
  const at = Date.parse(String(found.row.modifiedon));
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}

/** Null where it is not one row, or it does not say its version. */
async function findOne(
  api: WebApi,
  { entity, entitySetName, primaryId }: Table,
  query: string,
  signal: AbortSignal,
  more = '',
): Promise<{ row: WireRow; version: bigint } | null> {
  const target = `${entitySetName}?$select=${primaryId},versionnumber${more}&${query}`;
  // Next to a page size `$top` would be ignored ("Page results").
  const options = { signal, entity, exactNumbers: true, isLeft: isRefusal };
  const bytes = await nullIfRefused(api.get(target, options));
  if (bytes === null) return null;
  const page = await nullIfRefused(
    Promise.resolve().then(() => parsePage(bytes, { origin: api.origin, entity, primaryId })),
  );
  const [row] = page?.rows ?? [];
  const version = row && page?.rows.length === 1 ? rowVersion(row) : null;
  return row && version !== null ? { row, version } : null;
}

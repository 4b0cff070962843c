import { AppError } from '../lib/errors.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { ChangePage, WireRow } from '../ports/dynamics.ts';
import { dynamicsError } from './dynamics-error.ts';
import { parsePage } from './page-body.ts';
import { walkPages } from './page-walk.ts';
import { nullIfRefused } from './refusal.ts';
import { deltaTargetWithColumns, deltaTokenOf, preferOf, selectOf } from './row-query.ts';
import type { WebApi } from './web-api.ts';

/** An `or` of this many ids stays far below the limits of a URL (32 KB) and of conditions (500). */
const idsPerRequest = 100;

export interface ChangesDeps {
  api: WebApi;
  maxPageSize: number;
  /** Names of entities whose server does not take a delta token with other columns: asked once, not each time. */
  tokenBoundToColumns: Set<string>;
}

/**
 * Changes since a delta link, with the plan's columns. "Use change tracking to synchronize data with external
 * systems" shows a token used in another URL than its own, but does not promise it for other columns: where that is
 * refused, the link says which rows changed and they are read by id.
 */
export async function* readChanges(
  deps: ChangesDeps,
  plan: EntityPlan,
  link: string,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const target = deltaTargetWithColumns(plan, link);
  if (target === null) {
    yield* walkChanges(deps, plan, link, signal);
    return;
  }
  if (!deps.tokenBoundToColumns.has(plan.entity)) {
    const isTaken = yield* tryWithColumns(deps, plan, target, signal);
    if (isTaken) return;
    deps.tokenBoundToColumns.add(plan.entity);
  }
  yield* readChangesById(deps, plan, link, signal);
}

/** @returns false, before any page, where the server does not go along. */
async function* tryWithColumns(
  deps: ChangesDeps,
  plan: EntityPlan,
  target: string,
  signal: AbortSignal,
): AsyncGenerator<ChangePage, boolean> {
  let hasYielded = false;
  try {
    for await (const page of walkChanges(deps, plan, target, signal)) {
      if (lacksColumns(page.rows, plan)) {
        if (!hasYielded) return false;
        throw dynamicsError('answer-malformed', `Changes of ${plan.entity} come without their columns`, {
          recovery: 'ask-admin',
          details: { entity: plan.entity },
        });
      }
      hasYielded = true;
      yield page;
    }
    return true;
  } catch (thrown) {
    // Whether the token itself has expired, its own link will tell.
    const isRefused =
      thrown instanceof AppError && (thrown.code === 'request-refused' || thrown.code === 'delta-expired');
    if (hasYielded || !isRefused) throw thrown;
    return false;
  }
}

async function* walkChanges(
  { api, maxPageSize }: ChangesDeps,
  plan: EntityPlan,
  start: string,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const { entity, primaryId } = plan;
  const prefer = preferOf(plan, maxPageSize);
  for await (const page of walkPages(api, start, { entity, primaryId, prefer, signal })) {
    if (page.next === null && page.deltaLink === null) {
      throw dynamicsError('answer-malformed', `The changes of ${entity} end without a delta link`, {
        recovery: 'ask-admin',
        details: { entity },
      });
    }
    yield page;
  }
}

/** An empty column comes as null: one that is missing was not asked for. */
function lacksColumns(rows: readonly WireRow[], { columns, primaryId }: EntityPlan): boolean {
  const row = rows[0];
  const others = columns.filter(({ select }) => select !== primaryId);
  return row !== undefined && others.length > 0 && !others.some(({ select }) => select in row);
}

async function* readChangesById(
  deps: ChangesDeps,
  plan: EntityPlan,
  link: string,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  for await (const page of walkChanges(deps, plan, link, signal)) {
    const rows: WireRow[] = [];
    const ids = page.rows.map((row) => String(row[plan.primaryId]));
    for (let start = 0; start < ids.length; start += idsPerRequest) {
      rows.push(...(await readRowsById(deps, plan, ids.slice(start, start + idsPerRequest), signal)));
    }
    yield { ...page, rows };
  }
}

/** Rows deleted since they changed are missing: the next changes tell. */
async function readRowsById(
  { api, maxPageSize }: ChangesDeps,
  plan: EntityPlan,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<readonly WireRow[]> {
  const { entity, entitySetName, primaryId } = plan;
  const filter = encodeURIComponent(ids.map((id) => `${primaryId} eq ${id}`).join(' or '));
  const bytes = await api.get(`${entitySetName}?${selectOf(plan)}&$filter=${filter}`, {
    signal,
    prefer: preferOf(plan, maxPageSize),
    exactNumbers: true,
    entity,
  });
  return parsePage(bytes, { origin: api.origin, entity, primaryId }).rows;
}

/** "$count with a delta token"; null where it is refused. */
export async function countChanges(
  api: WebApi,
  plan: EntityPlan,
  link: string,
  signal: AbortSignal,
): Promise<number | null> {
  const token = deltaTokenOf(link);
  if (token === null) return null;
  const target = `${plan.entitySetName}/$count?$deltatoken=${token}`;
  const answer = await nullIfRefused(api.get(target, { signal, text: true, entity: plan.entity }));
  return answer === null ? null : parseCount(answer);
}

/** A number as text, perhaps after a byte order mark. */
export function parseCount(bytes: Buffer): number | null {
  const text = bytes
    .toString('utf8')
    .replace(/^\ufeff/, '')
    .trim();
  return /^\d+$/.test(text) ? Number(text) : null;
}

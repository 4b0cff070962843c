import { AppError } from '../lib/errors.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { ChangePage } from '../ports/dynamics.ts';
import { dynamicsError } from './dynamics-error.ts';
import { walkPages } from './page-walk.ts';
import { isOddAnswer, nullIfRefused } from './refusal.ts';
import { fillColumns } from './row-columns.ts';
import { settleDeletes } from './row-deletes.ts';
import { deltaTargetWithColumns, deltaTokenOf, preferOf } from './row-query.ts';
import type { WebApi } from './web-api.ts';

/** How a server says that it does not take a token with other columns than its own. */
const refusedWithColumns: readonly string[] = [
  'request-refused',
  // Whether the token itself has expired, its own link will tell.
  'delta-expired',
  'entity-unknown',
  'not-dynamics',
  'answer-malformed',
];

export interface ChangesDeps {
  api: WebApi;
  maxPageSize: number;
  /** By entity, how sure it is that its server does not take a delta token with other columns. */
  tokenBoundToColumns: Map<string, number>;
}

/** From here on it is not asked again. */
const certain = 2;

/**
 * Changes since a delta link, with the plan's columns. "Use change tracking to synchronize data with external
 * systems" shows a token used in another URL than its own, but does not promise it for other columns: where that is
 * refused or comes to nothing, the link says which rows changed and they are read by id.
 */
export async function* readChanges(
  deps: ChangesDeps,
  plan: EntityPlan,
  link: string,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const { tokenBoundToColumns: bound } = deps;
  const doubt = bound.get(plan.entity) ?? 0;
  const target = doubt >= certain ? null : deltaTargetWithColumns(plan, link);
  if (target !== null) {
    const refusal = yield* tryWithColumns(deps, plan, target, signal);
    if (refusal === null) return void bound.delete(plan.entity);
    // An answer that makes no sense may have been of the moment, and need not hold for the years to come.
    bound.set(plan.entity, refusal.code === 'answer-malformed' ? doubt + 1 : certain);
  }
  yield* walkChanges(deps, plan, link, signal);
}

/** @returns the refusal, before any page, where the server does not go along. */
async function* tryWithColumns(
  deps: ChangesDeps,
  plan: EntityPlan,
  target: string,
  signal: AbortSignal,
): AsyncGenerator<ChangePage, AppError | null> {
  let hasYielded = false;
  try {
    for await (const page of walkChanges(deps, plan, target, signal)) {
      hasYielded = true;
      yield page;
    }
    return null;
  } catch (thrown) {
    const isRefused = thrown instanceof AppError && refusedWithColumns.includes(thrown.code);
    if (hasYielded || !isRefused || isOddAnswer(thrown)) throw thrown;
    return thrown;
  }
}

function walkChanges(
  { api, maxPageSize }: ChangesDeps,
  plan: EntityPlan,
  start: string,
  signal: AbortSignal,
): AsyncGenerator<ChangePage> {
  const { entity, primaryId } = plan;
  const prefer = preferOf(plan, maxPageSize);
  const pages = walkPages(api, start, { entity, primaryId, prefer, signal });
  const filling = { api, plan, prefer, signal };
  return fillColumns(filling, settleDeletes(filling, endingWithLink(pages, entity)));
}

async function* endingWithLink(pages: AsyncIterable<ChangePage>, entity: string): AsyncGenerator<ChangePage> {
  for await (const page of pages) {
    if (page.next === null && page.deltaLink === null) {
      throw dynamicsError('answer-malformed', `The changes of ${entity} end without a delta link`, {
        recovery: 'retry',
        details: { entity },
      });
    }
    yield page;
  }
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
  const target = `${plan.entitySetName}/$count?${token}`;
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

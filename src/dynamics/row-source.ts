import { AppError } from '../lib/errors.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { RowSource } from '../ports/dynamics.ts';
import { storedPath } from './local-path.ts';
import { walkPages, walkToDeltaLink } from './page-walk.ts';
import { countChanges, readChanges } from './row-changes.ts';
import { readRowsById } from './row-columns.ts';
import { pageWithoutOthers, preferOf, selectOf } from './row-query.ts';
import type { WebApi } from './web-api.ts';

/** Rows and changes of one organization. */
export function createRowSource(api: WebApi, maxPageSize: number): RowSource {
  const tokenBoundToColumns = new Set<string>();

  async function takeDeltaLink(plan: EntityPlan, signal: AbortSignal): Promise<string | null> {
    if (!plan.changeTracking) return null;
    const { entity, entitySetName, primaryId } = plan;
    const prefer = `odata.track-changes,odata.maxpagesize=${maxPageSize}`;
    try {
      const start = `${entitySetName}?$select=${primaryId}`;
      return await walkToDeltaLink(api, start, { entity, primaryId, prefer, signal });
    } catch (thrown) {
      // Metadata is cached and can be behind.
      if (thrown instanceof AppError && thrown.code === 'change-tracking-off') return null;
      throw thrown;
    }
  }

  return {
    takeDeltaLink,
    readPages: (plan, from, signal) => {
      const { entity, entitySetName, primaryId } = plan;
      const prefer = preferOf(plan, maxPageSize);
      const start =
        from === null ? `${entitySetName}?${selectOf(plan)}` : pageWithoutOthers(plan, storedPath(from));
      return walkPages(api, start, { entity, primaryId, prefer, signal });
    },
    readChanges: (plan, link, signal) =>
      readChanges({ api, maxPageSize, tokenBoundToColumns }, plan, storedPath(link), signal),
    readRows: (plan, ids, signal) =>
      readRowsById({ api, plan, prefer: preferOf(plan, maxPageSize), signal }, ids),
    // Only the token of its link is sent.
    countChanges: (plan, link, signal) => countChanges(api, plan, link, signal),
  };
}

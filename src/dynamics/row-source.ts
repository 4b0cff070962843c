import type { Clock } from '../lib/clock.ts';
import { readWindow } from '../model/modified-window.ts';
import { wireNamesOf } from '../model/stored-columns.ts';
import type { RowSource } from '../ports/dynamics.ts';
import { createDeltaLinks } from './delta-links.ts';
import { storedPath } from './local-path.ts';
import { countModified, readModified } from './modified-rows.ts';
import { walkScanned } from './page-walk.ts';
import { countChanges, readChanges } from './row-changes.ts';
import { readRowsById } from './row-columns.ts';
import { pageWithoutOthers, preferOf, rowsQuery } from './row-query.ts';
import { findOldestChange } from './row-span.ts';
import { readWithin } from './rows-within.ts';
import type { Throttle } from './throttle.ts';
import type { WebApi } from './web-api.ts';

export interface RowSourceDeps {
  api: WebApi;
  throttle: Pick<Throttle, 'capacity'>;
  clock: Clock;
  maxPageSize: number;
}

/** Rows and changes of one organization. */
export function createRowSource({ api, throttle, clock, maxPageSize }: RowSourceDeps): RowSource {
  const tokenBoundToColumns = new Map<string, number>();
  const links = createDeltaLinks(api, clock, maxPageSize);

  return {
    takeDeltaLink: links.take,
    startCopy: links.startCopy,
    readSpan: links.readSpan,
    readPages: (plan, from, signal, { range = null, ...ahead } = {}) => {
      const { entity, entitySetName, primaryId } = plan;
      const prefer = preferOf(plan, maxPageSize);
      const first = `${entitySetName}?${rowsQuery(plan, range ?? undefined)}`;
      const start = from === null ? first : pageWithoutOthers(plan, storedPath(from));
      const options = { entity, primaryId, prefer, signal, ...ahead };
      const pages = walkScanned(api, start, options, wireNamesOf(plan));
      return plan.within ? readWithin(pages, entity) : pages;
    },
    async *readChanges(plan, link, signal) {
      const window = readWindow(link);
      if (window) return yield* readModified({ api, maxPageSize }, plan, window, signal);
      const deps = { api, maxPageSize, tokenBoundToColumns };
      for await (const page of readChanges(deps, plan, storedPath(link), signal)) {
        if (page.deltaLink !== null) links.note(page.deltaLink);
        yield page;
      }
    },
    readRows: (plan, ids, signal) =>
      readRowsById({ api, plan, prefer: preferOf(plan, maxPageSize), signal }, ids),
    // Only the token of its link is sent.
    countChanges: (plan, link, signal) => {
      const window = readWindow(link);
      return window ? countModified(api, plan, window, signal) : countChanges(api, plan, link, signal);
    },
    oldestChange: (plan, link, signal) => findOldestChange(api, plan, link, signal),
    capacity: throttle.capacity,
  };
}

import type { Clock } from '../lib/clock.ts';
import type { RowFailure, UpsertRow } from '../ports/destination.ts';
import type { MappedPage } from './map.ts';

/** When a group of pages is stored. */
export interface GroupLimits {
  rows: number;
  /** Since the group's first page, so that a slow source loses little when the process is killed. */
  milliseconds: number;
}

export const defaultLimits: GroupLimits = { rows: 50_000, milliseconds: 500 };

/** Whole pages that are stored in one transaction: with a large table a few large commits are twice as fast. */
export interface PageGroup {
  upserts: UpsertRow[];
  stale: string[];
  failures: RowFailure[];
  read: number;
  filtered: number;
}

export function createPageGroups(clock: Clock, limits: GroupLimits) {
  let group = emptyGroup();
  let pages = 0;
  let since = 0;
  return {
    add(page: MappedPage): void {
      if (pages++ === 0) since = clock.now();
      for (const row of page.upserts) group.upserts.push(row);
      group.stale.push(...page.filtered);
      group.failures.push(...page.failures);
      group.read += page.read;
      group.filtered += page.filtered.length;
    },
    isEmpty: () => pages === 0,
    isFull: () => group.read >= limits.rows || (pages > 0 && clock.now() - since >= limits.milliseconds),
    /** Hands the pages over; they are gone from here, so that none is stored twice. */
    take(): PageGroup {
      const taken = group;
      group = emptyGroup();
      pages = 0;
      return taken;
    },
  };
}

function emptyGroup(): PageGroup {
  return { upserts: [], stale: [], failures: [], read: 0, filtered: 0 };
}

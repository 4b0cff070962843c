import type { Clock } from '../lib/clock.ts';
import { type PackedPage, packedRows } from '../model/packed-rows.ts';
import type { Batch, RowFailure } from '../ports/destination.ts';
import type { PackedMap } from './pack.ts';

/** When a group of pages is stored. */
export interface GroupLimits {
  rows: number;
  /** Since the group's first page, so that a slow source loses little when the process is killed. */
  milliseconds: number;
  /** Of all texts together: what a group takes of the memory, nearly. */
  bytes: number;
}

export const defaultLimits: GroupLimits = { rows: 50_000, milliseconds: 500, bytes: 32 * 1024 * 1024 };

/** Whole pages that are stored in one transaction: with a large table a few large commits are twice as fast. */
export type PageGroup = Pick<Batch, 'upserts' | 'stale' | 'failures' | 'read' | 'filtered'>;

export function createPageGroups(clock: Clock, limits: GroupLimits) {
  let group = emptyGroup();
  let pages = 0;
  let since = 0;
  let bytes = 0;
  /** Handed over, and not settled. */
  const underWay = new Map<PageGroup, { rows: number; bytes: number }>();
  const inHand = (what: 'rows' | 'bytes', gathered: number): number =>
    [...underWay.values()].reduce((sum, size) => sum + size[what], gathered);
  const isBelow = (times: number) =>
    inHand('rows', group.read) < times * limits.rows && inHand('bytes', bytes) < times * limits.bytes;
  const isPart = (share: number) => group.read >= share * limits.rows || bytes >= share * limits.bytes;
  return {
    add(page: PackedMap): void {
      if (pages++ === 0) since = clock.now();
      group.packed.push(page.packed);
      bytes += page.packed.texts.byteLength + page.packed.wideTexts.byteLength;
      group.stale.push(...page.filtered);
      group.failures.push(...page.failures);
      group.read += page.read;
      group.filtered += page.filtered.length;
    },
    isEmpty: () => pages === 0,
    /** So much that storing it is worth a commit where nothing else is to be stored, and where something is. */
    isEnough: () => isPart(0.2),
    isLarge: () => isPart(0.5),
    /** Not where so much has been read, with what is under way, that some of it must be stored before more is. */
    hasRoom: () => isBelow(2),
    isNearlyFull: () => !isBelow(1.5),
    isDue: () => pages > 0 && Math.abs(clock.now() - since) >= limits.milliseconds,
    /** Hands the pages over, which are under way until they are settled; none is stored twice. */
    take(): PageGroup {
      const { packed, ...rest } = group;
      const taken = { ...rest, upserts: packedRows(packed) };
      underWay.set(taken, { rows: taken.read, bytes });
      group = emptyGroup();
      pages = 0;
      bytes = 0;
      return taken;
    },
    /** Stored or refused, it takes no memory any more. */
    settle: (taken: PageGroup): void => void underWay.delete(taken),
  };
}

function emptyGroup() {
  const [packed, stale, failures]: [PackedPage[], string[], RowFailure[]] = [[], [], []];
  return { packed, stale, failures, read: 0, filtered: 0 };
}

import type { Condition } from './condition.ts';
import type { Fault } from './fault.ts';
import type { Refresh } from './refresh.ts';

/** What became of one entity. All counts are rows. */
export interface EntityCounts {
  entity: string;
  phase: 'waiting' | 'copying' | 'current';
  /** In the destination and not deleted. */
  stored: number;
  /** Read in the copy so far, stored or not. */
  read: number;
  /** What Dynamics says it holds; a snapshot up to a day old. Null until known. */
  total: number | null;
  filtered: number;
  failed: number;
  deleted: number;
}

/** Where one entity stands. */
export interface EntityProgress extends EntityCounts {
  /** Changes in Dynamics not fetched yet, by its own count. Null when not known. */
  backlog: number | null;
  /** When the row of them that waits the longest was changed, ISO 8601. Null when there is none, or not known. */
  oldestPendingAt: string | null;
  /** When everything that had changed was last fetched, ISO 8601. Null before the first time. */
  followedAt: string | null;
}

export interface SyncProgress {
  entities: readonly EntityProgress[];
  /** Rows a second over the last seconds of the copy. Null when nothing is being copied. */
  rate: number | null;
  /** Of the copy. Null when it cannot be said. */
  timeLeft: TimeLeft | null;
  /** ISO 8601. */
  startedAt: string | null;
  lastCycle: Cycle | null;
  nextCycleAt: string | null;
  /** Why nothing moves at the moment, when the sync waits and will go on by itself. */
  waiting: Fault | null;
  /** What people must know of at present. */
  conditions: readonly Condition[];
  /** Fields that are, or have lately been, fetched for the rows that are there. */
  refreshes: readonly Refresh[];
}

/** A guess with its bounds, in seconds. `soon`: all that Dynamics had counted is read, and perhaps some more has come. */
export type TimeLeft = { least: number; most: number } | 'soon';

/** One pass over the changes of all entities. */
export interface Cycle {
  startedAt: string;
  endedAt: string;
  changed: number;
  deleted: number;
}

/** What the initial sync did, for the completion notice. */
export interface InitialSummary {
  startedAt: string;
  endedAt: string;
  entities: readonly EntityCounts[];
}

/** The last full clock hour. @param now milliseconds since 1970 */
export function lastFullHour(now: number): { since: string; until: string } {
  const end = now - (now % hourMs);
  return { since: new Date(end - hourMs).toISOString(), until: new Date(end).toISOString() };
}

const hourMs = 3_600_000;

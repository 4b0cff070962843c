import type { Fault } from './fault.ts';

/** Where one entity stands. All counts are rows. */
export interface EntityProgress {
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
  /** Changes in Dynamics not fetched yet, by its own count. Null when not known. */
  backlog: number | null;
}

export interface SyncProgress {
  entities: readonly EntityProgress[];
  /** Rows a second over the last seconds of the copy. Null when nothing is being copied. */
  rate: number | null;
  /** Seconds left of the copy, by rate and total. Null when it cannot be said. */
  secondsLeft: number | null;
  /** ISO 8601. */
  startedAt: string | null;
  lastCycle: Cycle | null;
  nextCycleAt: string | null;
  /** Why nothing moves at the moment, when the sync waits and will go on by itself. */
  waiting: Fault | null;
}

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
  entities: readonly EntityProgress[];
}

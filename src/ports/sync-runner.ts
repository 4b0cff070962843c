import type { Credentials } from '../model/credentials.ts';
import type { Fault } from '../model/fault.ts';
import type { Cycle, InitialSummary, SyncProgress } from '../model/progress.ts';
import type { Selection } from '../model/selection.ts';

/** What the sync needs to run, from the beginning or from its checkpoints. */
export interface SyncJob {
  organizationId: string;
  credentials: Credentials;
  /**
   * What to sync. The runner reads the schemas itself and plans with `planEntity` whenever it starts, so that a
   * field that has vanished in Dynamics meanwhile is left out, and an unreachable Dynamics is waited for.
   */
  selection: Selection;
  /** When it was saved, ISO 8601, as far as that is known. */
  selectedAt?: string | undefined;
  /** When the admin confirmed the start, ISO 8601. */
  startedAt: string;
  intervalSeconds: number;
  /** The initial sync has been completed: an entity that is not copied yet is copied beside the cycles of the others. */
  isCompleted: boolean;
}

export type SyncEvent =
  | { kind: 'progress'; progress: SyncProgress }
  /** Comes once per `start` whose copy is complete, also when it had been before: takers must not mind a repetition. */
  | { kind: 'initial-completed'; summary: InitialSummary }
  | { kind: 'cycle-completed'; cycle: Cycle; progress: SyncProgress }
  /** The sync has ended and will not go on by itself. */
  | { kind: 'stopped'; fault: Fault };

/** What people can ask of the running sync. */
export type SyncRequest =
  /** Reads rows again that could not be stored; all of them, or those of an entity, a cause, one id. */
  | { kind: 'retry'; entity?: string; code?: string; id?: string }
  /** Deletes that were held back because they are so many were meant. */
  | { kind: 'apply-deletes'; entity: string }
  /** Counts what has changed in Dynamics and was not fetched yet, as far as Dynamics says. */
  | { kind: 'count-backlog' };

/** Why rows failed once more, the most frequent first. */
export interface FailureCause {
  code: string;
  /** Of one of them. */
  message: string;
  rows: number;
}

export type SyncReply =
  | { kind: 'retried'; retried: number; stored: number; failed: number; causes: readonly FailureCause[] }
  /** False: none were held back. */
  | { kind: 'applied'; done: boolean }
  | { kind: 'counted'; progress: SyncProgress }
  /** It was tried, and could not be done. */
  | { kind: 'failed'; fault: Fault };

/** Runs the one sync of the process, off the thread that answers Slack. */
export interface SyncRunner {
  /** Starts, or goes on from the checkpoints. Does nothing while it runs. */
  start(job: SyncJob): Promise<void>;
  /** Finishes the page in hand, saves, and ends. Resolves when it has; nothing is sent afterwards. */
  stop(): Promise<void>;
  /**
   * Asks the running sync for something. Null: it does not run, or does not know how.
   */
  ask(request: SyncRequest): Promise<SyncReply | null>;
  /** The last known progress; null before the first start of the process. */
  progress(): SyncProgress | null;
  /** @returns how to stop listening. */
  onEvent(listener: (event: SyncEvent) => void): () => void;
}

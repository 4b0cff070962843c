import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { Destination } from '../ports/destination.ts';
import type { Connection, RowSource } from '../ports/dynamics.ts';
import type { SyncEvent } from '../ports/sync-runner.ts';
import type { GroupLimits } from './page-group.ts';

export interface EngineDeps {
  source: RowSource;
  destination: Destination;
  /**
   * What to sync, by what exists in Dynamics at this moment: at the start, and whenever something hints that it
   * is not what was planned. An entity of the job that is not among them does not exist any more.
   */
  readPlans: (signal: AbortSignal) => Promise<readonly EntityPlan[]>;
  /** Rows per entity, as far as Dynamics can say; only for the progress. */
  countRows: (
    plans: readonly EntityPlan[],
    signal: AbortSignal,
  ) => Promise<Readonly<Record<string, number | null>>>;
  /** Tells when Dynamics holds everything back; for the progress. */
  onHold?: Connection['onHold'];
  emit: (event: SyncEvent) => void;
  clock: Clock;
  log: Logger;
  limits?: GroupLimits;
  /** A table with as many rows is read again beside the cycles of the others. */
  asideFrom?: number;
  /** Whether more to read would only wait; by default, whether the thread has no time left. */
  isBusy?: () => boolean;
}

export interface EngineJob {
  organizationId: string;
  /** Names, in the order in which they are shown. */
  entities: readonly string[];
  /** ISO 8601. */
  startedAt: string;
  intervalSeconds: number;
  /** When the selection was last saved, ISO 8601: what had changed by then has been seen. */
  selectedAt?: string | undefined;
  /** The initial sync has been completed: what is not copied yet was added since. */
  isCompleted?: boolean;
}

import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Serial } from '../lib/serial.ts';
import type { RereadReason } from '../model/condition.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { Checkpoint, Destination } from '../ports/destination.ts';
import type { RowSource } from '../ports/dynamics.ts';
import type { Brake } from './brake.ts';
import type { MapPage } from './map.ts';
import type { PackPage } from './pack.ts';
import type { GroupLimits } from './page-group.ts';
import type { ReaderSlots } from './reader-slots.ts';

/** What the work on one entity needs. */
export interface EntityContext {
  source: RowSource;
  destination: Destination;
  clock: Clock;
  log: Logger;
  limits: GroupLimits;
  plan: EntityPlan;
  mapPage: MapPage;
  /** The same for pages of which nothing but the rows to be stored is of interest. */
  packPage: PackPage;
  brake: Brake;
  /**
   * What reads the present state of rows while deletes may be applied goes through it: a row that was read before it
   * was deleted must not be stored afterwards.
   */
  inTurn: Serial;
  /** Looks whether `plan` is still what is to be synced. True: whoever works by it ends, to begin with the new one. */
  isOutdated(signal: AbortSignal): Promise<boolean>;
  /** Shared by all tables. */
  slots: ReaderSlots;
  /** Whether a table that is to be read again is so large that the others should not wait for it. */
  leaves(checkpoint: Checkpoint): Promise<boolean>;
  /** Tells people that the whole table is read again, and why; null: it is not. */
  noteReread(reason: RereadReason | null): void;
  /** Called after every commit: something has been achieved, and there is something new to show. */
  onStored(stored: Stored): Promise<void>;
}

/** What a commit has achieved. */
export interface Stored {
  /** Brought in by way of changes; zero while a table is copied. */
  changed: number;
  deleted: number;
  /** Whether less is left to be read than before: what was stored will not be read again after a fault. */
  advanced: boolean;
}

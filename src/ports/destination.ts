import type { FieldType } from '../model/entity.ts';
import type { Cycle } from '../model/progress.ts';
import type { Refresh } from '../model/refresh.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { UpsertRows } from '../model/upsert-row.ts';

/**
 * The marketing database. What is committed survives the process being killed at any moment, and a page is
 * committed once or not at all: its rows, checkpoint, counters and sync errors stand and fall together.
 * Faults: `destination-foreign`, `destination-unwritable`.
 */
export interface Destination {
  /**
   * Creates what is missing of tables, columns and the view `person`; nothing is ever taken away. Stamps the
   * destination with the organization. Comes before everything else but `check`, and again when the plans change:
   * from then on only these are committed. Fields that are in no plan are marked as no longer updated.
   * @param retryMs how long a row that failed is left alone at first; twice as long with each failure, up to a day.
   * @throws AppError `destination-foreign` when it belongs to another organization.
   */
  prepare(organizationId: string, plans: readonly EntityPlan[], retryMs?: number): Promise<void>;
  /** The same tests as `prepare`, and that it can be written, without changing anything. */
  check(organizationId: string): Promise<void>;
  /** What is stored and kept up to date, as it is now: also before `prepare`, and empty where there is nothing yet. */
  fields(): Promise<StoredField[]>;
  /** Under way, and done during the last weeks; in the order in which they were begun. */
  refreshes(): Promise<StoredRefresh[]>;
  /** Null before the first commit of the entity. */
  checkpoint(entity: string): Promise<Checkpoint | null>;
  /** Rows already there are replaced by key; an older version never replaces a newer one that is not deleted,
   * but while a table is read again or compared, which is the truth. */
  commit(plan: EntityPlan, batch: Batch): Promise<void>;
  /** Which of these rows are not stored in this version: missing, marked as deleted, older, or newer. */
  findDiffering(plan: EntityPlan, versions: ReadonlyMap<string, bigint>): Promise<string[]>;
  /** When it was last known which rows of the table there are, ISO 8601; null: never. See `Batch.compare`. */
  comparedAt(entity: string): Promise<string | null>;
  /** How many of these rows are there and not deleted. */
  countPresent(plan: EntityPlan, ids: ReadonlySet<string>): Promise<number>;
  /** How many rows the `end` of a reread or comparison would mark as deleted, if it met `ids` as well. */
  countUnmet(plan: EntityPlan, ids: ReadonlySet<string>): Promise<number>;
  /** What is stored, per entity that was prepared. */
  tallies(): Promise<Tally[]>;
  /** Rows that could not be stored and have not been since, grouped by cause, the largest group first. */
  failures(): Promise<FailureGroup[]>;
  /** The same rows one by one, of an entity and a cause where these are given, in the order of entity and id. */
  failedRows(of: FailureFilter, offset: number, limit: number): Promise<FailedRow[]>;
  /** What was written since, in the order of time; of the last eight days at most. @param since ISO 8601. */
  activity(since: string): Promise<ActivityPoint[]>;
  /** Remembers how a cycle went, in the place of the one before. */
  saveCycle(cycle: Cycle): Promise<void>;
  /** The last one, also from before a restart; null before the first. */
  lastCycle(): Promise<Cycle | null>;
  /** Deletes that are held back, also since before a restart. */
  held(): Promise<HeldDeletes[]>;
  /** Remembers them, in the place of those held back of the entity before. */
  saveHeld(held: HeldDeletes): Promise<void>;
  /** Somebody says that as many as are held back were meant. @returns false where none are. */
  allowHeld(entity: string): Promise<boolean>;
  /** They are not to be remembered any more. */
  dropHeld(entity: string): Promise<void>;
  close(): Promise<void>;
}

/** Once a plan has it with another type, what does not read the same in that is empty until the row is read again. */
export interface StoredField {
  entity: string;
  field: string;
  type: FieldType;
  /** Since when a plan has said that it is of another type in Dynamics, ISO 8601; null: it is of this one. */
  changedAt: string | null;
}

/**
 * Where an entity goes on.
 * - `copying`: the copy runs; `next` is its next page (null: the first). Changes are then read from `link`.
 * - `rereading`: the same over a table that was complete before; rows not met in it are deleted at its end.
 * - `current`: the copy is done; changes are read from `link`.
 * `link` is null where changes cannot be asked for: the table is read again each time.
 */
export interface Checkpoint {
  phase: 'copying' | 'rereading' | 'current';
  link: string | null;
  next: string | null;
  /** What the rows were asked for with, to notice a plan that has grown since. The engine's own words. */
  asked: string;
}

export interface Batch {
  upserts: UpsertRows;
  /** Ids of rows deleted in Dynamics: marked, never removed. Unknown ids are ignored. */
  deletes: readonly string[];
  /** Ids of rows the filter keeps out from now on: marked stale if they are there, else ignored. */
  stale: readonly string[];
  failures: readonly RowFailure[];
  /** Ids of rows that are not there any more: they have no sync error. */
  settled?: readonly string[];
  /** Rows read for this batch, and those of them the filter kept out. */
  read: number;
  filtered: number;
  /** Null: it stays. */
  checkpoint: Checkpoint | null;
  /**
   * Set where the batch goes on from one that may not be stored yet: the `next` of that, as it must be in the checkpoint
   * by now, or in the refresh of a `fill` that is under way. Otherwise that batch was refused, and so is this one:
   * `destination-unwritable`, to be tried again.
   */
  continues?: string | null;
  /** When the batch was read, ISO 8601: `_synced_at`, `_deleted_at`. */
  at: string;
  /**
   * Set while a table is read again. `begin` forgets what was met and counted before; ids of `part` and `end`
   * (upserts, stale, failures) are remembered as met, in the same transaction; `end` marks as deleted whatever
   * was not met since `begin`.
   */
  reread?: 'begin' | 'part' | 'end';
  /**
   * Set while the ids of a table are compared: `begin` forgets what was met before, `present` are ids that are there,
   * and `end` marks as deleted what was not met since `begin`.
   */
  compare?: 'begin' | 'part' | 'end';
  present?: readonly string[];
  /** Everything that had changed in Dynamics when the batch was read is stored with it. */
  followed?: boolean;
  /** With it nothing is held back of the entity any more: it is among the deletes, or has come to nothing. */
  settlesHeld?: boolean;
  /** Forgets what was counted before: the copy begins anew. */
  recount?: boolean;
  refreshes?: RefreshChange;
  fill?: Fill;
}

/** Deletes of one entity that are not applied until somebody says that they were meant. */
export interface HeldDeletes {
  entity: string;
  /** As last counted, and the rows there were then. What a batch deletes is taken off. */
  deletes: number;
  rows: number;
  /** ISO 8601. */
  since: string;
  /** So many were said to be meant, less what was deleted since; null: nobody has said so. */
  allowed: number | null;
}

/** A refresh as it is kept with the rows. */
export interface StoredRefresh extends Refresh {
  /** Where it goes on; null: at its beginning. The engine's own words. */
  next: string | null;
  /** The whole table has come to be read again since: it ends with that, and nothing more is filled in. */
  isReread: boolean;
}

/** `drop`: fields taken out of what is under way; what has none left is over. Then the others begin. */
export interface RefreshChange {
  begin: readonly Pick<Refresh, 'key' | 'fields' | 'period'>[];
  drop: readonly string[];
  /** The key of one that is read from its beginning again, for all rows. */
  widen?: string;
}

/**
 * Values of a few columns for rows that are there. None is added, and none touched that is deleted, kept out by the
 * filter or newer than what was read; no other column changes. Nothing is done where the refresh is not under way.
 */
export interface Fill {
  /** Of its refresh, which goes on at `next`. */
  key: string;
  next: string | null;
  isDone: boolean;
  /** Names of stored columns, the primary id first; the values of `rows` are in their order. */
  columns: readonly string[];
  rows: UpsertRows;
  /** Only recorded of rows that would have been written. */
  failures: readonly RowFailure[];
  /** Rows read for it. */
  read: number;
}

/** A row that could not be stored. */
export interface RowFailure {
  id: string;
  code: string;
  message: string;
}

/** Counters of one entity. `read` and `filtered` are of its copy, or of the last time it was read again. */
export interface Tally {
  entity: string;
  /** `current` also while the table is read again. */
  phase: 'waiting' | 'copying' | 'current';
  /** Rows there and not deleted. */
  stored: number;
  read: number;
  filtered: number;
  /** Rows with a sync error at present. */
  failed: number;
  deleted: number;
  /** When everything that had changed was last fetched, ISO 8601; null before the first time. */
  followedAt: string | null;
  /** No delta link is followed that Dynamics might forget: changes can be fetched however late. */
  isUntracked?: true;
}

export interface FailureGroup {
  entity: string;
  code: string;
  /** Of one of its rows. */
  message: string;
  rows: number;
  /** ISO 8601. */
  lastAt: string;
}

export interface FailureFilter {
  entity?: string | undefined;
  code?: string | undefined;
  ids?: readonly string[];
  /** Only those whose id contains it, lower case. */
  idPart?: string;
  /** Only those whose next attempt is due then, ISO 8601. */
  dueAt?: string;
}

/** A row that could not be stored and has not been since. */
export interface FailedRow {
  entity: string;
  id: string;
  operation: 'upsert';
  direction: 'from-dynamics';
  code: string;
  message: string;
  /** ISO 8601. */
  firstAt: string;
  lastAt: string;
  attempts: number;
  /** ISO 8601; null: with the next cycle. */
  nextAttemptAt: string | null;
}

/** What was written of an entity during ten minutes. */
export interface ActivityPoint {
  entity: string;
  /** Their beginning, ISO 8601. */
  at: string;
  changed: number;
  deleted: number;
}

/** What a destination can be asked beside a sync that writes to it. */
export type DestinationReader = Pick<
  Destination,
  'tallies' | 'failures' | 'failedRows' | 'activity' | 'lastCycle' | 'close'
>;

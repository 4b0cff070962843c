import type { AppError } from '../lib/errors.ts';
import type { Check } from '../model/check.ts';
import type { Credentials } from '../model/credentials.ts';
import type { EntityCandidate, EntitySchema } from '../model/entity.ts';
import type { Organization } from '../model/organization.ts';
import type { ScannedRows } from '../model/scanned-rows.ts';
import type { SecretExpiry } from '../model/secret-expiry.ts';
import type { EntityPlan } from '../model/selection.ts';

/** Dynamics 365 as the core needs it. Every method throws `AppError` with a `FaultCode`. */
export interface Dynamics {
  /**
   * Works through the checklist, stores nothing, and never throws for what a check is about: a refusal is a
   * failed check. Closes its own connections.
   */
  check(credentials: Credentials, options: CheckOptions): Promise<CheckReport>;
  /** When what the application signs in with ends; null where that cannot be found out. Never throws but for `signal`. */
  readSecretExpiry(credentials: Credentials, signal: AbortSignal): Promise<SecretExpiry | null>;
  /** Signs in on first use. The caller closes it. */
  connect(credentials: Credentials): Connection;
}

export interface CheckOptions {
  /** Names of the entities that must be readable. */
  entities: readonly string[];
  /** The id of the organization the connection is locked to; another one fails the check `organization`. */
  lockedTo: string | null;
  /** The check `destination`, done by whoever owns it: resolves when it can be written, throws `AppError` if not. */
  checkDestination: (organizationId: string) => Promise<void>;
  /** Called with the whole list whenever one line of it changes. */
  onProgress: (checks: readonly Check[]) => void;
  signal: AbortSignal;
}

export interface CheckReport {
  checks: readonly Check[];
  /** As read back from Dynamics; null when it was not reached. */
  organization: Organization | null;
  /** When what the application signs in with ends; null where that could not be found out. */
  expiry: SecretExpiry | null;
}

/** Rows by the value of `new_synctomkto`. */
export interface FilterCount {
  yes: number;
  empty: number;
  no: number;
}

export interface Connection extends RowSource {
  /** The entities that exist among `names`, with the fields that can be read, in the order of `names`. */
  readSchemas(names: readonly string[], signal: AbortSignal): Promise<EntitySchema[]>;
  /**
   * How many rows each entity holds, by name; null where Dynamics cannot say. A snapshot up to a day old
   * ("RetrieveTotalRecordCount Function"): good for progress, not for checks.
   */
  countRows(
    schemas: readonly Pick<EntitySchema, 'name' | 'entitySetName' | 'primaryId'>[],
    signal: AbortSignal,
  ): Promise<Record<string, number | null>>;
  countFilter(schema: EntitySchema, signal: AbortSignal): Promise<FilterCount>;
  /**
   * The custom entities that the user may read and that point to leads, contacts or accounts; none where Dynamics
   * does not tell.
   */
  findEntities(signal: AbortSignal): Promise<EntityCandidate[]>;
  /** Called with a `throttled` fault while every request waits for it, and with null when they go on. */
  onHold(listener: (reason: AppError | null) => void): void;
  close(): Promise<void>;
}

/** A row as Dataverse sends it: columns and annotations by their wire names. */
export type WireRow = Readonly<Record<string, unknown>>;

/** As they came, or their places in what came, with all that `wireNamesOf` says. */
export type PageRows = readonly WireRow[] | ScannedRows;

export interface Page {
  rows: PageRows;
  /** Where the next page is; null after the last one. Survives a restart. */
  next: string | null;
  /** Frees what scanned rows stand in; they are of no use any more. */
  giveBack?: () => void;
}

export interface ChangePage {
  rows: readonly WireRow[];
  /** As of `Page`. */
  next: string | null;
  /** Ids, lower case. */
  deleted: readonly string[];
  /** On the last page: the link from which the following changes are read. */
  deltaLink: string | null;
}

/** The rows of a table from the version `from` on, and below `to`; null: whatever comes. Decimal numbers. */
export interface VersionRange {
  from: string;
  to: string | null;
}

export interface ReadOptions {
  /** Null: the whole table. */
  range?: VersionRange | null | undefined;
  /** Whether the next page is to be fetched while one is used; without it, always. Asked with each page. */
  isAheadWanted?: () => boolean;
}

/** What a copy begins with. */
export interface CopyStart {
  /** As of `takeDeltaLink`, taken before anything else. */
  link: string | null;
  /**
   * The lowest and the highest version in the table, where it is large and can be read in ranges of them; null where
   * it is read from one end to the other.
   */
  span: { lowest: string; highest: string } | null;
  /**
   * Set where both are likely and still being tried: whether they hold. Pages may be read meanwhile; where it turns out
   * false, they do not count, and `takeDeltaLink` and `readSpan` say what does.
   */
  holds?: Promise<boolean>;
}

/** Reads rows. Links are opaque, survive a restart, and are only ever followed on the connection's own host. */
export interface RowSource {
  /**
   * A link whose changes contain everything that happens from this call on (and perhaps a little from before). Where
   * no link can be had from another table, it walks this one with only its primary id, which takes a while on a large
   * one. Without change tracking it is a `ModifiedWindow`, in whose changes there are no deletes; null where that
   * cannot be had either.
   */
  takeDeltaLink(plan: EntityPlan, signal: AbortSignal): Promise<string | null>;
  /** The link, and how the table can be read, with as few requests as possible. */
  startCopy(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart>;
  /** The `span` alone, for a table that has its link already. */
  readSpan(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart['span']>;
  /**
   * The whole table, or a range of it in the order of the versions, page by page. `from`: a `next` of before, or null
   * for the start.
   */
  readPages(
    plan: EntityPlan,
    from: string | null,
    signal: AbortSignal,
    options?: ReadOptions,
  ): AsyncIterable<Page>;
  /** How many requests at once are of use at the moment. */
  capacity(): number;
  /**
   * What changed since `link` (of `takeDeltaLink` or a `ChangePage`), with all columns of the plan.
   * @throws AppError `delta-expired` when Dynamics has forgotten the link, or does not take it any more.
   */
  readChanges(plan: EntityPlan, link: string, signal: AbortSignal): AsyncIterable<ChangePage>;
  /** Rows by their ids, with all columns of the plan; those that are gone are missing. @param ids GUIDs, lower case. */
  readRows(plan: EntityPlan, ids: readonly string[], signal: AbortSignal): Promise<readonly WireRow[]>;
  /** How many changes wait behind a link; null where Dynamics does not say. */
  countChanges(plan: EntityPlan, link: string, signal: AbortSignal): Promise<number | null>;
  /**
   * When the row was changed that waits the longest behind a link, ISO 8601; one small request. Null where there is
   * none, as behind a link with nothing but deletes, or Dynamics does not say.
   */
  oldestChange(plan: EntityPlan, link: string, signal: AbortSignal): Promise<string | null>;
}

import type { EntitySchema } from '../model/entity.ts';
import type { EntityCounts, SyncProgress } from '../model/progress.ts';
import type { Refresh } from '../model/refresh.ts';
import type { SecretExpiry } from '../model/secret-expiry.ts';
import type { Setup, SetupAt } from '../model/setup.ts';

export interface AddedNews {
  entities: readonly EntityCounts[];
  /** For their names, as far as they are at hand. */
  schemas: readonly EntitySchema[];
}

export interface RefreshedNews {
  refreshes: readonly Refresh[];
  /** For the names, as far as they are at hand. */
  schemas: readonly EntitySchema[];
}

/**
 * Tells people what happens. Never throws: what cannot be told in one place is told in another, and logged.
 */
export interface Notices {
  /** The initial sync has been started: posts the message that shows its progress. */
  started(setup: SetupAt<'copying'>): Promise<void>;
  /** Keeps that message up to date; called as often as there is news, tells at a quiet pace. */
  progress(setup: SetupAt<'copying' | 'running' | 'paused'>, progress: SyncProgress): void;
  /** The initial sync is complete: a reply in the thread, and mail. Once, also over restarts. */
  completed(setup: SetupAt<'running'>): Promise<void>;
  /** Entities that were added later have been copied: a reply in the same thread. What is told is remembered. */
  added(setup: SetupAt<'running'>, added: AddedNews): Promise<void>;
  /** Fields have been fetched for the rows that were there: a reply in the same thread. What is told is remembered. */
  refreshed(setup: SetupAt<'running'>, news: RefreshedNews): Promise<void>;
  /** What the application signs in with ends in so many days. @returns whether anybody could be told. */
  expiring(setup: Exclude<Setup, { step: 'new' }>, expiry: SecretExpiry, days: number): Promise<boolean>;
  /** The sync stopped by a fault. */
  stopped(setup: SetupAt<'paused'>): Promise<void>;
  /** Brings the setup card up to date, if there is one. */
  setupChanged(): Promise<void>;
  stop(): Promise<void>;
}

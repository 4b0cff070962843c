import type { AccessRequest } from '../model/access.ts';
import type { AuditEntry } from '../model/audit.ts';
import type { OpenAlert } from '../model/open-alert.ts';
import type { Language } from '../model/person.ts';
import type { SecretExpiry } from '../model/secret-expiry.ts';
import type { MessageRef, Setup } from '../model/setup.ts';
import type { Subscription } from '../model/subscription.ts';

/** What the bot remembers of its connection: one small document, and the history. */
export interface ConnectionDocument {
  setup: Setup;
  /** The credentials, sealed; null before they have passed the checks. */
  sealedCredentials: string | null;
  /** The setup card, and the message that shows the progress. */
  card: MessageRef | null;
  progressPost: MessageRef | null;
  /** Whether the completion of the initial sync has been told, in Slack and by mail. */
  completionPosted: boolean;
  completionMailed: boolean;
  /** Entities that were added after that and that people were told have been copied, by name. */
  addedTold: readonly string[];
  /** Keys of refreshes of fields that people were told have ended. */
  refreshesTold: readonly string[];
  /** When what the application signs in with ends, as far as it is known. */
  secretExpiry: SecretExpiry | null;
  /** The last time that admins were told how many days are left until then. */
  expiryTold: { at: string; days: number } | null;
  /** `at` of the last fault that people were told has stopped the sync. */
  stopTold: string | null;
  /** Slack user ids of those whom an admin allowed what admins may do. */
  allowed: readonly string[];
  /** The latest last. */
  requests: readonly AccessRequest[];
  /** What somebody chose to read, by user id; others read the language of their Slack. */
  languages: Readonly<Record<string, Language>>;
  /** User ids of those who have opened the app's home, the latest last. */
  homes: readonly string[];
  /** One per channel. */
  subscriptions: readonly Subscription[];
  /** What was told and is not over; one of a kind. */
  alerts: readonly OpenAlert[];
  /** Events in which an admin said a word that was done, the latest last. */
  events: readonly string[];
}

export interface ConnectionStore {
  read(): Promise<ConnectionDocument>;
  /**
   * One change after the other. `change` must not wait: it gets the present document and says what becomes of
   * it, and what the history says about it. Resolves when both are on disk, with the document as it is then.
   * @throws AppError `state-unwritable`: then nothing has changed
   */
  update(change: (document: ConnectionDocument) => Change): Promise<ConnectionDocument>;
  /** The newest first. */
  history(limit: number): Promise<AuditEntry[]>;
}

export interface Change {
  /** The same object as before: nothing changes. */
  document: ConnectionDocument;
  audit?: readonly AuditEntry[];
}

export const emptyDocument: ConnectionDocument = {
  setup: { step: 'new' },
  sealedCredentials: null,
  card: null,
  progressPost: null,
  completionPosted: false,
  completionMailed: false,
  addedTold: [],
  refreshesTold: [],
  secretExpiry: null,
  expiryTold: null,
  stopTold: null,
  allowed: [],
  requests: [],
  languages: {},
  homes: [],
  subscriptions: [],
  alerts: [],
  events: [],
};

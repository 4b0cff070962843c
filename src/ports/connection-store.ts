import type { AuditEntry } from '../model/audit.ts';
import type { MessageRef, Setup } from '../model/setup.ts';

/** What the bot remembers of its connection: one small document, and the history. */
export interface ConnectionDocument {
  setup: Setup;
  /** The credentials, sealed; null before they have passed the checks. */
  sealedCredentials: string | null;
  /** The setup card, and the message that shows the progress. */
  card: MessageRef | null;
  progressPost: MessageRef | null;
  /** Whether the completion of the initial sync has been told. */
  completionPosted: boolean;
}

export interface ConnectionStore {
  read(): Promise<ConnectionDocument>;
  /**
   * Changes the document and writes history with it, one change after the other. `change` must not wait: it
   * gets the present document and returns the new one (or the same to change nothing). Resolves when it is on disk.
   */
  update(
    change: (document: ConnectionDocument) => ConnectionDocument,
    audit?: readonly AuditEntry[],
  ): Promise<ConnectionDocument>;
  /** The newest first. */
  history(limit: number): Promise<AuditEntry[]>;
}

export const emptyDocument: ConnectionDocument = {
  setup: { step: 'new' },
  sealedCredentials: null,
  card: null,
  progressPost: null,
  completionPosted: false,
};

import type { SecretSource } from '../config/secret-reader.ts';
import type { Fault } from '../model/fault.ts';
import type { AddressRules } from '../model/organization.ts';
import type { SyncEvent, SyncJob, SyncReply, SyncRequest } from '../ports/sync-runner.ts';

/** What a sync thread is made with. Secrets that were entered come with the job. */
export interface SyncThreadData {
  destinationPath: string;
  /** What the operator holds for the bot: read in there, whenever a token is asked for. */
  secrets?: SecretSource;
  /** Which organizations it may talk to. */
  rules?: AddressRules;
}

/** To the sync thread. */
export type SyncCommand =
  | { kind: 'start'; job: SyncJob }
  | { kind: 'stop' }
  /** Answered with the same id. */
  | { kind: 'ask'; id: number; request: SyncRequest };

/**
 * From the sync thread. `ended` is the last one: everything is saved and closed; its fault is why the sync will
 * not go on by itself, null after a stop.
 */
export type SyncReport =
  | { kind: 'event'; event: Exclude<SyncEvent, { kind: 'stopped' }> }
  /** One line of its log, as JSON: its secrets have been taken out on that side. */
  | { kind: 'log'; line: string }
  | { kind: 'answer'; id: number; reply: SyncReply | null }
  | { kind: 'ended'; fault: Fault | null };

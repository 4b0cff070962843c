import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { CredentialRules } from '../model/credentials.ts';
import type { SyncProgress } from '../model/progress.ts';
import type { MessageRef, Setup } from '../model/setup.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { DestinationReader } from '../ports/destination.ts';
import type { SecretPage } from '../ports/secret-page.ts';
import type { SyncRunner } from '../ports/sync-runner.ts';
import type { Access } from '../setup/access.ts';
import type { Conversation } from '../setup/conversation.ts';
import type { SchemaCache } from '../setup/schema-cache.ts';
import type { Subscriptions } from '../setup/subscriptions.ts';
import type { Texts } from '../texts/catalogue.ts';
import type { Message } from '../views/message.ts';
import type { SlackClients } from './clients.ts';
import type { Files } from './files.ts';
import type { Homes } from './homes.ts';
import type { OpenForms } from './open-forms.ts';
import type { People } from './people.ts';
import type { StatusPicture } from './status-picture.ts';

/** Everything the listeners work with. */
export interface Bot {
  clients: SlackClients;
  people: People;
  conversation: Conversation;
  schemas: SchemaCache;
  store: ConnectionStore;
  access: Access;
  homes: Homes;
  subscriptions: Subscriptions;
  desk: Desk;
  destination: Pick<DestinationReader, 'tallies' | 'failures' | 'failedRows' | 'activity' | 'lastCycle'>;
  statusPicture: StatusPicture;
  files: Files;
  openForms: OpenForms;
  card: Card;
  progress: () => SyncProgress | null;
  /** Null where the sync does not run. */
  askSync: SyncRunner['ask'];
  credentialRules: CredentialRules;
  /** Null where the bot has no address that browsers reach. */
  secretPage: SecretPage | null;
  /** Whether it takes a second admin to confirm the organization. */
  secondAdmin: boolean;
  /** Whether a mail server is set up. */
  canMail: boolean;
  /** Tells the card what a save of the fields changed, for its next refresh. */
  fieldsSaved: (before: Setup, after: Setup) => void;
  clock: Clock;
  log: Logger;
}

/** Messages to others than the one who is being answered, each in its reader's language. */
export interface Desk {
  /** @param channel a conversation, or a user id for a direct message. */
  post(channel: string, written: (t: Texts) => Message, threadTs?: string): Promise<MessageRef>;
  edit(ref: MessageRef, written: (t: Texts) => Message): Promise<'edited' | 'gone' | 'refused'>;
  /** Whether people of other companies read along there. */
  isExternal(channel: string): Promise<boolean>;
}

export interface Card {
  show(channels: readonly string[]): Promise<void>;
  refresh(ref?: MessageRef): Promise<void>;
}

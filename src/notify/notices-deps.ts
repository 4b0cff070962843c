import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { AdminTellingDeps } from './admins.ts';
import type { MailSender } from './mail.ts';
import type { Poster } from './poster.ts';
import type { ReaderFinder } from './readers.ts';
import type { SetupCard } from './setup-card.ts';
import type { Subscribers } from './subscribers.ts';

/** What every notice is told with. */
export interface NoticesDeps {
  poster: Poster;
  card: SetupCard;
  store: ConnectionStore;
  readers: ReaderFinder;
  admins: AdminTellingDeps['admins'];
  subscribers: Subscribers;
  /** Tells what has stopped the sync, wherever it is to be told. */
  alert: () => Promise<unknown>;
  /** Null where no mail server is set up. */
  sendMail: MailSender | null;
  intervalSeconds: number;
  clock: Clock;
  log: Logger;
}

import type { Config } from '../config/load.ts';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { SyncProgress } from '../model/progress.ts';
import type { Setup } from '../model/setup.ts';
import type { AdminTellingDeps } from '../notify/admins.ts';
import { type AlertsDeps, createAlerts } from '../notify/alerts.ts';
import { createBulletins, type SharePicture } from '../notify/bulletins.ts';
import { createMailSender } from '../notify/mail.ts';
import { type MailToDeps, mailTo } from '../notify/mail-to.ts';
import { createNotices } from '../notify/notices.ts';
import { createPoster, type Poster } from '../notify/poster.ts';
import { createReaderFinder } from '../notify/readers.ts';
import { type CardFacts, createSetupCard, type SetupCard } from '../notify/setup-card.ts';
import { createSubscribers } from '../notify/subscribers.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { DestinationReader } from '../ports/destination.ts';
import type { Notices } from '../ports/notices.ts';
import type { SlackClients } from '../slack/clients.ts';
import { stoppedMail } from '../views/mail.ts';
import { createLookout, type Lookout } from './lookout.ts';

/** `progress` comes often, and is only worth showing now and then. */
export type News = 'change' | 'progress';

export interface Telling {
  notices: Notices;
  card: SetupCard;
  poster: Poster;
  /** Where the card gets from what it shows besides the setup: known only after the core stands. */
  connect(facts: () => CardFacts): void;
  /** Who of the people that something is to be told is an admin still. */
  connectAdmins(admins: AdminTellingDeps['admins']): void;
  /** Where what becomes an alert is looked up: known only after the core stands. */
  connectSync(sync: SyncSight): void;
  /** Who can put a picture into a thread: known only after the parts that answer stand. */
  connectPicture(share: SharePicture): void;
  /** Hears of everything that is worth showing anew elsewhere. */
  onNews(listener: (what: News) => void): void;
  /** Looks after what people must know of; from now on by itself. */
  lookout: Lookout;
}

export interface SyncSight {
  progress: () => SyncProgress | null;
  destination: Pick<DestinationReader, 'tallies' | 'activity'>;
}

const noFacts: CardFacts = {
  rows: null,
  schemas: null,
  changes: null,
  filterCounts: null,
  secondAdmin: false,
};

const noSight: SyncSight = {
  progress: () => null,
  destination: { tallies: async () => [], activity: async () => [] },
};

/** The parts that tell people what happens. */
export function openTelling(deps: {
  client: SlackClients['background'];
  config: Config;
  store: ConnectionStore;
  clock: Clock;
  log: Logger;
}): Telling {
  const { client, config, store, clock, log } = deps;
  let facts = (): CardFacts => noFacts;
  let admins: AdminTellingDeps['admins'] = async (candidates) => candidates;
  let sight = noSight;
  let sharePicture: SharePicture = async () => {};
  let tellNews = (_what: News): void => {};
  const readers = createReaderFinder(client, log, async (user) => (await store.read()).languages[user]);
  const poster = createPoster(client, readers, log);
  const card = createSetupCard({ poster, store, facts: () => facts(), log });
  const { SMTP_URL: url, MAIL_FROM: from } = config;
  const noticesDeps = {
    ...{ poster, card, store, readers, clock, log },
    subscribers: createSubscribers({ poster, store, log }),
    admins: (candidates: readonly string[]) => admins(candidates),
    sendMail: url && from ? createMailSender(url, from, log) : null,
  };
  const share: SharePicture = (...picture) => sharePicture(...picture);
  const lookout = openLookout(
    { ...noticesDeps, sharePicture: share, changed: () => tellNews('change') },
    () => sight,
  );
  const notices = createNotices({
    ...noticesDeps,
    alert: lookout.look,
    intervalSeconds: config.SYNC_INTERVAL_SECONDS,
  });
  const tell = (what: News) => {
    tellNews(what);
    lookout.wake();
  };
  return {
    notices: withNews(notices, tell),
    card,
    poster,
    lookout,
    onNews: (listener) => {
      tellNews = listener;
    },
    connect: (source) => {
      facts = source;
    },
    connectAdmins: (source) => {
      admins = source;
    },
    connectPicture: (source) => {
      sharePicture = source;
    },
    connectSync: (source) => {
      sight = source;
    },
  };
}

type LookoutParts = Omit<AlertsDeps, 'mailStop'> &
  MailToDeps & { sharePicture: SharePicture; changed: () => void };

function openLookout(parts: LookoutParts, sight: () => SyncSight): Lookout {
  const destination = () => sight().destination;
  return createLookout({
    ...parts,
    alerts: createAlerts({ ...parts, mailStop: (setup) => mailStop(parts, setup) }),
    bulletins: createBulletins({ ...parts, destination }),
    progress: () => sight().progress(),
    destination,
  });
}

async function mailStop(parts: MailToDeps, setup: Setup): Promise<void> {
  if (setup.step !== 'paused' || setup.reason.kind !== 'fault') return;
  const { organization, reason } = setup;
  await mailTo(parts, setup, (t) => stoppedMail(t, { fault: reason.fault, organization }));
}

/** The same notices, after each of which somebody hears that there was one. */
function withNews(notices: Notices, tell: (what: News) => void): Notices {
  const changed = () => tell('change');
  return {
    ...notices,
    started: (setup) => notices.started(setup).finally(changed),
    progress(setup, progress) {
      notices.progress(setup, progress);
      tell('progress');
    },
    completed: (setup) => notices.completed(setup).finally(changed),
    stopped: (setup) => notices.stopped(setup).finally(changed),
    setupChanged: () => notices.setupChanged().finally(changed),
  };
}

import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { EntityCounts, SyncProgress } from '../model/progress.ts';
import type { SetupAt } from '../model/setup.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { Notices } from '../ports/notices.ts';
import { textsFor } from '../texts/catalogue.ts';
import { expiringNotice } from '../views/expiring-notice.ts';
import { completionMail } from '../views/mail.ts';
import { completionReply, noticeMessage, stoppedNotice } from '../views/notice.ts';
import { progressMessage } from '../views/progress.ts';
import { type AdminTellingDeps, tellAdmins } from './admins.ts';
import type { MailSender } from './mail.ts';
import { createPace } from './pace.ts';
import type { Poster, Written } from './poster.ts';
import type { ReaderFinder } from './readers.ts';
import type { SetupCard } from './setup-card.ts';

/** Slack allows an edit a second and shows each as a flicker: three seconds are quiet. */
const progressEveryMs = 3_000;

export interface NoticesDeps {
  poster: Poster;
  card: SetupCard;
  store: ConnectionStore;
  readers: ReaderFinder;
  admins: AdminTellingDeps['admins'];
  /** Null where no mail server is set up. */
  sendMail: MailSender | null;
  intervalSeconds: number;
  clock: Clock;
  log: Logger;
}

type Started = SetupAt<'copying' | 'running' | 'paused'>;

export function createNotices(deps: NoticesDeps): Notices {
  const { log } = deps;
  const pace = createPace<ProgressNews>(deps.clock, progressEveryMs, (news) =>
    quietly(log, 'progress', () => tellProgress(deps, news)),
  );
  return {
    started: (setup) => quietly(log, 'started', () => tellStarted(deps, setup)),
    progress: (setup, progress) => pace.wish({ setup, progress }),
    completed: (setup) => quietly(log, 'completed', () => tellCompleted(deps, setup)),
    expiring: (setup, expiry, days) =>
      tellAdmins(deps, setup, (t) => expiringNotice(t, { setup, expiry, days })),
    stopped: (setup) => quietly(log, 'stopped', () => tellStopped(deps, setup)),
    setupChanged: () => quietly(log, 'card', () => deps.card.refresh()),
    stop: () => pace.stop(),
  };
}

interface ProgressNews {
  setup: Started;
  progress: SyncProgress;
}

async function tellProgress(
  { poster, store }: NoticesDeps,
  { setup, progress }: ProgressNews,
): Promise<void> {
  const { progressPost } = await store.read();
  if (!progressPost) return;
  const written = progressWritten(setup, progress);
  if ((await poster.edit(progressPost, written)) !== 'gone') return;
  // Somebody deleted it, or the channel is archived: it goes on in another place.
  const places = [progressPost.channel, setup.start.requestedBy];
  const next = await poster.postFirst(places, written);
  await store.update((document) => ({ document: { ...document, progressPost: next } }));
}

async function tellStarted(deps: NoticesDeps, setup: SetupAt<'copying'>): Promise<void> {
  const { poster, store, card, log } = deps;
  const { notifyChannel, requestedBy } = setup.start;
  const places = [notifyChannel, requestedBy];
  const progressPost = await poster.postFirst(places, progressWritten(setup, noProgress(setup)));
  await store.update((document) => ({ document: { ...document, progressPost } }));
  await quietly(log, 'card', () => card.refresh());
  // Only a direct message by user id comes back under another conversation than asked for.
  if (progressPost && progressPost.channel !== notifyChannel && !/^[UW]/.test(notifyChannel)) {
    await poster.post(requestedBy, (t) => noticeMessage(t, 'cannotPost', { channel: notifyChannel }));
  }
}

/** Each part by itself and once: what one place does not take must not be lost for the other. */
async function tellCompleted(deps: NoticesDeps, setup: SetupAt<'running'>): Promise<void> {
  const { poster, store, card, log, intervalSeconds } = deps;
  const owed = await store.read();
  if (!owed.completionPosted) {
    await quietly(log, 'completion', async () => {
      // The message above the reply must not go on saying that it copies.
      const { progressPost } = await store.read();
      const done = progressAt(setup, setup.initial.entities);
      if (progressPost) await poster.edit(progressPost, progressWritten(setup, done));
      const written: Written = (t) => completionReply(t, describeCompletion(setup, intervalSeconds));
      await replyOrTell(deps, setup.start.requestedBy, written);
      await store.update((document) => ({ document: { ...document, completionPosted: true } }));
    });
    await quietly(log, 'card', () => card.refresh());
  }
  if (!owed.completionMailed) {
    await quietly(log, 'completion mail', async () => {
      await sendCompletionMail(deps, setup);
      await store.update((document) => ({ document: { ...document, completionMailed: true } }));
    });
  }
}

/** In the thread of the progress message; to the person where it takes none. */
async function replyOrTell(
  { poster, store, log }: NoticesDeps,
  person: string,
  written: Written,
): Promise<void> {
  const { progressPost } = await store.read();
  if (progressPost) {
    try {
      await poster.post(progressPost.channel, written, progressPost.ts);
      return;
    } catch (error) {
      log.warn('The thread takes no reply', { error });
    }
  }
  await poster.post(person, written);
}

async function tellStopped(deps: NoticesDeps, setup: SetupAt<'paused'>): Promise<void> {
  const { store, card } = deps;
  const { reason, organization } = setup;
  if (reason.kind !== 'fault') return;
  const { stopTold } = await store.read();
  if (stopTold === reason.fault.at) return;
  const written: Written = (t) => stoppedNotice(t, { fault: reason.fault, organization });
  // Where nobody takes it, it is owed.
  if (!(await tellAdmins(deps, setup, written))) return;
  await store.update((document) => ({ document: { ...document, stopTold: reason.fault.at } }));
  await card.refresh();
}

async function sendCompletionMail(deps: NoticesDeps, setup: SetupAt<'running'>): Promise<void> {
  const { email, requestedBy } = setup.start;
  if (!email || !deps.sendMail) return;
  const { language } = await deps.readers.of(requestedBy);
  const t = textsFor(language);
  const { initial: summary, organization } = setup;
  await deps.sendMail({ to: email, ...completionMail(t, { summary, organization }) });
}

function describeCompletion(setup: SetupAt<'running'>, intervalSeconds: number) {
  const { organization, initial: summary, startedBy: adminId } = setup;
  return { summary, adminId, organization, intervalSeconds };
}

function progressWritten(setup: Started, progress: SyncProgress): Written {
  const { organization } = setup;
  if (setup.step !== 'paused')
    return (t) => progressMessage(t, { organization, progress, state: setup.step });
  const { reason } = setup;
  return (t) =>
    reason.kind === 'fault'
      ? progressMessage(t, { organization, progress, state: 'stopped', fault: reason.fault })
      : progressMessage(t, { organization, progress, state: 'paused' });
}

/** Before anything was heard of the sync. */
function noProgress(setup: SetupAt<'copying' | 'running'>): SyncProgress {
  const counts = { stored: 0, read: 0, total: null, filtered: 0, failed: 0, deleted: 0 };
  const entities = Object.keys(setup.selection).map((entity) => ({
    entity,
    phase: 'waiting' as const,
    ...counts,
  }));
  return progressAt(setup, entities);
}

function progressAt({ startedAt }: Started, entities: readonly EntityCounts[]): SyncProgress {
  const unknown = { backlog: null, oldestPendingAt: null, followedAt: null, lastHour: 0 };
  return {
    entities: entities.map((counts) => ({ ...unknown, ...counts })),
    rate: null,
    secondsLeft: null,
    startedAt,
    lastCycle: null,
    nextCycleAt: null,
    waiting: null,
    conditions: [],
  };
}

/** A notice that cannot be given must not take anything else down with it. */
async function quietly(log: Logger, notice: string, give: () => Promise<void>): Promise<void> {
  try {
    await give();
  } catch (error) {
    log.error('A notice could not be given', { notice, error });
  }
}

import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { SyncProgress } from '../model/progress.ts';
import type { MessageRef, SetupAt } from '../model/setup.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { Notices } from '../ports/notices.ts';
import { textsFor } from '../texts/catalogue.ts';
import { completionMail } from '../views/mail.ts';
import { completionReply, stoppedNotice } from '../views/notice.ts';
import { progressMessage } from '../views/progress.ts';
import type { MailSender } from './mail.ts';
import { createPace } from './pace.ts';
import type { Poster, Written } from './poster.ts';
import type { ReaderLanguage } from './reader-language.ts';
import type { SetupCard } from './setup-card.ts';

/** Slack allows an edit a second and shows each as a flicker: three seconds are quiet. */
const progressEveryMs = 3_000;

export interface NoticesDeps {
  poster: Poster;
  card: SetupCard;
  store: ConnectionStore;
  languageOf: ReaderLanguage;
  /** Null where no mail server is set up. */
  sendMail: MailSender | null;
  intervalSeconds: number;
  clock: Clock;
  log: Logger;
}

type Started = SetupAt<'copying' | 'running' | 'paused'>;

export function createNotices(deps: NoticesDeps): Notices {
  const { poster, store, log } = deps;
  const pace = createPace<Written>(deps.clock, progressEveryMs, (written) =>
    quietly(log, 'progress', async () => {
      const { progressPost } = await store.read();
      if (progressPost) await poster.edit(progressPost, written);
    }),
  );

  async function sendCompletionMail(setup: SetupAt<'running'>): Promise<void> {
    const { email, requestedBy } = setup.start;
    if (!email || !deps.sendMail) return;
    const t = textsFor(await deps.languageOf(requestedBy));
    await deps.sendMail({
      to: email,
      ...completionMail(t, { summary: setup.initial, organization: setup.organization }),
    });
  }

  async function replyInThread(setup: SetupAt<'running'>): Promise<void> {
    const { progressPost } = await store.read();
    const written: Written = (t) => completionReply(t, describeCompletion(setup, deps.intervalSeconds));
    try {
      if (progressPost) return await reply(progressPost, written);
    } catch (error) {
      log.warn('The thread takes no reply', { error });
    }
    await poster.post(setup.start.requestedBy, written);
  }

  async function reply({ channel, ts }: MessageRef, written: Written): Promise<void> {
    await poster.post(channel, written, ts);
  }

  return {
    started: (setup) =>
      quietly(log, 'started', async () => {
        const first = noProgress(setup);
        const places = [setup.start.notifyChannel, setup.start.requestedBy];
        const progressPost = await poster.postFirst(places, progressWritten(setup, first));
        await store.update((document) => ({ document: { ...document, progressPost } }));
        await deps.card.refresh();
      }),
    progress(setup, progress) {
      pace.wish(progressWritten(setup, progress));
    },
    completed: (setup) =>
      quietly(log, 'completed', async () => {
        if ((await store.read()).completionPosted) return;
        await replyInThread(setup);
        await store.update((document) => ({ document: { ...document, completionPosted: true } }));
        await deps.card.refresh();
        await sendCompletionMail(setup);
      }),
    stopped: (setup) =>
      quietly(log, 'stopped', async () => {
        const { progressPost } = await store.read();
        const { reason, organization, start } = setup;
        if (reason.kind !== 'fault') return;
        const written: Written = (t) => stoppedNotice(t, { fault: reason.fault, organization });
        if (progressPost) await quietly(log, 'stopped, thread', () => reply(progressPost, written));
        await poster.post(start.requestedBy, written);
        await deps.card.refresh();
      }),
    setupChanged: () => quietly(log, 'card', () => deps.card.refresh()),
    stop: () => pace.stop(),
  };
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

function noProgress(setup: SetupAt<'copying'>): SyncProgress {
  const entities = Object.keys(setup.selection).map((entity) => ({
    entity,
    phase: 'waiting' as const,
    stored: 0,
    read: 0,
    total: null,
    filtered: 0,
    failed: 0,
    deleted: 0,
    backlog: null,
  }));
  return {
    entities,
    rate: null,
    secondsLeft: null,
    startedAt: setup.startedAt,
    lastCycle: null,
    nextCycleAt: null,
    waiting: null,
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

import type { SyncProgress } from '../model/progress.ts';
import type { SetupAt } from '../model/setup.ts';
import type { Notices } from '../ports/notices.ts';
import { expiringNotice } from '../views/expiring-notice.ts';
import { noticeMessage } from '../views/notice.ts';
import { tellAdmins } from './admins.ts';
import { tellAdded, tellCompleted, tellRefreshed } from './completion.ts';
import { assertKeepable } from './keepable.ts';
import type { NoticesDeps } from './notices-deps.ts';
import { createPace } from './pace.ts';
import type { Written } from './poster.ts';
import { createProgressPost, isCopy, noProgress, type ProgressPost } from './progress-post.ts';
import { quietly } from './quietly.ts';

/** Slack allows an edit a second and shows each as a flicker: three seconds are quiet. */
const progressEveryMs = 3_000;

export function createNotices(deps: NoticesDeps): Notices {
  const { log } = deps;
  const post = createProgressPost(deps);
  const pace = createPace<SyncProgress>(deps.clock, progressEveryMs, (progress) =>
    quietly(log, 'progress', () => post.refresh(progress)),
  );
  return {
    started: (setup) => quietly(log, 'started', () => tellStarted(deps, post, setup)),
    progress: (setup, progress) => {
      if (isCopy(setup)) pace.wish(progress);
    },
    completed: (setup) => quietly(log, 'completed', () => tellCompleted(deps, post, setup)),
    added: (setup, added) => quietly(log, 'added', () => tellAdded(deps, setup, added)),
    refreshed: (setup, news) => quietly(log, 'refreshed', () => tellRefreshed(deps, setup, news)),
    async expiring(setup, expiry, days) {
      await assertKeepable(deps.store);
      const written: Written = (t) => expiringNotice(t, { setup, expiry, days });
      const isHeard = await tellAdmins(deps, setup, written);
      // Where no admin hears of it, it comes again, and then for all.
      if (isHeard) await quietly(log, 'expiring, channels', () => deps.subscribers.tellProblem(written));
      return isHeard;
    },
    stopped: (setup) => quietly(log, 'stopped', () => tellStopped(deps, setup)),
    setupChanged: () => quietly(log, 'card', () => deps.card.refresh()),
    stop: () => pace.stop(),
  };
}

async function tellStarted(deps: NoticesDeps, post: ProgressPost, setup: SetupAt<'copying'>): Promise<void> {
  const { poster, card, log } = deps;
  const { notifyChannel, requestedBy } = setup.start;
  const posted = await post.show(setup, noProgress(setup));
  await quietly(log, 'card', () => card.refresh());
  // Only a direct message by user id comes back under another conversation than asked for.
  if (posted && posted.channel !== notifyChannel && !/^[UW]/.test(notifyChannel)) {
    await poster.post(requestedBy, (t) => noticeMessage(t, 'cannotPost', { channel: notifyChannel }));
  }
}

async function tellStopped(deps: NoticesDeps, { reason }: SetupAt<'paused'>): Promise<void> {
  const { store, card } = deps;
  if (reason.kind !== 'fault' || (await store.read()).stopTold === reason.fault.at) return;
  await deps.alert();
  const { alerts } = await store.read();
  // Where nobody has taken it, it is owed.
  if (!alerts.some(({ alert, posts }) => alert.kind === 'stopped' && posts.length > 0)) return;
  await store.update((document) => ({ document: { ...document, stopTold: reason.fault.at } }));
  await card.refresh();
}

import type { MessageRef, SetupAt } from '../model/setup.ts';
import type { AddedNews, RefreshedNews } from '../ports/notices.ts';
import { entitiesCopied } from '../views/entities-added.ts';
import { completionMail } from '../views/mail.ts';
import { completionReply } from '../views/notice.ts';
import { fieldsRefreshed } from '../views/refreshed.ts';
import { assertKeepable } from './keepable.ts';
import { mailTo } from './mail-to.ts';
import type { NoticesDeps } from './notices-deps.ts';
import type { Written } from './poster.ts';
import { type ProgressPost, progressAt } from './progress-post.ts';
import { quietly } from './quietly.ts';
import { isRefusal } from './refusal.ts';

/** Of refreshes that are remembered to be told. */
const mostTold = 500;

/** Each part by itself and once: what one place does not take must not be lost for the other. */
export async function tellCompleted(
  deps: NoticesDeps,
  post: ProgressPost,
  setup: SetupAt<'running'>,
): Promise<void> {
  const { store, card, log } = deps;
  const owed = await store.read();
  if (!owed.completionPosted) {
    await quietly(log, 'completion', async () => {
      await assertKeepable(store);
      // The message above the reply must not go on saying that it copies.
      const above = await post.show(setup, progressAt(setup, setup.initial.entities));
      const { organization, initial: summary, startedBy: adminId } = setup;
      const { intervalSeconds } = deps;
      await replyOrTell(deps, setup, above, (t) =>
        completionReply(t, { summary, adminId, organization, intervalSeconds }),
      );
      await store.update((document) => ({ document: { ...document, completionPosted: true } }));
    });
    await quietly(log, 'card', () => card.refresh());
  }
  if (!owed.completionMailed) {
    await quietly(log, 'completion mail', async () => {
      await assertKeepable(store);
      await sendCompletionMail(deps, setup);
      await store.update((document) => ({ document: { ...document, completionMailed: true } }));
    });
  }
}

/** What was added later has been copied: in the same thread. */
export async function tellAdded(
  deps: NoticesDeps,
  setup: SetupAt<'running'>,
  { entities, schemas }: AddedNews,
): Promise<void> {
  await assertKeepable(deps.store);
  const { progressPost } = await deps.store.read();
  await replyOrTell(deps, setup, progressPost, (t) => entitiesCopied(t, { entities, schemas }));
  const told = entities.map(({ entity }) => entity);
  await deps.store.update((document) => ({
    document: { ...document, addedTold: [...document.addedTold, ...told] },
  }));
}

/** Fields that were ticked later have been fetched for the rows that were there: in the same thread. */
export async function tellRefreshed(
  deps: NoticesDeps,
  setup: SetupAt<'running'>,
  news: RefreshedNews,
): Promise<void> {
  await assertKeepable(deps.store);
  const { progressPost } = await deps.store.read();
  await replyOrTell(deps, setup, progressPost, (t) => fieldsRefreshed(t, news));
  const told = news.refreshes.map(({ key }) => key);
  await deps.store.update((document) => ({
    // The latest are enough: the sync itself forgets those of before.
    document: { ...document, refreshesTold: [...document.refreshesTold, ...told].slice(-mostTold) },
  }));
}

/** In the thread of the progress message; to the person where it takes none. */
async function replyOrTell(
  { poster, log }: NoticesDeps,
  setup: SetupAt<'running'>,
  above: MessageRef | null,
  written: Written,
): Promise<void> {
  if (above) {
    try {
      await poster.post(above.channel, written, above.ts);
      return;
    } catch (error) {
      // Where Slack did not answer it may have taken it, or takes it soon: the same place is tried again later.
      if (!isRefusal(error)) throw error;
      log.warn('The thread takes no reply', { error });
    }
  }
  await poster.post(setup.start.requestedBy, written);
}

async function sendCompletionMail(deps: NoticesDeps, setup: SetupAt<'running'>): Promise<void> {
  const { initial: summary, organization } = setup;
  await mailTo(deps, setup, (t) => completionMail(t, { summary, organization }));
}

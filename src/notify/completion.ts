import type { MessageRef, SetupAt } from '../model/setup.ts';
import type { AddedNews } from '../ports/notices.ts';
import { entitiesCopied } from '../views/entities-added.ts';
import { completionMail } from '../views/mail.ts';
import { completionReply } from '../views/notice.ts';
import { assertKeepable } from './keepable.ts';
import { mailTo } from './mail-to.ts';
import type { NoticesDeps } from './notices-deps.ts';
import type { Written } from './poster.ts';
import { type ProgressPost, progressAt } from './progress-post.ts';
import { quietly } from './quietly.ts';
import { isRefusal } from './refusal.ts';

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

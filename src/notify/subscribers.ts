import type { Logger } from '../lib/log.ts';
import type { MessageRef } from '../model/setup.ts';
import { type Subscription, wantsProblems } from '../model/subscription.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import { brokenSubscription } from '../views/subscription.ts';
import { assertKeepable } from './keepable.ts';
import type { Poster, Written } from './poster.ts';
import { isRefusal } from './refusal.ts';

/** Channels that asked to be told. A subscription is never given up silently. */
export interface Subscribers {
  /**
   * Posts in a subscribed channel. Null where it takes no posts: whoever subscribed it is told so, once until it
   * takes them again. @throws where Slack takes none at the moment
   */
  post(channel: string, written: Written): Promise<MessageRef | null>;
  /** Posts in each channel that wants to hear of problems and does not see the thread of the progress message. */
  tellProblem(written: Written): Promise<void>;
}

export interface SubscribersDeps {
  poster: Poster;
  store: ConnectionStore;
  log: Logger;
}

export function createSubscribers({ poster, store, log }: SubscribersDeps): Subscribers {
  const mark = (channel: string, isBroken: boolean) =>
    store.update((document) => ({
      document: {
        ...document,
        subscriptions: document.subscriptions.map((one) =>
          one.channel === channel ? { ...one, isBroken } : one,
        ),
      },
    }));

  async function refused({ channel, by, isBroken }: Subscription, reason: string): Promise<void> {
    log.warn('A subscribed channel takes no posts', { channel, reason });
    if (isBroken) return;
    await assertKeepable(store);
    await poster
      .post(by, (t) => brokenSubscription(t, { channel, reason }))
      .catch((error: unknown) => {
        // Whoever has left cannot be told; the channel is as it is all the same.
        if (!isRefusal(error)) throw error;
      });
    await mark(channel, true);
  }

  async function post(channel: string, written: Written): Promise<MessageRef | null> {
    const subscription = (await store.read()).subscriptions.find((one) => one.channel === channel);
    if (!subscription) return null;
    const outcome = await tryPost(poster, channel, written);
    if ('refused' in outcome) {
      await refused(subscription, outcome.refused);
      return null;
    }
    if (subscription.isBroken) await mark(channel, false);
    return outcome.ref;
  }

  return {
    post,
    async tellProblem(written) {
      const { subscriptions, progressPost } = await store.read();
      const channels = subscriptions.filter(wantsProblems).map(({ channel }) => channel);
      for (const channel of channels) if (channel !== progressPost?.channel) await post(channel, written);
    },
  };
}

async function tryPost(
  poster: Poster,
  channel: string,
  written: Written,
): Promise<{ ref: MessageRef } | { refused: string }> {
  try {
    if (await poster.isExternal(channel)) return { refused: 'external' };
    return { ref: await poster.post(channel, written) };
  } catch (error) {
    if (!isRefusal(error)) throw error;
    return { refused: error.data.error };
  }
}

import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { involvedAdmins, type MessageRef, type Setup } from '../model/setup.ts';
import { wantsProblems } from '../model/subscription.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { AdminTellingDeps } from './admins.ts';
import type { Poster, Written } from './poster.ts';
import { isRefusal } from './refusal.ts';
import type { Subscribers } from './subscribers.ts';

export interface PlaceDeps {
  poster: Poster;
  store: ConnectionStore;
  subscribers: Subscribers;
  admins: AdminTellingDeps['admins'];
  clock: Clock;
  log: Logger;
}

/** Somewhere an alert is told. */
export interface Place {
  /** `thread`, a channel, or a user id. */
  name: string;
  /** `refused`: it takes no posts. @throws where Slack takes none at the moment */
  post(written: Written): Promise<(MessageRef & { thread: string | null }) | 'refused'>;
}

/**
 * The thread of the progress message, where everybody who follows the sync sees it; the channels that asked for
 * it; and the admins who set it up, each by a direct message. No channel hears it twice.
 */
export async function alertPlaces(deps: PlaceDeps, setup: Setup): Promise<Place[]> {
  const { store, poster, subscribers, admins } = deps;
  const { progressPost, subscriptions } = await store.read();
  const wanting = subscriptions.filter(wantsProblems);
  const people = await admins(involvedAdmins(setup));
  const thread =
    progressPost && !wanting.some(({ channel }) => channel === progressPost.channel) ? [progressPost] : [];
  return [
    ...thread.map(({ channel, ts }) => ({
      name: 'thread',
      post: (written: Written) =>
        orRefused(async () => ({ ...(await poster.post(channel, written, ts)), thread: ts })),
    })),
    ...wanting.map(({ channel }) => ({
      name: channel,
      async post(written: Written) {
        const ref = await subscribers.post(channel, written);
        return ref ? { ...ref, thread: null } : ('refused' as const);
      },
    })),
    ...people.map((person) => ({
      name: person,
      post: (written: Written) =>
        orRefused(async () => ({ ...(await poster.post(person, written)), thread: null })),
    })),
  ];
}

async function orRefused<T>(post: () => Promise<T>): Promise<T | 'refused'> {
  try {
    return await post();
  } catch (error) {
    if (isRefusal(error)) return 'refused';
    throw error;
  }
}

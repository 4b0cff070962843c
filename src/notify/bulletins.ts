import type { Clock } from '../lib/clock.ts';
import { publicActions } from '../model/audit.ts';
import type { Language } from '../model/person.ts';
import { isStarted, type MessageRef } from '../model/setup.ts';
import { localTime, type Subscription, wantsActs, wantsSummary } from '../model/subscription.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { DestinationReader } from '../ports/destination.ts';
import { actsMessage, dailySummary } from '../views/bulletin.ts';
import { assertKeepable } from './keepable.ts';
import type { Subscribers } from './subscribers.ts';

/** What subscribed channels are told that is no problem: the summary of the day, and what admins do. */
export interface Bulletins {
  /** Tells what is due. @throws where Slack takes none at the moment: it is still due then. */
  tell(): Promise<void>;
}

export interface BulletinsDeps {
  store: ConnectionStore;
  subscribers: Subscribers;
  destination: () => Pick<DestinationReader, 'tallies' | 'activity'>;
  /** Puts the picture of the last 24 hours into a thread. Never throws: the words are there without it. */
  sharePicture: SharePicture;
  clock: Clock;
}

export type SharePicture = (
  thread: MessageRef,
  readers: { language: Language; timeZone: string },
) => Promise<void>;

/** The summary comes when people come to work. */
const morning = 8;
const day = 24 * 60 * 60_000;
const actsLooked = 100;

export function createBulletins(deps: BulletinsDeps): Bulletins {
  return {
    async tell() {
      for (const subscription of (await deps.store.read()).subscriptions) {
        if (wantsActs(subscription)) await tellActs(deps, subscription);
        if (wantsSummary(subscription)) await tellSummary(deps, subscription);
      }
    },
  };
}

async function tellSummary(deps: BulletinsDeps, subscription: Subscription): Promise<void> {
  const { store, subscribers, destination, sharePicture, clock } = deps;
  const { channel, timeZone, lastDaily } = subscription;
  const today = localTime(clock.now(), timeZone);
  if (today.day === lastDaily || today.hour < morning) return;
  await assertKeepable(store);
  const { setup, alerts } = await store.read();
  if (isStarted(setup)) {
    const since = new Date(clock.now() - day).toISOString();
    const [tallies, activity] = await Promise.all([destination().tallies(), destination().activity(since)]);
    const problems = alerts.map(({ alert }) => alert.kind);
    let language: Language = 'en';
    const posted = await subscribers.post(channel, (t) => {
      language = t.language;
      return dailySummary(t, { setup, tallies, activity, problems });
    });
    await change(deps, channel, { lastDaily: today.day });
    if (posted) await sharePicture(posted, { language, timeZone });
    return;
  }
  await change(deps, channel, { lastDaily: today.day });
}

/** In one message what has been done since the last one. */
async function tellActs(deps: BulletinsDeps, { channel, lastAct }: Subscription): Promise<void> {
  const { store, subscribers } = deps;
  const history = await store.history(actsLooked);
  const acts = history
    .filter(({ at, action, result }) => at > lastAct && result === 'done' && publicActions.includes(action))
    .reverse();
  const last = acts.at(-1);
  if (!last) return;
  await assertKeepable(store);
  await subscribers.post(channel, (t) => actsMessage(t, acts));
  await change(deps, channel, { lastAct: last.at });
}

async function change({ store }: BulletinsDeps, channel: string, next: Partial<Subscription>): Promise<void> {
  await store.update((document) => ({
    document: {
      ...document,
      subscriptions: document.subscriptions.map((one) =>
        one.channel === channel ? { ...one, ...next } : one,
      ),
    },
  }));
}

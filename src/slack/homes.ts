import type { WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { publicActions } from '../model/audit.ts';
import type { SyncProgress } from '../model/progress.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';
import type { DestinationReader } from '../ports/destination.ts';
import type { SchemaCache } from '../setup/schema-cache.ts';
import { textsFor } from '../texts/catalogue.ts';
import { homeView } from '../views/home.ts';
import type { People } from './people.ts';

/** The app's home, as each person who has opened it sees it. */
export interface Homes {
  /** Somebody opened it: shows it, and keeps it current from now on. */
  open(userId: string): Promise<void>;
  /** Something it shows has changed: whoever has it gets it anew, soon; of mere progress not as often. */
  refresh(what?: 'change' | 'progress'): void;
  stop(): Promise<void>;
}

export interface HomesDeps {
  client: WebClient;
  people: People;
  store: ConnectionStore;
  destination: Pick<DestinationReader, 'tallies' | 'lastCycle'>;
  schemas: Pick<SchemaCache, 'atHand' | 'rowsAtHand'>;
  progress: () => SyncProgress | null;
  secondAdmin: boolean;
  clock: Clock;
  log: Logger;
}

/** Of a workspace with thousands of people only the latest get it by themselves; others when they open it. */
const mostKept = 50;
const changesEveryMs = 500;
/** While a copy runs there is progress twice a second. */
const progressEveryMs = 5_000;
const newsLooked = 100;
const stopWithinMs = 500;

export function createHomes(deps: HomesDeps): Homes {
  const { store, people, log } = deps;
  const round = createRounds(deps, async (signal) => {
    const { homes } = await store.read();
    // One after the other: a burst would use up what Slack allows in a minute.
    for (const userId of homes.toReversed()) {
      if (signal.aborted) return;
      await publish(deps, userId).catch((error: unknown) =>
        log.warn('A home could not be published', { user: userId, error }),
      );
    }
  });
  return {
    async open(userId) {
      if ((await people.find(userId)).isOutsider) return;
      const { homes } = await store.read();
      if (homes.at(-1) !== userId) await store.update((document) => ({ document: opened(document, userId) }));
      await publish(deps, userId);
    },
    refresh: (what = 'change') => round.wish(what === 'change' ? 0 : progressEveryMs),
    stop: round.stop,
  };
}

/** Goes round again when something has changed meanwhile, and never twice at once. */
function createRounds(
  { clock, log }: Pick<HomesDeps, 'clock' | 'log'>,
  go: (signal: AbortSignal) => Promise<void>,
) {
  const stopping = new AbortController();
  const { signal } = stopping;
  let wished = false;
  let running: Promise<void> | null = null;
  let later: Promise<void> | null = null;
  let lastAt = Number.NEGATIVE_INFINITY;

  async function run(): Promise<void> {
    while (wished && !signal.aborted) {
      wished = false;
      lastAt = clock.now();
      await go(signal);
      await clock.sleep(changesEveryMs, signal);
    }
  }

  function start(): void {
    if (signal.aborted) return;
    wished = true;
    running ??= run()
      .catch((error: unknown) => log.warn('The homes could not be refreshed', { error }))
      .finally(() => {
        running = null;
        if (wished) start();
      });
  }

  return {
    /** @param rest milliseconds since the last round that have to pass before. */
    wish(rest: number): void {
      const wait = lastAt + rest - clock.now();
      if (wait <= 0) return void start();
      later ??= clock.sleep(wait, signal).then(() => {
        later = null;
        start();
      });
    },
    async stop(): Promise<void> {
      stopping.abort();
      // A home that Slack does not take now is shown when it is opened the next time.
      await within(Promise.all([running, later]), clock, stopWithinMs).catch(() => {});
    },
  };
}

function opened(document: ConnectionDocument, userId: string): ConnectionDocument {
  const others = document.homes.filter((id) => id !== userId);
  return { ...document, homes: [...others, userId].slice(-mostKept) };
}

async function publish(deps: HomesDeps, userId: string): Promise<void> {
  const { client, people, store, destination, schemas } = deps;
  const person = await people.find(userId);
  if (person.isOutsider || !person.isKnown) return;
  const [{ setup, allowed, languages, alerts }, entries, tallies, lastCycle, adminIds] = await Promise.all([
    store.read(),
    store.history(newsLooked),
    destination.tallies(),
    destination.lastCycle(),
    people.adminIds(),
  ]);
  const view = homeView(textsFor(person.language), {
    setup,
    secondAdmin: deps.secondAdmin,
    progress: deps.progress(),
    tallies,
    lastCycle,
    schemas: schemas.atHand() ?? [],
    rows: schemas.rowsAtHand(),
    reader: {
      isAdmin: person.isAdmin,
      canAsk: person.canBeAllowed,
      language: languages[userId] ?? null,
      allowed,
    },
    adminIds,
    alerts: alerts.map(({ alert }) => alert),
    news: entries.filter(({ action, result }) => publicActions.includes(action) && result === 'done'),
  });
  await client.views.publish({ user_id: userId, view });
}

import { createSerial } from '../lib/serial.ts';
import { type Alert, type AlertKind, alertKinds, type Finding, keysOf } from '../model/alert.ts';
import type { AlertPost, OpenAlert } from '../model/open-alert.ts';
import type { Setup } from '../model/setup.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import { alertChanged, alertMessage, alertOver, overMessage } from '../views/alert.ts';
import { alertPlaces, type PlaceDeps } from './alert-places.ts';
import { assertKeepable } from './keepable.ts';
import { isRefusal } from './refusal.ts';

export interface AlertsDeps extends PlaceDeps {
  /** Sends the mail about a stop, where one is wanted; throws when it cannot be sent now. */
  mailStop: (setup: Setup) => Promise<void>;
}

/** Tells each cause once in each place until it changes, and says there when it is over. Survives restarts. */
export interface Alerts {
  /** @returns whether all of it is told: else it is to be tried again. */
  tell(findings: Readonly<Record<AlertKind, Finding>>, setup: Setup): Promise<boolean>;
}

export function createAlerts(deps: AlertsDeps): Alerts {
  const inTurn = createSerial();
  return {
    tell: (findings, setup) =>
      inTurn(async () => {
        let done = true;
        for (const kind of alertKinds) {
          const finding = findings[kind];
          if (finding === 'unknown') continue;
          const part = finding ? tellOne(deps, finding, setup) : endOne(deps, kind);
          done = (await part) && done;
        }
        return done;
      }),
  };
}

/** What is remembered of one alert, written after each step: a step must not be done twice. */
interface Keeper {
  open: OpenAlert;
  keep(next: Partial<OpenAlert>): Promise<void>;
  /** Null where it is to be tried again later: then `done` is false from now on. */
  trying<T>(act: () => Promise<T>): Promise<T | null>;
  done: boolean;
}

function createKeeper({ store, log }: Pick<AlertsDeps, 'store' | 'log'>, open: OpenAlert): Keeper {
  const keeper: Keeper = {
    open,
    done: true,
    async keep(next) {
      keeper.open = { ...keeper.open, ...next };
      await writeAlert(store, open.alert.kind, keeper.open);
    },
    async trying(act) {
      try {
        return await act();
      } catch (error) {
        log.warn('An alert could not be told, it is tried again', { error });
        keeper.done = false;
        return null;
      }
    },
  };
  return keeper;
}

async function writeAlert(store: ConnectionStore, kind: AlertKind, open: OpenAlert | null): Promise<void> {
  await store.update((document) => {
    const others = document.alerts.filter(({ alert }) => alert.kind !== kind);
    return { document: { ...document, alerts: open ? [...others, open] : others } };
  });
}

async function tellOne(deps: AlertsDeps, alert: Alert, setup: Setup): Promise<boolean> {
  const { alerts, stopTold } = await deps.store.read();
  const before = alerts.find((one) => one.alert.kind === alert.kind);
  const isStop = alert.kind === 'stopped';
  // A stop that an older version told, of which it kept only when.
  if (!before && isStop && stopTold === alert.causes[0]?.details.at) return true;
  const keeper = createKeeper(deps, { ...(before ?? newAlert(deps, alert)), alert });
  for (const post of keeper.open.posts) {
    const now = await keeper.trying(() => renew(deps, post, alert, setup));
    if (!now || now === post) continue;
    await keeper.keep({ posts: keeper.open.posts.map((one) => (one.place === post.place ? now : one)) });
  }
  await tellPlaces(deps, keeper, setup);
  if (isStop && !keeper.open.mailed) {
    const mailed = await keeper.trying(async () => {
      await assertKeepable(deps.store);
      await deps.mailStop(setup);
      return true;
    });
    if (mailed) await keeper.keep({ mailed });
  }
  return keeper.done;
}

/** Where it has not been told yet. */
async function tellPlaces(deps: AlertsDeps, keeper: Keeper, setup: Setup): Promise<void> {
  const { alert } = keeper.open;
  for (const { name, post } of await alertPlaces(deps, setup)) {
    const { refused, posts } = keeper.open;
    if (refused.includes(name) || posts.some(({ place }) => place === name)) continue;
    const told = await keeper.trying(async () => {
      await assertKeepable(deps.store);
      return await post((t) => alertMessage(t, { alert, setup }));
    });
    if (told === 'refused') await keeper.keep({ refused: [...refused, name] });
    else if (told) await keeper.keep({ posts: [...posts, { ...told, place: name, ...stateOf(alert) }] });
  }
}

const newAlert = ({ clock }: AlertsDeps, alert: Alert): OpenAlert => ({
  alert,
  at: new Date(clock.now()).toISOString(),
  posts: [],
  refused: [],
  mailed: false,
});

/** What the place has been told, and what it shows. */
const stateOf = (alert: Alert) => ({ told: keysOf(alert), shown: JSON.stringify(alert.causes) });

/** The post as it is once it shows the present; the same where nothing was to be done. */
async function renew(
  { poster, store }: AlertsDeps,
  post: AlertPost,
  alert: Alert,
  setup: Setup,
): Promise<AlertPost> {
  const state = stateOf(alert);
  if (state.shown === post.shown) return post;
  await assertKeepable(store);
  const causes = alert.causes.filter((cause) =>
    keysOf({ kind: alert.kind, causes: [cause] }).some((key) => !post.told.includes(key)),
  );
  if (causes.length > 0) {
    const inThread = post.thread ?? post.ts;
    await orGone(() =>
      poster.post(post.channel, (t) => alertChanged(t, { alert: { ...alert, causes }, setup }), inThread),
    );
  }
  await poster.edit(post, (t) => alertMessage(t, { alert, setup }));
  return { ...post, ...state };
}

/** Takes the buttons away and says in the thread that it is over; what cannot be said now is said later. */
async function endOne(deps: AlertsDeps, kind: AlertKind): Promise<boolean> {
  const { store, poster, clock } = deps;
  const open = (await store.read()).alerts.find(({ alert }) => alert.kind === kind);
  if (!open) return true;
  const keeper = createKeeper(deps, open);
  const at = new Date(clock.now()).toISOString();
  for (const post of open.posts) {
    const told = await keeper.trying(async () => {
      await assertKeepable(store);
      await poster.edit(post, (t) => overMessage(t, { alert: open.alert, at }));
      await orGone(() => poster.post(post.channel, (t) => alertOver(t, kind), post.thread ?? post.ts));
      return true;
    });
    if (told) await keeper.keep({ posts: keeper.open.posts.filter(({ place }) => place !== post.place) });
  }
  if (keeper.done) await writeAlert(store, kind, null);
  return keeper.done;
}

/** Where the conversation takes nothing any more, nobody waits for it. */
async function orGone(post: () => Promise<unknown>): Promise<void> {
  try {
    await post();
  } catch (error) {
    if (!isRefusal(error)) throw error;
  }
}

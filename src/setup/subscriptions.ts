import type { Clock } from '../lib/clock.ts';
import { createSerial } from '../lib/serial.ts';
import type { AuditAction, AuditEntry } from '../model/audit.ts';
import { localTime, type Subscription, type SubscriptionKind } from '../model/subscription.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';

/** Which channels are told what. */
export interface Subscriptions {
  /**
   * One per channel: a later one takes the place of the one before. It stays only where `greet` shows that the
   * channel takes posts; false, and no greeting, where the channel is told just that already.
   */
  add(wanted: Wanted, greet: () => Promise<unknown>): Promise<boolean>;
  /** False when there was none. */
  remove(channel: string, by: string): Promise<boolean>;
}

export interface Wanted {
  channel: string;
  kind: SubscriptionKind;
  by: string;
  timeZone: string;
}

interface SubscriptionsDeps {
  store: ConnectionStore;
  clock: Clock;
}

export function createSubscriptions(deps: SubscriptionsDeps): Subscriptions {
  const inTurn = createSerial();
  return {
    // In turn: two who subscribe the same channel at once must not both greet it.
    add: (wanted, greet) => inTurn(() => add(deps, wanted, greet)),
    remove: (channel, by) => inTurn(() => remove(deps, channel, by)),
  };
}

async function add(deps: SubscriptionsDeps, wanted: Wanted, greet: () => Promise<unknown>): Promise<boolean> {
  const { store, clock } = deps;
  const { channel, kind, by, timeZone } = wanted;
  const before = (await store.read()).subscriptions.find((one) => one.channel === channel) ?? null;
  if (before?.kind === kind && !before.isBroken) return false;
  const at = new Date(clock.now()).toISOString();
  // Of the day it begins there is nothing to sum up yet.
  const { day } = localTime(clock.now(), timeZone);
  const added = { ...wanted, at, lastDaily: day, lastAct: at, isBroken: false };
  // Before the greeting: what a channel has been promised must not be lost in between.
  await store.update((document) => ({ document: withSubscription(document, channel, added) }));
  try {
    await greet();
  } catch (error) {
    await store.update((document) => ({ document: withSubscription(document, channel, before) }));
    throw error;
  }
  const audit = [entry(deps, 'subscription.added', by, { channel, kind })];
  await store.update((document) => ({ document, audit }));
  return true;
}

async function remove(deps: SubscriptionsDeps, channel: string, by: string): Promise<boolean> {
  let done = false;
  await deps.store.update((document) => {
    done = document.subscriptions.some((one) => one.channel === channel);
    if (!done) return { document };
    const audit = [entry(deps, 'subscription.removed', by, { channel })];
    return { document: withSubscription(document, channel, null), audit };
  });
  return done;
}

function withSubscription(
  document: ConnectionDocument,
  channel: string,
  next: Subscription | null,
): ConnectionDocument {
  const others = document.subscriptions.filter((one) => one.channel !== channel);
  return { ...document, subscriptions: next ? [...others, next] : others };
}

function entry(
  { clock }: SubscriptionsDeps,
  action: AuditAction,
  by: string,
  details: Record<string, string>,
): AuditEntry {
  return { at: new Date(clock.now()).toISOString(), by, action, result: 'done', details };
}

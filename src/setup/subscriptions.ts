import type { Clock } from '../lib/clock.ts';
import { createSerial } from '../lib/serial.ts';
import type { AuditAction, AuditEntry } from '../model/audit.ts';
import { localTime, type Subscription, type SubscriptionKind } from '../model/subscription.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';

/** Which channels are told what. */
export interface Subscriptions {
  /**
   * One per channel: a later one takes the place of the one before. It counts once `greet` has shown that the
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

export function createSubscriptions({
  store,
  clock,
}: {
  store: ConnectionStore;
  clock: Clock;
}): Subscriptions {
  const inTurn = createSerial();
  const now = () => new Date(clock.now()).toISOString();
  const entry = (action: AuditAction, by: string, details: Record<string, string>): AuditEntry => ({
    at: now(),
    by,
    action,
    result: 'done',
    details,
  });
  const without = (channel: string, subscriptions: readonly Subscription[]) =>
    subscriptions.filter((one) => one.channel !== channel);
  return {
    // In turn: two who subscribe the same channel at once must not both greet it.
    add: (wanted, greet) =>
      inTurn(async () => {
        const { channel, kind, by, timeZone } = wanted;
        const { subscriptions } = await store.read();
        if (subscriptions.some((one) => one.channel === channel && one.kind === kind && !one.isBroken))
          return false;
        await greet();
        // Of the day it begins there is nothing to sum up yet.
        const { day } = localTime(clock.now(), timeZone);
        const added = { ...wanted, at: now(), lastDaily: day, lastAct: now(), isBroken: false };
        await store.update((document) => ({
          document: { ...document, subscriptions: [...without(channel, document.subscriptions), added] },
          audit: [entry('subscription.added', by, { channel, kind })],
        }));
        return true;
      }),
    async remove(channel, by) {
      let done = false;
      await store.update((document) => {
        done = document.subscriptions.some((one) => one.channel === channel);
        if (!done) return { document };
        const subscriptions = without(channel, document.subscriptions);
        return {
          document: { ...document, subscriptions },
          audit: [entry('subscription.removed', by, { channel })],
        };
      });
      return done;
    },
  };
}

import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { daysLeft, dueNotice, type SecretExpiry } from '../model/secret-expiry.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { Dynamics } from '../ports/dynamics.ts';
import type { Notices } from '../ports/notices.ts';
import type { Conversation } from '../setup/conversation.ts';

export interface ExpiryWatchDeps {
  store: ConnectionStore;
  conversation: Pick<Conversation, 'credentials'>;
  dynamics: Pick<Dynamics, 'readSecretExpiry'>;
  notices: Pick<Notices, 'expiring'>;
  clock: Clock;
  log: Logger;
}

/** Tells admins 30, 7 and 1 days before what the application signs in with ends, each once, restarts included. */
export interface ExpiryWatch {
  start(): void;
  /** Does not wait for what is under way: a message may have to wait for Slack for long. */
  stop(): void;
}

const everyMs = 60 * 60_000;

export function createExpiryWatch(deps: ExpiryWatchDeps): ExpiryWatch {
  const stopping = new AbortController();
  let isRunning = false;

  async function run(signal: AbortSignal): Promise<void> {
    while (!signal.aborted) {
      try {
        await look(deps, signal);
      } catch (error) {
        if (!signal.aborted) deps.log.warn('When the secret ends could not be looked after', { error });
      }
      await deps.clock.sleep(everyMs, signal);
    }
  }

  return {
    start() {
      if (isRunning) return;
      isRunning = true;
      void run(stopping.signal);
    },
    stop: () => stopping.abort(),
  };
}

async function look(deps: ExpiryWatchDeps, signal: AbortSignal): Promise<void> {
  const { store, notices, clock } = deps;
  const expiry = await renew(deps, signal);
  const { setup, expiryTold } = await store.read();
  if (!expiry || setup.step === 'new') return;
  const due = dueNotice(expiry, clock.now());
  const isTold = expiryTold?.at === expiry.at && due !== null && expiryTold.days <= due;
  if (due === null || isTold) return;
  const isHeard = await notices.expiring(setup, expiry, daysLeft(expiry, clock.now()));
  if (!isHeard || signal.aborted) return;
  await store.update((document) => ({ document: { ...document, expiryTold: { at: expiry.at, days: due } } }));
}

/** What a reference leads to may have been exchanged, and Graph may tell today what it did not yesterday. */
async function renew(
  { store, conversation, dynamics }: ExpiryWatchDeps,
  signal: AbortSignal,
): Promise<SecretExpiry | null> {
  const [{ secretExpiry: known, sealedCredentials }, credentials] = await Promise.all([
    store.read(),
    conversation.credentials(),
  ]);
  if (!credentials) return null;
  const fresh = await dynamics.readSecretExpiry(credentials, signal);
  if (!fresh || fresh.at === known?.at) return known;
  const document = await store.update((before) => ({
    // Other credentials may have been entered meanwhile: then it is not about them.
    document: before.sealedCredentials === sealedCredentials ? { ...before, secretExpiry: fresh } : before,
  }));
  return document.secretExpiry;
}

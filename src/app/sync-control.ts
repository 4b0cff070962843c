import type { Clock } from '../lib/clock.ts';
import { assertNever } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import { createSerial } from '../lib/serial.ts';
import { faultOf } from '../model/fault.ts';
import { isStarted } from '../model/setup.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { Notices } from '../ports/notices.ts';
import type { SyncEvent, SyncRunner } from '../ports/sync-runner.ts';
import { type Conversation, requireCredentials } from '../setup/conversation.ts';
import type { SetupEffect, SetupEvent } from '../setup/event.ts';
import type { Teller, TellingEffect } from './telling-effects.ts';

export interface SyncControlDeps {
  store: ConnectionStore;
  runner: SyncRunner;
  notices: Notices;
  teller: Teller;
  conversation: Pick<Conversation, 'credentials' | 'dispatch'>;
  intervalSeconds: number;
  clock: Clock;
  log: Logger;
}

const longestWaitMs = 60_000;

/** Keeps the sync as the setup wants it, and the setup as the sync turns out. */
export interface SyncControl {
  /** One after the other, whoever asked for it. */
  carryOut(effect: SyncEffect): Promise<void>;
  stop(): Promise<void>;
}

export type SyncEffect = Exclude<SetupEffect, TellingEffect | 'store-credentials' | 'drop-credentials'>;

export function createSyncControl(deps: SyncControlDeps): SyncControl {
  const { runner, log } = deps;
  const inTurn = createSerial();
  const stopping = new AbortController();
  const stopListening = runner.onEvent((event) => {
    takeIn(deps, event, stopping.signal).catch((error: unknown) =>
      log.error('An event of the sync was lost', { event: event.kind, error }),
    );
  });
  return {
    carryOut: (effect) => inTurn(() => carryOut(deps, effect)),
    async stop() {
      stopListening();
      stopping.abort();
      await runner.stop();
    },
  };
}

async function carryOut(deps: SyncControlDeps, effect: SyncEffect): Promise<void> {
  if (effect !== 'start-sync') await deps.runner.stop();
  if (effect !== 'stop-sync') await startSync(deps);
  await showProgress(deps);
}

async function startSync({ store, runner, conversation, ...deps }: SyncControlDeps): Promise<void> {
  const { setup } = await store.read();
  if (setup.step !== 'copying' && setup.step !== 'running') return;
  try {
    await runner.start({
      organizationId: setup.organization.id,
      credentials: await requireCredentials(conversation),
      selection: setup.selection,
      selectedAt: setup.selectedAt,
      startedAt: setup.startedAt,
      intervalSeconds: deps.intervalSeconds,
      isCompleted: setup.step === 'running',
    });
  } catch (error) {
    deps.log.error('The sync cannot start', { error });
    // Not waited for: it stops the sync, which waits for this to end.
    void conversation.dispatch({ kind: 'stopped', fault: faultOf(error, deps.clock.now()) }, 'bot');
  }
}

/**
 * Moves the setup for something that comes only once: where the state cannot be written, as with a full disk, it
 * is tried again until it can. Otherwise the setup would say "copying" or "running" of what is over.
 */
async function moveForSure(deps: SyncControlDeps, event: SetupEvent, signal: AbortSignal): Promise<void> {
  for (let wait = 1_000; !signal.aborted; wait = Math.min(wait * 2, longestWaitMs)) {
    try {
      await deps.conversation.dispatch(event, 'bot');
      return;
    } catch (error) {
      deps.log.error('The setup could not be moved, it is tried again', { event: event.kind, error });
      await deps.clock.sleep(wait, signal);
    }
  }
}

async function takeIn(deps: SyncControlDeps, event: SyncEvent, signal: AbortSignal): Promise<void> {
  const { teller } = deps;
  switch (event.kind) {
    case 'initial-completed':
      await moveForSure(deps, { kind: 'initial-completed', summary: event.summary }, signal);
      return await showProgress(deps);
    case 'stopped':
      return await moveForSure(deps, { kind: 'stopped', fault: event.fault }, signal);
    case 'progress':
      return await showProgress(deps);
    case 'cycle-completed':
      await showProgress(deps);
      return await teller.tellWhatIsOwed();
    default:
      return assertNever(event);
  }
}

/** The newest progress, as of the newest setup: which of the two changed does not matter. */
async function showProgress({ store, runner, notices }: SyncControlDeps): Promise<void> {
  const progress = runner.progress();
  const { setup } = await store.read();
  if (progress && isStarted(setup)) notices.progress(setup, progress);
}

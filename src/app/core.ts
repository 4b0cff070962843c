import type { Clock } from '../lib/clock.ts';
import { assertNever } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import type { SealedBox } from '../lib/sealed-box.ts';
import { createSerial } from '../lib/serial.ts';
import { faultOf } from '../model/fault.ts';
import type { SyncProgress } from '../model/progress.ts';
import { isStarted, type Setup } from '../model/setup.ts';
import type { CardFacts } from '../notify/setup-card.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { CheckOptions, Dynamics } from '../ports/dynamics.ts';
import type { Notices } from '../ports/notices.ts';
import type { SyncEvent, SyncRunner } from '../ports/sync-runner.ts';
import { type Conversation, createConversation, requireCredentials } from '../setup/conversation.ts';
import type { SetupEffect } from '../setup/event.ts';
import { createSchemaCache, type SchemaCache } from '../setup/schema-cache.ts';
import { createFieldsReview } from './fields-review.ts';

export interface CoreDeps {
  store: ConnectionStore;
  box: SealedBox;
  clock: Clock;
  log: Logger;
  entities: readonly string[];
  dynamics: Dynamics;
  runner: SyncRunner;
  checkDestination: CheckOptions['checkDestination'];
  notices: Notices;
  intervalSeconds: number;
}

/** The setup, the sync that follows from it, and what is known about Dynamics: everything but Slack. */
export interface Core {
  conversation: Conversation;
  schemas: SchemaCache;
  progress: () => SyncProgress | null;
  fieldsSaved: (before: Setup, after: Setup) => void;
  cardFacts: () => CardFacts;
  /** Goes on with what was under way when the process ended. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

const tellingEffects = ['tell-started', 'tell-completed', 'tell-stopped'] as const;
type TellingEffect = (typeof tellingEffects)[number];

function isTelling(effect: SetupEffect): effect is TellingEffect {
  return (tellingEffects as readonly SetupEffect[]).includes(effect);
}

export function openCore(deps: CoreDeps): Core {
  const { store, runner, notices, clock, log } = deps;
  // Two queues: Slack may be away for half an hour, and a pause must not wait for it.
  const inTurn = createSerial();
  const tellInTurn = createSerial();
  const conversation = createConversation({
    ...deps,
    async carryOut(effect) {
      if (!isTelling(effect)) return await inTurn(() => move(effect));
      void tellInTurn(() => tell(effect));
    },
  });
  const schemas = createSchemaCache({ ...deps, credentials: () => requireCredentials(conversation) });
  const review = createFieldsReview({ schemas, changed: () => notices.setupChanged(), log });

  async function move(effect: Exclude<SetupEffect, TellingEffect>): Promise<void> {
    switch (effect) {
      case 'store-credentials':
      case 'drop-credentials':
        return schemas.clear();
      case 'start-sync':
        return await startSync();
      case 'stop-sync':
        return await runner.stop();
      case 'restart-sync':
        await runner.stop();
        return await startSync();
      default:
        return assertNever(effect);
    }
  }

  async function tell(effect: TellingEffect): Promise<void> {
    // Not the document of the move: by the time it is this effect's turn, another move may have overtaken it.
    const { setup } = await store.read();
    if (effect === 'tell-started' && setup.step === 'copying') await notices.started(setup);
    if (effect === 'tell-completed' && setup.step === 'running') await notices.completed(setup);
    if (effect === 'tell-stopped' && setup.step === 'paused') await notices.stopped(setup);
  }

  async function startSync(): Promise<void> {
    const { setup } = await store.read();
    if (setup.step !== 'copying' && setup.step !== 'running') return;
    try {
      await runner.start({
        organizationId: setup.organization.id,
        credentials: await requireCredentials(conversation),
        selection: setup.selection,
        startedAt: setup.startedAt,
        intervalSeconds: deps.intervalSeconds,
      });
    } catch (error) {
      log.error('The sync cannot start', { error });
      void conversation.dispatch({ kind: 'stopped', fault: faultOf(error, clock.now()) }, 'bot');
    }
  }

  async function heard(event: SyncEvent): Promise<void> {
    switch (event.kind) {
      case 'initial-completed':
        await conversation.dispatch({ kind: 'initial-completed', summary: event.summary }, 'bot');
        return;
      case 'stopped':
        await conversation.dispatch({ kind: 'stopped', fault: event.fault }, 'bot');
        return;
      case 'progress':
        return await tellProgress(event.progress);
      case 'cycle-completed':
        await tellProgress(event.progress);
        return await tellWhatIsOwed();
      default:
        return assertNever(event);
    }
  }

  async function tellProgress(progress: SyncProgress): Promise<void> {
    const { setup } = await store.read();
    if (isStarted(setup)) notices.progress(setup, progress);
  }

  /** What was not told because the process ended in between, or Slack did not take it. */
  async function tellWhatIsOwed(): Promise<void> {
    const { setup, completionPosted, progressPost } = await store.read();
    if (setup.step === 'copying' && !progressPost) await tellInTurn(() => tell('tell-started'));
    if (setup.step === 'running' && !completionPosted) await tellInTurn(() => tell('tell-completed'));
  }

  const stopListening = runner.onEvent((event) => {
    heard(event).catch((error: unknown) =>
      log.error('An event of the sync was lost', { event: event.kind, error }),
    );
  });

  return {
    conversation,
    schemas,
    progress: () => runner.progress(),
    fieldsSaved: review.saved,
    cardFacts: () => ({ rows: schemas.rowsAtHand(), schemas: schemas.atHand(), ...review.facts() }),
    async start() {
      await startSync();
      void tellWhatIsOwed();
    },
    async stop() {
      stopListening();
      await runner.stop();
      await schemas.close();
    },
  };
}

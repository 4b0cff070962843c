import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { SealedBox } from '../lib/sealed-box.ts';
import type { ChartPoint } from '../model/chart.ts';
import type { SyncProgress } from '../model/progress.ts';
import type { Setup } from '../model/setup.ts';
import type { CardFacts } from '../notify/setup-card.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { CheckOptions, Dynamics } from '../ports/dynamics.ts';
import type { Notices } from '../ports/notices.ts';
import type { SyncRunner } from '../ports/sync-runner.ts';
import { type Conversation, createConversation, requireCredentials } from '../setup/conversation.ts';
import type { SetupEffect, SetupRules } from '../setup/event.ts';
import { createSchemaCache, type SchemaCache } from '../setup/schema-cache.ts';
import { createBacklogDiary } from './backlog-diary.ts';
import { createExpiryWatch } from './expiry-watch.ts';
import { createFieldsReview } from './fields-review.ts';
import { createLateNews } from './late-news.ts';
import { createSyncControl } from './sync-control.ts';
import { createTeller, isTelling } from './telling-effects.ts';

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
  rules: SetupRules;
}

/** The setup, the sync that follows from it, and what is known about Dynamics: everything but Slack. */
export interface Core {
  conversation: Conversation;
  schemas: SchemaCache;
  progress: () => SyncProgress | null;
  /** Null where the sync does not run. */
  askSync: SyncRunner['ask'];
  /** How many changes waited during the last day, by entity. */
  waiting: () => Readonly<Record<string, readonly ChartPoint[]>>;
  fieldsSaved: (before: Setup, after: Setup) => void;
  cardFacts: () => CardFacts;
  /** Goes on with what was under way when the process ended. */
  start(): Promise<void>;
  /** What was not told yet, because the process ended in between, or Slack did not take it. */
  tellWhatIsOwed(): void;
  stop(): Promise<void>;
}

/** The standard ones, and the custom ones that were added. */
function withAdded(standard: readonly string[], setup: Setup): readonly string[] {
  const selected = 'selection' in setup ? Object.keys(setup.selection) : [];
  return [...new Set([...standard, ...selected])];
}

export function openCore(deps: CoreDeps): Core {
  const { runner, notices, log } = deps;
  const conversation = createConversation({ ...deps, carryOut: (effect) => carryOut(effect) });
  const schemas = createSchemaCache({
    ...deps,
    credentials: () => requireCredentials(conversation),
    entities: async () => withAdded(deps.entities, (await deps.store.read()).setup),
  });
  const review = createFieldsReview({ schemas, changed: () => notices.setupChanged(), log });
  const teller = createTeller(deps, notices);
  const diary = createBacklogDiary(deps.clock);
  const late = createLateNews({ ...deps, schemas });
  runner.onEvent((event) => {
    if (!('progress' in event)) return;
    diary.note(event.progress);
    late
      .look(event.progress)
      .catch((error: unknown) => log.warn('It is not known what is to be told', { error }));
  });
  const sync = createSyncControl({ ...deps, conversation, teller });
  const expiry = createExpiryWatch({ ...deps, conversation });

  async function carryOut(effect: SetupEffect): Promise<void> {
    if (effect === 'store-credentials' || effect === 'drop-credentials') return schemas.clear();
    if (!isTelling(effect)) return await sync.carryOut(effect);
    // A pause or a start must not wait until Slack takes a message.
    void teller.tell(effect);
  }

  return {
    conversation,
    schemas,
    progress: () => runner.progress(),
    askSync: (request) => runner.ask(request),
    waiting: diary.byEntity,
    fieldsSaved: review.saved,
    cardFacts: () => ({
      ...deps.rules,
      rows: schemas.rowsAtHand(),
      schemas: schemas.atHand(),
      ...review.facts(),
    }),
    async start() {
      await sync.carryOut('start-sync');
      void teller.tellWhatIsOwed();
      expiry.start();
    },
    tellWhatIsOwed: () => void teller.tellWhatIsOwed(),
    async stop() {
      expiry.stop();
      teller.stop();
      await sync.stop();
      await schemas.close();
    },
  };
}

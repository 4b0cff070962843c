import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import type { SealedBox } from '../lib/sealed-box.ts';
import type { AuditAction, AuditEntry } from '../model/audit.ts';
import { allPassed } from '../model/check.ts';
import type { Credentials } from '../model/credentials.ts';
import { dueNotice, type SecretExpiry } from '../model/secret-expiry.ts';
import { isConfirmed } from '../model/setup.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';
import type { CheckOptions, CheckReport, Dynamics } from '../ports/dynamics.ts';
import { auditedAs, auditedDetails } from './audited.ts';
import type { Refusal, SetupEffect, SetupEvent, SetupRules } from './event.ts';
import { transition } from './transition.ts';
import { openCredentials, sealCredentials } from './vault.ts';

export interface ConversationDeps {
  store: ConnectionStore;
  dynamics: Pick<Dynamics, 'check'>;
  box: SealedBox;
  clock: Clock;
  log: Logger;
  rules: SetupRules;
  /** Names of the entities that must be readable. */
  entities: readonly string[];
  checkDestination: CheckOptions['checkDestination'];
  /** Carries out an effect; the document is on disk by then. Must bear being called again after a restart. */
  carryOut: (effect: SetupEffect, document: ConnectionDocument) => Promise<void>;
}

/** What came of an event: the document as it is now, and why nothing happened if so. */
export interface Outcome {
  document: ConnectionDocument;
  refused: Refusal | null;
}

export type CheckProgress = Pick<CheckOptions, 'onProgress' | 'signal'>;

/** The setup of the one connection, with everything it needs to be remembered and carried out. */
export interface Conversation {
  read(): Promise<ConnectionDocument>;
  /** Moves the setup, writes the history, then carries out what follows from it. `by`: who did it, or `bot`. */
  dispatch(event: SetupEvent, by: string): Promise<Outcome>;
  /** Checks credentials and, when they pass, takes them into the setup. `outcome` is null when they do not. */
  connect(
    credentials: Credentials,
    by: string,
    progress: CheckProgress,
  ): Promise<CheckReport & { outcome: Outcome | null }>;
  /** Checks credentials and stores nothing but that somebody did. */
  validate(credentials: Credentials, by: string, progress: CheckProgress): Promise<CheckReport>;
  /** The stored credentials; null before there are any. @throws AppError `seal-broken` */
  credentials(): Promise<Credentials | null>;
  /** Writes into the history what somebody tried and was not allowed to. */
  note(action: AuditAction, by: string, result: string, details?: Details): Promise<void>;
}

export function createConversation(deps: ConversationDeps): Conversation {
  const { store, box } = deps;
  const keeper = createHistory(deps);
  const check = createChecking(deps, keeper);
  return {
    read: () => store.read(),
    dispatch: (event, by) => dispatch(deps, keeper, { event, by, entered: null }),
    validate: check,
    note: keeper.note,
    async connect(credentials, by, progress) {
      const report = await check(credentials, by, progress);
      const { checks, organization } = report;
      if (!allPassed(checks) || !organization) return { ...report, outcome: null };
      const event = { kind: 'credentials-verified', organization, by, at: keeper.now() } as const;
      const entered = { sealed: sealCredentials(box, credentials), expiry: report.expiry };
      const outcome = await dispatch(deps, keeper, { event, by, entered });
      return { ...report, outcome };
    },
    async credentials() {
      const { sealedCredentials } = await store.read();
      return sealedCredentials === null ? null : openCredentials(box, sealedCredentials);
    },
  };
}

type Details = Readonly<Record<string, string>>;

interface HistoryKeeper {
  now(): string;
  entry(action: AuditAction, by: string, result: string, details?: Details): AuditEntry;
  note(action: AuditAction, by: string, result: string, details?: Details): Promise<void>;
}

function createHistory({ clock, store }: ConversationDeps): HistoryKeeper {
  const now = () => new Date(clock.now()).toISOString();
  const entry: HistoryKeeper['entry'] = (action, by, result, details) => ({
    at: now(),
    by,
    action,
    result,
    ...(details ? { details } : {}),
  });
  return {
    now,
    entry,
    async note(...what) {
      await store.update((document) => ({ document, audit: [entry(...what)] }));
    },
  };
}

/** Runs the checklist and leaves in the history that somebody did, and how it came out. */
function createChecking(deps: ConversationDeps, { note }: HistoryKeeper): Conversation['validate'] {
  const { store, dynamics, entities, checkDestination } = deps;
  return async (credentials, by, progress) => {
    const { setup } = await store.read();
    const lockedTo = isConfirmed(setup) ? setup.organization.id : null;
    const report = await dynamics.check(credentials, { entities, checkDestination, lockedTo, ...progress });
    const failed = report.checks.find((line) => line.outcome === 'failed');
    const result = failed?.outcome === 'failed' ? failed.fault.code : 'done';
    // Who, when, and how it came out: of what was tried nothing is kept, not even its address.
    await note('credentials.checked', by, result);
    return report;
  };
}

interface Dispatched {
  event: SetupEvent;
  by: string;
  /** The credentials that come with the event. */
  entered: Entered | null;
}

interface Entered {
  sealed: string;
  expiry: SecretExpiry | null;
}

async function dispatch(deps: ConversationDeps, keeper: HistoryKeeper, what: Dispatched): Promise<Outcome> {
  const { event, by, entered } = what;
  let refused: Refusal | null = null;
  let effects: readonly SetupEffect[] = [];
  const document = await deps.store.update((before) => {
    const made = transition(before.setup, event, deps.rules);
    refused = 'refused' in made ? made.refused : null;
    const details = auditedDetails(event, before.setup);
    const audit = [keeper.entry(auditedAs[event.kind], by, refused ?? 'done', details)];
    if ('refused' in made) return { document: before, audit };
    effects = made.effects;
    const next = { ...before, setup: made.state };
    return { document: applyEffects(next, effects, entered, deps.clock.now()), audit };
  });
  for (const effect of effects) {
    try {
      await deps.carryOut(effect, document);
    } catch (error) {
      // The move itself is done and on disk; what failed here is caught up with on the next start.
      deps.log.error('An effect of the setup failed', { effect, error });
    }
  }
  return { document, refused };
}

/** The effects that are a change of the document itself: they must be on disk together with the move. */
function applyEffects(
  document: ConnectionDocument,
  effects: readonly SetupEffect[],
  entered: Entered | null,
  now: number,
): ConnectionDocument {
  if (effects.includes('drop-credentials')) {
    return { ...document, sealedCredentials: null, secretExpiry: null, expiryTold: null };
  }
  if (effects.includes('store-credentials')) {
    if (!entered) throw new AppError('unexpected', 'No credentials to store', { recovery: 'stop' });
    const { sealed, expiry } = entered;
    // The checklist has just told whoever entered them how many days are left.
    const days = expiry && dueNotice(expiry, now);
    const expiryTold = expiry && days !== null ? { at: expiry.at, days } : null;
    return { ...document, sealedCredentials: sealed, secretExpiry: expiry, expiryTold };
  }
  return document;
}

/** What a stored connection cannot do without, e.g. to read schemas. @throws AppError when there are none */
export async function requireCredentials(
  conversation: Pick<Conversation, 'credentials'>,
): Promise<Credentials> {
  const credentials = await conversation.credentials();
  if (credentials) return credentials;
  throw new AppError('unexpected', 'There are no credentials yet', { recovery: 'ask-admin' });
}

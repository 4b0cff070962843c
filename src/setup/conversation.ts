import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import type { SealedBox } from '../lib/sealed-box.ts';
import type { AuditAction, AuditEntry } from '../model/audit.ts';
import { allPassed } from '../model/check.ts';
import type { Credentials } from '../model/credentials.ts';
import { isConfirmed } from '../model/setup.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';
import type { CheckOptions, CheckReport, Dynamics } from '../ports/dynamics.ts';
import type { Refusal, SetupEffect, SetupEvent } from './event.ts';
import { transition } from './transition.ts';
import { openCredentials, sealCredentials } from './vault.ts';

export interface ConversationDeps {
  store: ConnectionStore;
  dynamics: Pick<Dynamics, 'check'>;
  box: SealedBox;
  clock: Clock;
  log: Logger;
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
  note(action: AuditAction, by: string, result: string): Promise<void>;
}

export function createConversation(deps: ConversationDeps): Conversation {
  const { store, clock } = deps;
  const now = () => new Date(clock.now()).toISOString();
  const entry = (
    action: AuditAction,
    by: string,
    result: string,
    details?: Record<string, string>,
  ): AuditEntry => ({
    at: now(),
    by,
    action,
    result,
    ...(details ? { details } : {}),
  });

  async function dispatch(event: SetupEvent, by: string, sealed?: string): Promise<Outcome> {
    let refused: Refusal | null = null;
    let effects: readonly SetupEffect[] = [];
    const document = await store.update((before) => {
      const made = transition(before.setup, event);
      refused = 'refused' in made ? made.refused : null;
      const audit = [entry(auditedAs[event.kind], by, refused ?? 'done', detailsOf(event))];
      if ('refused' in made) return { document: before, audit };
      effects = made.effects;
      return { document: applyEffects({ ...before, setup: made.state }, effects, sealed), audit };
    });
    for (const effect of effects) await carryOut(effect, document);
    return { document, refused };
  }

  async function note(
    action: AuditAction,
    by: string,
    result: string,
    details?: Record<string, string>,
  ): Promise<void> {
    await store.update((document) => ({ document, audit: [entry(action, by, result, details)] }));
  }

  async function carryOut(effect: SetupEffect, document: ConnectionDocument): Promise<void> {
    try {
      await deps.carryOut(effect, document);
    } catch (error) {
      // The move itself is done and on disk; what failed here is caught up with on the next start.
      deps.log.error('An effect of the setup failed', { effect, error });
    }
  }

  async function check(
    credentials: Credentials,
    lockedTo: string | null,
    progress: CheckProgress,
  ): Promise<CheckReport> {
    const { entities, checkDestination } = deps;
    return await deps.dynamics.check(credentials, { entities, checkDestination, lockedTo, ...progress });
  }

  async function lockedOrganization(): Promise<string | null> {
    const { setup } = await store.read();
    return isConfirmed(setup) ? setup.organization.id : null;
  }

  async function checkAndNote(
    credentials: Credentials,
    by: string,
    progress: CheckProgress,
  ): Promise<CheckReport> {
    const report = await check(credentials, await lockedOrganization(), progress);
    const failed = report.checks.find((line) => line.outcome === 'failed');
    const result = failed?.outcome === 'failed' ? failed.fault.code : 'done';
    await note('credentials.checked', by, result, { url: credentials.address.origin });
    return report;
  }

  return {
    read: () => store.read(),
    dispatch: (event, by) => dispatch(event, by),
    validate: checkAndNote,
    async connect(credentials, by, progress) {
      const report = await checkAndNote(credentials, by, progress);
      if (!allPassed(report.checks) || !report.organization) return { ...report, outcome: null };
      const event = {
        kind: 'credentials-verified',
        organization: report.organization,
        by,
        at: now(),
      } as const;
      const outcome = await dispatch(event, by, sealCredentials(deps.box, credentials));
      return { ...report, outcome };
    },
    async credentials() {
      const { sealedCredentials } = await store.read();
      return sealedCredentials === null ? null : openCredentials(deps.box, sealedCredentials);
    },
    note,
  };
}

const auditedAs: Readonly<Record<SetupEvent['kind'], AuditAction>> = {
  'credentials-verified': 'credentials.stored',
  'organization-confirmed': 'organization.confirmed',
  'organization-changed': 'organization.changed',
  'fields-saved': 'fields.saved',
  'start-requested': 'start.requested',
  'start-cancelled': 'start.cancelled',
  'start-confirmed': 'start.confirmed',
  'initial-completed': 'initial.completed',
  paused: 'sync.paused',
  resumed: 'sync.resumed',
  stopped: 'sync.stopped',
};

function detailsOf(event: SetupEvent): Record<string, string> | undefined {
  if (event.kind === 'credentials-verified') return { organization: event.organization.friendlyName };
  if (event.kind === 'stopped') return { fault: event.fault.code };
  return undefined;
}

/** The effects that are a change of the document itself: they must be on disk together with the move. */
function applyEffects(
  document: ConnectionDocument,
  effects: readonly SetupEffect[],
  sealed?: string,
): ConnectionDocument {
  if (effects.includes('drop-credentials')) return { ...document, sealedCredentials: null };
  if (effects.includes('store-credentials')) {
    if (sealed === undefined)
      throw new AppError('unexpected', 'No credentials to store', { recovery: 'stop' });
    return { ...document, sealedCredentials: sealed };
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

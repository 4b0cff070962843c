import { assertNever } from '../lib/errors.ts';
import { needsCredentials } from '../model/fault.ts';
import { withPeriods } from '../model/fill-form.ts';
import {
  hasRows,
  isConfirmed,
  isStarted,
  type PauseReason,
  type Setup,
  type SetupAt,
} from '../model/setup.ts';
import {
  type EventOf,
  moves,
  type Refusal,
  type SetupEffect,
  type SetupEvent,
  type SetupRules,
} from './event.ts';

export type Move = { state: Setup; effects: readonly SetupEffect[] } | { refused: Refusal };

const refuse = (refused: Refusal): Move => ({ refused });
const move = (state: Setup, ...effects: SetupEffect[]): Move => ({ state, effects });

const oneAdmin: SetupRules = { secondAdmin: false };

/** The setup machine: what an event makes of a state. Pure; `moves` is its map, and it never leaves it. */
export function transition(state: Setup, event: SetupEvent, rules = oneAdmin): Move {
  const made = decide(state, event, rules);
  if ('refused' in made) return made;
  if (!moves[event.kind][state.step]?.includes(made.state.step)) {
    throw new Error(`The setup machine left its map: ${event.kind} took ${state.step} to ${made.state.step}`);
  }
  return made;
}

function decide(state: Setup, event: SetupEvent, rules: SetupRules): Move {
  switch (event.kind) {
    case 'credentials-verified':
      return verified(state, event);
    case 'organization-confirmed':
      return confirmed(state, event, rules);
    case 'organization-changed':
      return state.step === 'unconfirmed' ? move({ step: 'new' }, 'drop-credentials') : refuse('not-now');
    case 'fields-saved':
      return saved(state, event);
    case 'start-requested':
      return state.step === 'chosen' || state.step === 'requested'
        ? move({ ...state, step: 'requested', start: event.start })
        : refuse(isStarted(state) ? 'already' : 'not-now');
    case 'start-cancelled':
      return cancelled(state);
    case 'start-confirmed':
      return started(state, event);
    case 'initial-completed':
      return completed(state, event);
    case 'paused':
      return pause(state, { kind: 'admin', by: event.by, at: event.at }, 'stop-sync');
    case 'stopped':
      return pause(state, { kind: 'fault', fault: event.fault }, 'stop-sync', 'tell-stopped');
    case 'resumed':
      return resume(state);
    default:
      return assertNever(event);
  }
}

function verified(state: Setup, { organization, by, at }: EventOf<'credentials-verified'>): Move {
  if (state.step === 'new' || state.step === 'unconfirmed') {
    return move({ step: 'unconfirmed', organization, enteredBy: by }, 'store-credentials');
  }
  // By id, whatever the URL: a renamed organization is the same one, a copy of it is not.
  if (state.organization.id !== organization.id) return refuse('other-organization');
  const next = { ...state, organization, enteredBy: by };
  if (next.step === 'copying' || next.step === 'running') {
    // New credentials are never taken into use behind the admin's back: the sync goes on when it is resumed.
    const paused = pause(next, { kind: 'admin', by, at }, 'store-credentials', 'stop-sync');
    return paused;
  }
  // What had stopped it is mended: it waits for an admin, and not for the fault, from now on.
  if (next.step === 'paused' && next.reason.kind === 'fault' && needsCredentials(next.reason.fault.code)) {
    return move({ ...next, reason: { kind: 'admin', by, at } }, 'store-credentials');
  }
  return move(next, 'store-credentials');
}

function confirmed(
  state: Setup,
  { organizationId, by, at }: EventOf<'organization-confirmed'>,
  { secondAdmin }: SetupRules,
): Move {
  if (state.step === 'unconfirmed') {
    if (state.organization.id !== organizationId) return refuse('other-organization');
    if (secondAdmin && state.enteredBy === by) return refuse('same-admin');
    return move({ ...state, step: 'confirmed', confirmedBy: by, confirmedAt: at });
  }
  return refuse(isConfirmed(state) ? 'already' : 'not-now');
}

function saved(state: Setup, { ticked, at: selectedAt, ...event }: EventOf<'fields-saved'>): Move {
  const before = hasRows(state) ? state.selection : {};
  const selection = withPeriods(before, event.selection, { ticked: ticked ?? null, at: selectedAt });
  switch (state.step) {
    case 'confirmed':
    case 'chosen':
      return move({ ...state, step: 'chosen', selection, selectedAt });
    case 'requested': {
      // What was to be started is not what was reviewed any more.
      const { start: _, ...rest } = state;
      return move({ ...rest, step: 'chosen', selection, selectedAt });
    }
    case 'running':
      return move({ ...state, selection, selectedAt }, 'restart-sync');
    case 'paused':
      return move({ ...state, selection, selectedAt });
    default:
      return refuse('not-now');
  }
}

function cancelled(state: Setup): Move {
  if (state.step !== 'requested') return refuse(isStarted(state) ? 'already' : 'not-now');
  const { start: _, ...rest } = state;
  return move({ ...rest, step: 'chosen' });
}

function started(state: Setup, { by, at }: EventOf<'start-confirmed'>): Move {
  if (state.step === 'requested') {
    return move({ ...state, step: 'copying', startedBy: by, startedAt: at }, 'start-sync', 'tell-started');
  }
  return refuse(isStarted(state) ? 'already' : 'not-now');
}

function completed(state: Setup, { summary }: EventOf<'initial-completed'>): Move {
  if (state.step === 'copying')
    return move({ ...state, step: 'running', initial: summary }, 'tell-completed');
  return refuse(state.step === 'running' ? 'already' : 'not-now');
}

function pause(state: Setup, reason: PauseReason, ...effects: SetupEffect[]): Move {
  if (state.step === 'copying')
    return move({ ...state, step: 'paused', reason, resumeAs: 'copying' }, ...effects);
  if (state.step === 'running')
    return move({ ...state, step: 'paused', reason, resumeAs: 'running' }, ...effects);
  return refuse(state.step === 'paused' ? 'already' : 'not-now');
}

function resume(state: Setup): Move {
  if (state.step !== 'paused') return refuse(isStarted(state) ? 'already' : 'not-now');
  return move(unpause(state), 'start-sync');
}

function unpause(state: SetupAt<'paused'>): Setup {
  if (state.resumeAs === 'copying') {
    const { reason: _, resumeAs: __, ...rest } = state;
    return { ...rest, step: 'copying' };
  }
  const { reason: _, resumeAs: __, ...rest } = state;
  return { ...rest, step: 'running' };
}

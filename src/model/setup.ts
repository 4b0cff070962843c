import type { Fault } from './fault.ts';
import type { Organization } from './organization.ts';
import type { InitialSummary } from './progress.ts';
import type { Selection } from './selection.ts';

/** Where a message of the bot's stands in Slack. */
export interface MessageRef {
  channel: string;
  ts: string;
}

/** What was entered in the `start` modal. */
export interface StartRequest {
  notifyChannel: string;
  /** Null when nobody wants mail. */
  email: string | null;
  /** Slack user id of the admin who asked; named in the completion notice. */
  requestedBy: string;
}

/** Why the sync does not run: an admin paused it, or a fault that only a person can mend stopped it. */
export type PauseReason = { kind: 'admin'; by: string; at: string } | { kind: 'fault'; fault: Fault };

/** The steps of the setup, in their order. */
export const setupSteps = [
  'new',
  'unconfirmed',
  'confirmed',
  'chosen',
  'requested',
  'copying',
  'running',
  'paused',
] as const;

export type SetupStep = (typeof setupSteps)[number];

interface Known {
  organization: Organization;
  /** Slack user id of the admin whose credentials these are. */
  enteredBy: string;
}
interface Confirmed extends Known {
  confirmedBy: string;
  confirmedAt: string;
}
interface Chosen extends Confirmed {
  selection: Selection;
  /** When it was saved, ISO 8601; absent where an older version did. */
  selectedAt?: string;
}
interface Requested extends Chosen {
  start: StartRequest;
}
interface Started extends Requested {
  startedBy: string;
  startedAt: string;
}

/**
 * The setup of a connection.
 * - `new`: no credentials yet. `unconfirmed`: they work, the organization waits for its confirmation.
 * - `confirmed`: locked for good. `chosen`: fields are saved. `requested`: the start waits for its confirmation.
 * - `copying`: the initial sync runs. `running`: cycles run. `paused`: neither, until resumed as `resumeAs`.
 */
export type Setup =
  | { step: 'new' }
  | (Known & { step: 'unconfirmed' })
  | (Confirmed & { step: 'confirmed' })
  | (Chosen & { step: 'chosen' })
  | (Requested & { step: 'requested' })
  | (Started & { step: 'copying' })
  | (Started & { step: 'running'; initial: InitialSummary })
  | (Started & { step: 'paused'; reason: PauseReason; resumeAs: 'copying' })
  | (Started & { step: 'paused'; reason: PauseReason; resumeAs: 'running'; initial: InitialSummary });

export type SetupAt<Step extends SetupStep> = Extract<Setup, { step: Step }>;
export type ConfirmedSetup = Exclude<Setup, { step: 'new' | 'unconfirmed' }>;
export type StartedSetup = SetupAt<'copying' | 'running' | 'paused'>;

export function isConfirmed(setup: Setup): setup is ConfirmedSetup {
  return setup.step !== 'new' && setup.step !== 'unconfirmed';
}

export function isStarted(setup: Setup): setup is StartedSetup {
  return setup.step === 'copying' || setup.step === 'running' || setup.step === 'paused';
}

/** Whether the initial sync has been completed: what is ticked from then on is filled in. */
export function hasRows(setup: Setup): setup is Extract<Setup, { initial: InitialSummary }> {
  return setup.step === 'running' || (setup.step === 'paused' && setup.resumeAs === 'running');
}

/** The admins who have had a hand in it, the one who asked for the sync first, each once. */
export function involvedAdmins(setup: Setup): string[] {
  if (setup.step === 'new') return [];
  const started = isStarted(setup) ? [setup.start.requestedBy, setup.startedBy] : [];
  const confirmed = isConfirmed(setup) ? [setup.confirmedBy] : [];
  return [...new Set([...started, ...confirmed, setup.enteredBy])];
}

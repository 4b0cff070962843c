import type { Fault } from '../model/fault.ts';
import type { Ticked } from '../model/fill-form.ts';
import type { Organization } from '../model/organization.ts';
import type { InitialSummary } from '../model/progress.ts';
import type { Selection } from '../model/selection.ts';
import type { SetupStep, StartRequest } from '../model/setup.ts';

/** What can happen to a setup. `by` is a Slack user id, `at` ISO 8601. */
export type SetupEvent =
  /** The credentials passed every check; the organization is what Dynamics itself said. */
  | { kind: 'credentials-verified'; organization: Organization; by: string; at: string }
  | { kind: 'organization-confirmed'; organizationId: string; by: string; at: string }
  | { kind: 'organization-changed' }
  /** `ticked`: what has come is to be filled in for the rows of a period; absent: for all. */
  | { kind: 'fields-saved'; selection: Selection; at: string; ticked?: Ticked | undefined }
  | { kind: 'start-requested'; start: StartRequest }
  | { kind: 'start-cancelled' }
  | { kind: 'start-confirmed'; by: string; at: string }
  | { kind: 'initial-completed'; summary: InitialSummary }
  | { kind: 'paused'; by: string; at: string }
  | { kind: 'resumed' }
  /** The sync met a fault that only a person can mend. */
  | { kind: 'stopped'; fault: Fault };

export type SetupEventKind = SetupEvent['kind'];
export type EventOf<Kind extends SetupEventKind> = Extract<SetupEvent, { kind: Kind }>;

/** What has to be done outside after a move. */
export type SetupEffect =
  | 'store-credentials'
  | 'drop-credentials'
  | 'start-sync'
  | 'stop-sync'
  | 'restart-sync'
  | 'tell-started'
  | 'tell-completed'
  | 'tell-stopped';

/**
 * Why an event does nothing.
 * - `not-now`: it does not belong to this step. `already`: somebody was faster, the outcome is there.
 * - `other-organization`: it is about another organization than this setup.
 * - `same-admin`: it takes another admin than the one who entered the credentials.
 */
export type Refusal = 'not-now' | 'already' | 'other-organization' | 'same-admin';

/** What the operator has decided about the setup. */
export interface SetupRules {
  /** Whether the organization is confirmed by another admin than the one who entered the credentials. */
  secondAdmin: boolean;
}

/** From which step an event may lead to which. What is missing here is refused. */
export const moves: Readonly<Record<SetupEventKind, Partial<Record<SetupStep, readonly SetupStep[]>>>> = {
  'credentials-verified': {
    new: ['unconfirmed'],
    unconfirmed: ['unconfirmed'],
    confirmed: ['confirmed'],
    chosen: ['chosen'],
    requested: ['requested'],
    copying: ['paused'],
    running: ['paused'],
    paused: ['paused'],
  },
  'organization-confirmed': { unconfirmed: ['confirmed'] },
  'organization-changed': { unconfirmed: ['new'] },
  'fields-saved': {
    confirmed: ['chosen'],
    chosen: ['chosen'],
    requested: ['chosen'],
    running: ['running'],
    paused: ['paused'],
  },
  'start-requested': { chosen: ['requested'], requested: ['requested'] },
  'start-cancelled': { requested: ['chosen'] },
  'start-confirmed': { requested: ['copying'] },
  'initial-completed': { copying: ['running'] },
  paused: { copying: ['paused'], running: ['paused'] },
  resumed: { paused: ['copying', 'running'] },
  stopped: { copying: ['paused'], running: ['paused'] },
};

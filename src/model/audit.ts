/** One thing somebody did or tried: who, what, when, how it came out. Never what they typed. */
export interface AuditEntry {
  /** ISO 8601. */
  at: string;
  /** Slack user id, or `bot` for what happened by itself. */
  by: string;
  action: AuditAction;
  /** `done`, or the code of why not, e.g. `not-admin`, `secret-wrong`. */
  result: string;
  /** Short values for the reader, e.g. the organization's name. No secrets. */
  details?: Readonly<Record<string, string>>;
}

/**
 * The detail of `fields.saved` with the period, as JSON, for whose rows the fields are filled in. The others are called
 * like entities, in whose names there is no dot.
 */
export const auditedPeriod = 'fields.period';

export const auditActions = [
  'credentials.checked',
  'credentials.stored',
  'organization.confirmed',
  'organization.changed',
  'fields.saved',
  'start.requested',
  'start.cancelled',
  'start.confirmed',
  'initial.completed',
  'sync.paused',
  'sync.resumed',
  'sync.stopped',
  'deletes.applied',
  'errors.exported',
  'errors.retried',
  'subscription.added',
  'subscription.removed',
  'access.asked',
  'access.allowed',
  'access.declined',
  'access.withdrawn',
  'access.refused',
] as const;

/** What everybody may know; who entered which credentials is for admins, in the history. */
export const publicActions: readonly AuditAction[] = [
  'organization.confirmed',
  'fields.saved',
  'start.confirmed',
  'initial.completed',
  'sync.paused',
  'sync.resumed',
  'sync.stopped',
  'deletes.applied',
];

export type AuditAction = (typeof auditActions)[number];

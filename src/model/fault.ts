import { toAppError } from '../lib/errors.ts';

/** Every fault a person can meet, each with a text in both languages. */
export const faultCodes = [
  // On the way to the organization
  'host-unknown',
  'connection-failed',
  'tls-untrusted',
  'timed-out',
  'not-dynamics',
  'foreign-link',
  'answer-malformed',
  // Signing in
  'secret-wrong',
  'secret-is-id',
  'secret-expired',
  'app-unknown',
  'tenant-unknown',
  'tenant-malformed',
  'cloud-wrong',
  'organization-not-in-tenant',
  'consent-missing',
  'sign-in-blocked',
  'sign-in-throttled',
  'sign-in-failed',
  'token-refused',
  // In Dynamics
  'user-missing',
  'user-disabled',
  'user-mismatch',
  'role-missing',
  'privilege-missing',
  'application-blocked',
  'administration-mode',
  'organization-disabled',
  'organization-other',
  'change-tracking-off',
  'throttled',
  'server-failed',
  'delta-expired',
  'field-unknown',
  'entity-unknown',
  'request-refused',
  // At home
  'destination-foreign',
  'destination-unwritable',
  'seal-broken',
  'unexpected',
] as const;

export type FaultCode = (typeof faultCodes)[number];

/** A fault as it is kept and shown: no stack, no secret. */
export interface Fault {
  code: FaultCode;
  /** Values for the text, e.g. `{ entity: 'lead', privilege: 'prvReadLead' }`. */
  details: Readonly<Record<string, string>>;
  /** What support asks for: the other side's own code, its request id, when. ISO 8601. */
  original?: string;
  requestId?: string;
  at: string;
}

export function isFaultCode(code: string): code is FaultCode {
  return (faultCodes as readonly string[]).includes(code);
}

/**
 * Anything thrown, as a fault. The details `original`, `requestId` and `at` of an `AppError` move to their own
 * places.
 * @param now milliseconds; used where the error does not say when it happened.
 */
export function faultOf(thrown: unknown, now: number): Fault {
  const { code, details } = toAppError(thrown);
  const { original, requestId, at, ...rest } = details;
  return {
    code: isFaultCode(code) ? code : 'unexpected',
    details: rest,
    ...(original ? { original } : {}),
    ...(requestId ? { requestId } : {}),
    at: at ?? new Date(now).toISOString(),
  };
}

import { toAppError } from '../lib/errors.ts';

/** Every fault a person can meet, each with a text in both languages. */
export const faultCodes = [
  // On the way to the organization
  'host-unknown',
  'dns-failed',
  'connection-failed',
  'tls-untrusted',
  'tls-dates',
  'tls-wrong-host',
  'tls-failed',
  'timed-out',
  'not-dynamics',
  'foreign-link',
  'answer-malformed',
  // Signing in
  'secret-wrong',
  'secret-is-id',
  'secret-expired',
  'secret-expiring',
  'certificate-unknown',
  'certificate-expired',
  'certificate-unusable',
  'clock-wrong',
  'reference-refused',
  'reference-missing',
  'reference-unreadable',
  'app-unknown',
  'app-disabled',
  'app-not-installed',
  'tenant-unknown',
  'tenant-malformed',
  'cloud-wrong',
  'organization-not-in-tenant',
  'consent-missing',
  'service-missing',
  'sign-in-blocked',
  'account-unknown',
  'account-locked',
  'account-disabled',
  'sign-in-throttled',
  'sign-in-unavailable',
  'sign-in-failed',
  'token-empty',
  'not-entra',
  'token-refused',
  // In Dynamics
  'user-missing',
  'user-disabled',
  'user-mismatch',
  'role-missing',
  'privilege-missing',
  'privilege-unclear',
  'access-denied',
  'application-blocked',
  'location-blocked',
  'tenant-restricted',
  'administration-mode',
  'organization-disabled',
  'organization-other',
  'change-tracking-off',
  'filter-unusable',
  'marketo-user-unset',
  'marketo-user-other',
  'throttled',
  'server-failed',
  'delta-expired',
  'field-unknown',
  'entity-unknown',
  'request-refused',
  // At home
  'destination-foreign',
  'destination-unwritable',
  'state-unwritable',
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

/** Faults that other credentials may mend. */
const credentialFaults: readonly FaultCode[] = [
  'secret-wrong',
  'secret-is-id',
  'secret-expired',
  'secret-expiring',
  'certificate-unknown',
  'certificate-expired',
  'certificate-unusable',
  'reference-refused',
  'reference-missing',
  'reference-unreadable',
  'app-unknown',
  'app-disabled',
  'app-not-installed',
  'tenant-unknown',
  'tenant-malformed',
  'cloud-wrong',
  'organization-not-in-tenant',
  'sign-in-failed',
  'token-refused',
  'user-missing',
  'user-mismatch',
  'organization-other',
  'seal-broken',
];

export function needsCredentials(code: FaultCode): boolean {
  return credentialFaults.includes(code);
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

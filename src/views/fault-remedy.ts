import type { FaultCode } from '../model/fault.ts';

/** Faults that other credentials may mend. */
const credentialFaults: readonly FaultCode[] = [
  'secret-wrong',
  'secret-is-id',
  'secret-expired',
  'app-unknown',
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

export const needsCredentials = (code: FaultCode): boolean => credentialFaults.includes(code);

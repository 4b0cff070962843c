import type { Fault } from './fault.ts';

/** The checklist of a validation, in the order in which it is shown. */
export const checkIds = [
  'url',
  'sign-in',
  'secret-expiry',
  'user',
  'organization',
  'access',
  'change-tracking',
  'filter',
  'marketo',
  'destination',
] as const;

export type CheckId = (typeof checkIds)[number];

/** What a line has found out that is worth a word, or why it could not. */
export type CheckNote =
  | { kind: 'expires'; holds: 'secret' | 'certificate'; at: string }
  /** `not-permitted`: Microsoft Graph says no; `not-asked`: it is not known where to ask. */
  | { kind: 'expiry-unknown'; reason: 'not-permitted' | 'not-asked' | 'not-found' }
  /** Names of entities with and without `new_synctomkto`. */
  | { kind: 'filter'; present: readonly string[]; absent: readonly string[] }
  | { kind: 'not-installed' }
  | { kind: 'installed'; version: string }
  | { kind: 'not-readable' };

/**
 * One line of the checklist. `warned` passes with a remark (its fault says which). `unread`: could not be found
 * out, which is not held against anybody. `skipped`: not reached, because an earlier check failed.
 */
export type Check =
  | { id: CheckId; outcome: 'pending' | 'running' | 'skipped' }
  | { id: CheckId; outcome: 'passed'; note?: CheckNote }
  | { id: CheckId; outcome: 'unread'; note: CheckNote }
  | { id: CheckId; outcome: 'warned' | 'failed'; fault: Fault };

const good: readonly Check['outcome'][] = ['passed', 'warned', 'unread'];

export function allPassed(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => good.includes(outcome));
}

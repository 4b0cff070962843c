import type { Fault } from './fault.ts';

/** The checklist of a validation, in the order in which it is worked through. */
export const checkIds = [
  'url',
  'sign-in',
  'user',
  'organization',
  'access',
  'change-tracking',
  'destination',
] as const;

export type CheckId = (typeof checkIds)[number];

/**
 * One line of the checklist. `warned` passes with a remark (its fault says which). `skipped`: not reached,
 * because an earlier check failed.
 */
export type Check =
  | { id: CheckId; outcome: 'pending' | 'running' | 'passed' | 'skipped' }
  | { id: CheckId; outcome: 'warned' | 'failed'; fault: Fault };

export function allPassed(checks: readonly Check[]): boolean {
  return checks.every(({ outcome }) => outcome === 'passed' || outcome === 'warned');
}

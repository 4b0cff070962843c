/** When what the application signs in with ends. */
export interface SecretExpiry {
  holds: 'secret' | 'certificate';
  /** ISO 8601. */
  at: string;
}

/** How many days before the end admins are told. */
const noticeDays = [1, 7, 30] as const;
const dayMs = 86_400_000;

/**
 * Which of the notices is due: the one with the fewest days that the time left does not exceed.
 * @returns null when none is yet, or the end is past: then the sync has stopped, and says so itself.
 */
export function dueNotice({ at }: SecretExpiry, now: number): number | null {
  const left = Date.parse(at) - now;
  if (!(left > 0)) return null;
  return noticeDays.find((days) => left <= days * dayMs) ?? null;
}

/** Whole days until the end, never less than none. */
export function daysLeft({ at }: SecretExpiry, now: number): number {
  return Math.max(0, Math.floor((Date.parse(at) - now) / dayMs));
}

/** The longest window of the limits is five minutes: who asks for more is asked again sooner. */
const longestMs = 10 * 60_000;

/**
 * The `Retry-After` header in milliseconds: seconds, or a date (RFC 9110, "Retry-After").
 * @returns undefined when it is missing or not to be read.
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  const text = value?.trim() ?? '';
  if (/^\d+(\.\d+)?$/.test(text)) return Math.min(longestMs, Number(text) * 1000);
  const date = text === '' ? Number.NaN : Date.parse(text);
  return Number.isNaN(date) ? undefined : Math.min(longestMs, Math.max(0, date - now));
}

/** What a channel is told: what goes wrong, a summary every day, or both and what admins do besides. */
export const subscriptionKinds = ['problems', 'daily', 'all'] as const;
export type SubscriptionKind = (typeof subscriptionKinds)[number];

export interface Subscription {
  channel: string;
  kind: SubscriptionKind;
  /** Slack user id of who subscribed it; told when the channel takes no posts any more. */
  by: string;
  /** ISO 8601. */
  at: string;
  /** IANA name: the summary comes in the morning of whoever subscribed. */
  timeZone: string;
  /** The day of the last summary in that zone, `YYYY-MM-DD`. */
  lastDaily: string;
  /** Up to when it has been told what admins do, ISO 8601. */
  lastAct: string;
  /** Whether whoever subscribed has been told that the channel takes no posts. */
  isBroken: boolean;
}

export const wantsProblems = ({ kind }: Subscription): boolean => kind !== 'daily';
export const wantsSummary = ({ kind }: Subscription): boolean => kind !== 'problems';
export const wantsActs = ({ kind }: Subscription): boolean => kind === 'all';

/** The day it is there, `YYYY-MM-DD`, and the hour, 0 to 23. A zone Slack made up counts as UTC. */
export function localTime(now: number, timeZone: string): { day: string; hour: number } {
  const parts = formatterFor(timeZone).formatToParts(new Date(now));
  const part = (type: string) => parts.find((one) => one.type === type)?.value ?? '';
  return { day: `${part('year')}-${part('month')}-${part('day')}`, hour: Number(part('hour')) };
}

function formatterFor(timeZone: string): Intl.DateTimeFormat {
  const options = {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    hourCycle: 'h23',
  } as const;
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

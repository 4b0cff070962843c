import { z } from 'zod';
import type { EntitySchema } from './entity.ts';

/** The columns by which rows can be of a period: when they were created, or last updated. */
export const periodColumns = ['createdon', 'modifiedon'] as const;
export type PeriodColumn = (typeof periodColumns)[number];

/** Days of somebody's calendar, the last one included. */
export interface Period {
  by: PeriodColumn;
  /** `YYYY-MM-DD`. */
  from: string;
  /** The last day; null: no end. */
  to: string | null;
  /** IANA name: where these days begin and end. */
  timeZone: string;
}

/** The same as instants, ISO 8601 in whole seconds, as Dataverse has them. */
export interface PeriodBounds {
  by: PeriodColumn;
  /** Included. */
  from: string;
  /** Not included; null: no end. */
  before: string | null;
}

/** For which rows a field that was ticked later is filled in, and when that was saved, ISO 8601. */
export interface TickedPeriod {
  period: Period;
  at: string;
}

const day = z.iso.date();
export const periodSchema: z.ZodType<Period> = z.object({
  by: z.enum(periodColumns),
  from: day,
  to: day.nullable(),
  timeZone: z.string(),
});

/** Null where it is not one. */
export function parsePeriod(text: string): Period | null {
  try {
    return periodSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** The columns of a table by which its rows can be of a period. */
export const periodColumnsOf = ({ fields }: Pick<EntitySchema, 'fields'>): PeriodColumn[] =>
  periodColumns.filter((column) => fields.some(({ name, type }) => name === column && type === 'DateTime'));

export function boundsOf({ by, from, to, timeZone }: Period): PeriodBounds {
  const before = to === null ? null : startOfDay(to, timeZone, 1);
  return { by, from: startOfDay(from, timeZone, 0), before };
}

const dayMs = 86_400_000;

/** When a day begins there, or one some days later. A zone Slack made up counts as UTC. */
function startOfDay(day: string, timeZone: string, later: number): string {
  const midnight = Date.parse(`${day}T00:00:00Z`) + later * dayMs;
  const local = localClock(timeZone);
  const first = midnight - (local(midnight) - midnight);
  const second = midnight - (local(first) - first);
  // The clocks may be turned in between; a midnight that is left out begins after the gap.
  const start = local(second) === midnight ? second : Math.max(first, second);
  return new Date(start).toISOString().replace('.000Z', 'Z');
}

/** What the clocks show at an instant, as if that were UTC. */
function localClock(timeZone: string): (at: number) => number {
  const format = formatterOf(timeZone);
  return (at) => {
    const parts = new Map(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
    const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
    const date = Date.UTC(part('year'), part('month') - 1, part('day'));
    return date + ((part('hour') * 60 + part('minute')) * 60 + part('second')) * 1000;
  };
}

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const number = '2-digit';
  const options: Intl.DateTimeFormatOptions = {
    ...{ year: 'numeric', month: number, day: number, hour: number, minute: number, second: number },
    hourCycle: 'h23',
  };
  try {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone });
  } catch {
    return new Intl.DateTimeFormat('en-US', { ...options, timeZone: 'UTC' });
  }
}

/** Times as the chosen person sees them: in their language and their time zone. */
import type { SandboxUser } from '../../slack/page-api.ts';
import type { Words } from '../texts/en.ts';

type Styles = Record<string, Intl.DateTimeFormatOptions>;

const STYLES: Styles = {
  '{date_num}': { year: 'numeric', month: '2-digit', day: '2-digit' },
  '{date_slash}': { year: 'numeric', month: '2-digit', day: '2-digit' },
  '{date}': { year: 'numeric', month: 'long', day: 'numeric' },
  '{date_long}': { weekday: 'long', year: 'numeric', month: 'long', day: 'numeric' },
  '{date_short}': { year: 'numeric', month: 'short', day: 'numeric' },
  '{time}': { hour: 'numeric', minute: '2-digit' },
  '{time_secs}': { hour: 'numeric', minute: '2-digit', second: '2-digit' },
};

export function formatMoment(epoch: number, style: Intl.DateTimeFormatOptions, user: SandboxUser): string {
  return new Intl.DateTimeFormat(user.locale, { ...style, timeZone: user.tz }).format(epoch * 1000);
}

/** Slack's date format, e.g. `{date_short_pretty} at {time}`. */
export function formatDate(epoch: number, format: string, user: SandboxUser, words: Words): string {
  return format.replace(/\{[a-z_]+\}/g, (token) => {
    if (token === '{ago}') return formatAgo(epoch, user);
    const pretty = token.endsWith('_pretty}');
    const style = STYLES[pretty ? token.replace('_pretty', '') : token];
    if (!style) return token;
    return (pretty ? prettyDay(epoch, user, words) : null) ?? formatMoment(epoch, style, user);
  });
}

function formatAgo(epoch: number, user: SandboxUser): string {
  const seconds = Math.round(epoch - Date.now() / 1000);
  const format = new Intl.RelativeTimeFormat(user.locale, { numeric: 'auto' });
  const size = Math.abs(seconds);
  if (size < 60) return format.format(seconds, 'second');
  if (size < 3600) return format.format(Math.round(seconds / 60), 'minute');
  if (size < 86_400) return format.format(Math.round(seconds / 3600), 'hour');
  return format.format(Math.round(seconds / 86_400), 'day');
}

/** The calendar day, e.g. `2026-11-23`, in the person's time zone. */
export function dayOf(epoch: number, user: SandboxUser): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: user.tz }).format(epoch * 1000);
}

/** Today or yesterday in words, else null. */
export function prettyDay(epoch: number, user: SandboxUser, words: Words): string | null {
  const now = Date.now() / 1000;
  const day = dayOf(epoch, user);
  if (day === dayOf(now, user)) return words.today;
  return day === dayOf(now - 86_400, user) ? words.yesterday : null;
}

export function clockTime(epoch: number, user: SandboxUser): string {
  return formatMoment(epoch, { hour: 'numeric', minute: '2-digit' }, user);
}

/** Of a day divider or a thread's summary. */
export function dayName(epoch: number, user: SandboxUser, words: Words): string {
  const pretty = prettyDay(epoch, user, words);
  return pretty ?? formatMoment(epoch, { weekday: 'long', month: 'long', day: 'numeric' }, user);
}

import { type AuditEntry, auditedPeriod } from '../model/audit.ts';
import { isFaultCode } from '../model/fault.ts';
import { parsePeriod } from '../model/period.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, header, lineSections, section } from './blocks.ts';
import { entityName } from './entity-name.ts';
import { periodText } from './fill.ts';
import { shorten } from './limits.ts';
import { channelMention, dateText, escapeText, userMention } from './markup.ts';
import { type Message, message } from './message.ts';
import { command, words } from './names.ts';

const shownEntries = 100;
const detailLength = 60;

function resultOf(t: Texts, result: string): string | null {
  if (result === 'done') return null;
  if (isFaultCode(result)) return t.history.failed(t.faults[result].cause({}));
  return t.history.results[result] ?? t.history.failed(escapeText(shorten(result, detailLength)));
}

/** People as mentions, faults by their cause, what was tried by its word; everything else as it stands. */
function detailOf(t: Texts, { action }: AuditEntry, key: string, value: string): string {
  if (key === auditedPeriod) return periodDetail(t, value);
  if (action === 'fields.saved')
    return t.entities.line(escapeText(entityName(t, key)), escapeText(shorten(value, detailLength)));
  if (key === 'user') return userMention(value);
  if (key === 'channel') return channelMention(t, value);
  if (key === 'kind') return kindText(t, value);
  if (key === 'entity') return escapeText(shorten(entityName(t, value), detailLength));
  if (key === 'id') return `\`${escapeText(shorten(value, detailLength))}\``;
  if (key === 'rows') return t.errors.rows(Number(value));
  if (key === 'stored') return t.completion.stored(Number(value));
  if (key === 'failed') return t.completion.failed(Number(value));
  if (key === 'tried') return `\`${escapeText(shorten(triedName(t, value), detailLength))}\``;
  return isFaultCode(value) ? t.faults[value].cause({}) : escapeText(shorten(value, detailLength));
}

/** For which rows fields were filled in. */
function periodDetail(t: Texts, value: string): string {
  const period = parsePeriod(value);
  return period ? t.fill.only(periodText(t, period)) : escapeText(shorten(value, detailLength));
}

/** What a channel is told. */
const kindText = (t: Texts, kind: string): string =>
  (t.subscriptions.kinds as Readonly<Record<string, string>>)[kind] ?? escapeText(kind);

/** What somebody tried, as it is called where they saw it: a button by its label, a word with its command. */
function triedName(t: Texts, name: string): string {
  const label: string | undefined = (t.buttons as Readonly<Record<string, string>>)[name];
  return label ?? (Object.hasOwn(words, name) ? `${command} ${name}` : name);
}

/** One entry: when, who did what, and how it came out. */
export function entryLine(t: Texts, entry: AuditEntry): string {
  const who = entry.by === 'bot' ? t.history.bot : userMention(entry.by);
  const details = Object.entries(entry.details ?? {})
    .filter(([key, value]) => !(key === 'user' && value === entry.by))
    .map(([key, value]) => detailOf(t, entry, key, value));
  const result = resultOf(t, entry.result);
  const parts = [
    dateText(t, entry.at),
    `${who} ${t.history.actions[entry.action]}`,
    ...(details.length > 0 ? [details.join(t.entities.separator)] : []),
    ...(result ? [result] : []),
  ];
  return parts.join(' · ');
}

/** Who did what, when, and how it came out; the newest first, as given. */
export function historyMessage(t: Texts, { entries }: { entries: readonly AuditEntry[] }): Message {
  if (entries.length === 0) return message(t.history.none, [section(t.history.none)]);
  const shown = entries.slice(0, shownEntries);
  return message(t.history.summary(shown.length), [
    header(t.history.header),
    ...lineSections(shown.map((entry) => entryLine(t, entry))),
    ...(entries.length > shown.length ? [context(t.history.older)] : []),
  ]);
}

import type { AuditEntry } from '../model/audit.ts';
import { isFaultCode } from '../model/fault.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, header, lineSections, section } from './blocks.ts';
import { shorten } from './limits.ts';
import { dateText, escapeText, userMention } from './markup.ts';
import { type Message, message } from './message.ts';

const shownEntries = 100;
const detailLength = 60;

function resultOf(t: Texts, result: string): string | null {
  if (result === 'done') return null;
  if (isFaultCode(result)) return t.history.failed(t.faults[result].cause({}));
  return t.history.results[result] ?? t.history.failed(escapeText(shorten(result, detailLength)));
}

const detailOf = (t: Texts, value: string): string =>
  isFaultCode(value) ? t.faults[value].cause({}) : escapeText(shorten(value, detailLength));

function entryLine(t: Texts, entry: AuditEntry): string {
  const who = entry.by === 'bot' ? t.history.bot : userMention(entry.by);
  const details = Object.values(entry.details ?? {}).map((value) => detailOf(t, value));
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

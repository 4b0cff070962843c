import type { Refresh } from '../model/refresh.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, header, lineSections } from './blocks.ts';
import { entityName, fieldName, type Schemas } from './entity-name.ts';
import { periodText } from './fill.ts';
import { shorten } from './limits.ts';
import { bulletLines, escapeText, someOf } from './markup.ts';
import { type Message, message } from './message.ts';

const shownFields = 10;
const nameLength = 60;

/** The reply in the thread of the initial sync when fields have been fetched for the rows that were there. */
export function fieldsRefreshed(
  t: Texts,
  { refreshes, schemas }: { refreshes: readonly Refresh[]; schemas: Schemas },
): Message {
  const words = t.refreshed;
  const lines = refreshes.map((refresh) => lineOf(t, refresh, schemas));
  return message([words.header, ...lines].join('\n'), [
    header(words.header),
    ...lineSections([bulletLines(lines)]),
    context(words.note),
    ...(refreshes.some(({ period }) => period) ? [context(t.fill.rest)] : []),
  ]);
}

function lineOf(t: Texts, refresh: Refresh, schemas: Schemas): string {
  const { entity, fields, period, stored, startedAt, endedAt } = refresh;
  const names = fields.map((field) => escapeText(shorten(fieldName(t, entity, field, schemas), nameLength)));
  const seconds = (Date.parse(endedAt ?? startedAt) - Date.parse(startedAt)) / 1000;
  const parts = [
    someOf(t, names, shownFields),
    ...(period ? [t.fill.only(periodText(t, period))] : []),
    t.completion.stored(stored),
    t.refreshed.duration(t.format.elapsed(Math.max(1, seconds))),
  ];
  return t.entities.line(escapeText(entityName(t, entity, schemas)), parts.join(t.entities.separator));
}

import type { Condition } from '../model/condition.ts';
import { isFaultCode } from '../model/fault.ts';
import { parsePeriod } from '../model/period.ts';
import type { Texts } from '../texts/catalogue.ts';
import { entityName, fieldName, type Schemas } from './entity-name.ts';
import { waitCause } from './fault.ts';
import { periodText } from './fill.ts';
import { shorten } from './limits.ts';
import { dateText, escapeText, someOf } from './markup.ts';

const shownFields = 5;
const nameLength = 60;

const safe = (name: string): string => escapeText(shorten(name, nameLength));

/** What people must know of, in a sentence. Slack markup. */
export function conditionText(t: Texts, condition: Condition, schemas: Schemas = []): string {
  const { kind, entity = '', details } = condition;
  const words = t.conditions;
  const name = safe(entityName(t, entity, schemas));
  const since = dateText(t, condition.since);
  switch (kind) {
    case 'throttled':
      return words.throttled(since);
    case 'waiting':
      return words.waiting(causeOf(t, details.code ?? ''), since);
    case 'entity-gone':
      return words['entity-gone'](name);
    case 'deletes-held':
      return words['deletes-held'](name, Number(details.deletes ?? 0), Number(details.rows ?? 0));
    case 'rereading':
      return words.rereading(name, reasonOf(t, details.reason));
    case 'refreshing':
      return refreshingText(t, name, condition, fieldList(t, entity, details.fields ?? '', schemas));
    case 'type-changed':
      return words['type-changed'](name, changedFields(t, condition, schemas));
    default:
      return words[kind](name, fieldList(t, entity, details.fields ?? '', schemas));
  }
}

function refreshingText(t: Texts, name: string, { details }: Condition, fields: string): string {
  const words = t.conditions;
  const read = Number(details.read ?? 0);
  const period = parsePeriod(details.period ?? '');
  if (period) return words.refreshingPeriod(name, fields, periodText(t, period), read);
  return words.refreshing(name, fields, read, details.rows === undefined ? null : Number(details.rows));
}

export const conditionLines = (t: Texts, conditions: readonly Condition[], schemas?: Schemas): string[] =>
  conditions.map((condition) => `${signOf(condition)} ${conditionText(t, condition, schemas)}`);

/** What is merely under way is no warning. */
const signOf = ({ kind }: Condition): string => (kind === 'refreshing' || kind === 'rereading' ? '⏳' : '⚠️');

const causeOf = (t: Texts, code: string): string =>
  isFaultCode(code) ? waitCause(t, { code, details: {} }) : '';

/** Why a table is read again; empty where it is not known. */
export function reasonOf(t: Texts, reason = ''): string {
  const reasons: Readonly<Record<string, string>> = t.conditions.reasons;
  return reasons[reason] ?? '';
}

const partsOf = (list = ''): string[] =>
  list
    .split(',')
    .map((part) => part.trim())
    .filter(Boolean);

function fieldList(t: Texts, entity: string, fields: string, schemas: Schemas): string {
  const names = partsOf(fields).map((field) => safe(fieldName(t, entity, field, schemas)));
  return someOf(t, names, shownFields);
}

function changedFields(t: Texts, { entity = '', details }: Condition, schemas: Schemas): string {
  const types = partsOf(details.types);
  const names = partsOf(details.fields).map(
    (field, index) => safe(fieldName(t, entity, field, schemas)) + typeChange(t, types[index]),
  );
  return someOf(t, names, shownFields);
}

/** @param types the stored one and the new one, with a blank between; empty where they are not known. */
export function typeChange(t: Texts, types = ''): string {
  const names: Readonly<Record<string, string>> = t.fields.types;
  const [stored, now] = types.split(' ').map((type) => names[type]);
  return stored && now ? ` (${stored} → ${now})` : '';
}

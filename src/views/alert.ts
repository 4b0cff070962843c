import type { KnownBlock } from '@slack/types';
import type { Alert, AlertKind, Cause } from '../model/alert.ts';
import { isFaultCode } from '../model/fault.ts';
import type { Setup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { applyButton, buttonBlocks } from './alert-buttons.ts';
import { button, context, header, lineSections, section } from './blocks.ts';
import { reasonOf, typeChange } from './condition.ts';
import { entityName } from './entity-name.ts';
import { waitCause } from './fault.ts';
import { shorten } from './limits.ts';
import { dateText, escapeText, sentences, someOf } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';
import { stoppedNotice } from './notice.ts';

export interface AlertInput {
  alert: Alert;
  setup: Setup;
}

const shownCauses = 20;
const shownInHome = 5;
const shownFields = 20;
const nameLength = 80;

/** What people must know of, what it means, and the button that helps. */
export function alertMessage(t: Texts, { alert, setup }: AlertInput): Message {
  const { kind } = alert;
  if (kind === 'stopped') return stopMessage(t, alert, setup);
  const words = t.alerts;
  return message(sentences(t, `${words.headers[kind]}:`, words.texts[kind]), [
    header(words.headers[kind]),
    ...alertBlocks(t, kind, alert, shownCauses),
    ...buttonBlocks(t, kind, setup, button(buttons.statusRefresh, t.buttons.statusShow)),
  ]);
}

/** The same where the status stands beside it, and other things: a little shorter. A stop is told by that. */
export function alertInHome(t: Texts, { alert, setup }: AlertInput, isAdmin: boolean): KnownBlock[] {
  const { kind } = alert;
  if (kind === 'stopped') return [];
  return [
    header(`${kind === 'rereading' ? '⏳' : '⚠️'} ${t.alerts.headers[kind]}`),
    ...alertBlocks(t, kind, alert, shownInHome, isAdmin),
    ...(isAdmin ? buttonBlocks(t, kind, setup) : []),
  ];
}

function alertBlocks(
  t: Texts,
  kind: Exclude<AlertKind, 'stopped'>,
  alert: Alert,
  most: number,
  withButtons = true,
): KnownBlock[] {
  const { texts, fixes, typeProposal } = t.alerts;
  const fix = fixes[kind];
  return [
    section(texts[kind]),
    ...causeBlocks(t, alert, most, withButtons),
    ...(fix ? [section(fix)] : []),
    ...(alert.causes.some((cause) => cause.kind === 'type-changed') ? [section(typeProposal)] : []),
  ];
}

/** By the time it is written, the sync may have been resumed: then the fault is known by its code only. */
function stopMessage(t: Texts, alert: Alert, setup: Setup): Message {
  if (setup.step === 'paused' && setup.reason.kind === 'fault') {
    return stoppedNotice(t, { fault: setup.reason.fault, organization: setup.organization });
  }
  return message(t.alerts.headers.stopped, [header(t.alerts.headers.stopped), ...causeBlocks(t, alert)]);
}

/** A word in the thread: what has come to an alert since. */
export function alertChanged(t: Texts, { alert, setup }: AlertInput): Message {
  if (alert.kind === 'stopped') return stopMessage(t, alert, setup);
  const lines = causeLines(t, alert).map((line) => `• ${line}`);
  return message(sentences(t, t.alerts.also, ...lines), lineSections([`*${t.alerts.also}*`, ...lines]));
}

/** The alert itself once it is over: what it was, without buttons. */
export function overMessage(t: Texts, { alert, at }: { alert: Alert; at: string }): Message {
  const { headers, overSince } = t.alerts;
  return message(`${headers[alert.kind]} · ${overSince(dateText(t, at))}`, [
    header(headers[alert.kind]),
    ...lineSections(causeLines(t, alert).map((line) => `• ${line}`)),
    context(overSince(dateText(t, at))),
  ]);
}

/** A word in the thread when it is over. */
export function alertOver(t: Texts, kind: AlertKind): Message {
  const text = t.alerts.over[kind];
  return message(text, [section(text)]);
}

function causeBlocks(t: Texts, alert: Alert, most = shownCauses, withButtons = true): KnownBlock[] {
  const { kind, causes } = alert;
  if (kind !== 'deletes-held' || !withButtons) {
    return lineSections(causeLines(t, alert, most).map((line) => `• ${line}`));
  }
  const over = causes.length - most;
  return [
    ...causes.slice(0, most).map((cause) => ({
      ...section(`*${causeLine(t, cause)}*`),
      accessory: applyButton(t, cause.entity ?? ''),
    })),
    ...(over > 0 ? [context(t.entities.more(over))] : []),
  ];
}

function causeLines(t: Texts, { causes, kind }: Alert, most = shownCauses): string[] {
  // That Dynamics slows down one table or another says nothing to anybody.
  if (kind === 'throttled') return [];
  const over = causes.length - most;
  const why = kind === 'no-success' ? waitText(t, causes[0]?.details.code) : '';
  return [
    ...causes.slice(0, most).map((cause) => causeLine(t, cause)),
    ...(over > 0 ? [t.entities.more(over)] : []),
    why,
  ].filter((line) => line !== '');
}

/** What it is about in a line; empty where there is nothing to say. */
function causeLine(t: Texts, { kind, entity, details }: Cause): string {
  const words = t.alerts.causes;
  const name = escapeText(shorten(entityName(t, entity ?? ''), nameLength));
  const fields = () => fieldNames(t, details.fields ?? '', details.types);
  switch (kind) {
    case 'deletes-held':
      return words['deletes-held'](name, Number(details.deletes ?? 0), Number(details.rows ?? 0));
    case 'fields-gone':
      return words['fields-gone'](name, fields());
    case 'entity-gone':
      return words['entity-gone'](name);
    case 'type-changed':
      return words['type-changed'](name, fields());
    case 'no-success':
      return words['no-success'](name, dateText(t, details.since ?? ''));
    case 'rereading':
      return words.rereading(name, reasonOf(t, details.reason));
    case 'waiting':
      return words.waiting(name, dateText(t, details.since ?? ''));
    case 'link-expiring':
      return details.isOver
        ? words.expired(name)
        : words['link-expiring'](name, dateText(t, details.expires ?? ''));
    case 'stopped':
      return faultText(t, details.code);
    default:
      return '';
  }
}

const waitText = (t: Texts, code = ''): string =>
  isFaultCode(code) ? waitCause(t, { code, details: {} }) : '';

const faultText = (t: Texts, code = ''): string => (isFaultCode(code) ? t.faults[code].cause({}) : '');

function fieldNames(t: Texts, fields: string, types = ''): string {
  const changes = types.split(', ');
  const names = fields
    .split(',')
    .map(
      (field, index) =>
        `\`${escapeText(shorten(field.trim(), nameLength))}\`${typeChange(t, changes[index])}`,
    );
  return someOf(t, names, shownFields);
}

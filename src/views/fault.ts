import type { KnownBlock } from '@slack/types';
import type { Fault } from '../model/fault.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, section } from './blocks.ts';
import { entityName } from './entity-name.ts';
import { shorten } from './limits.ts';
import { dateText, escapeText, sentences } from './markup.ts';
import { type Message, message } from './message.ts';

export interface FaultWords {
  cause: string;
  remedy: string;
  /** What support asks for: codes, request, time. */
  support: string;
}

const detailLength = 200;

/** A fault in words, fit for Slack's markup. */
export function describeFault(t: Texts, fault: Fault): FaultWords {
  return { ...wordsOf(t, fault), support: supportLine(t, fault) };
}

function wordsOf(t: Texts, fault: Pick<Fault, 'code' | 'details'>): Omit<FaultWords, 'support'> {
  const details = Object.fromEntries(
    Object.entries(fault.details).map(([key, value]) => [key, escapeText(shorten(value, detailLength))]),
  );
  if (fault.details.entity) details.entity = entityNames(t, fault.details.entity);
  if (fault.details.expiresAt) details.date = dateText(t, fault.details.expiresAt);
  const { cause, remedy } = t.faults[fault.code];
  return { cause: cause(details), remedy: remedy(details) };
}

/** Why something waits that has worked before: then the address is not what is wrong. */
export function waitCause(t: Texts, fault: Pick<Fault, 'code' | 'details'>): string {
  return fault.code === 'not-dynamics' ? t.conditions.interposed : wordsOf(t, fault).cause;
}

/** A fault names one table, or several with commas between them. */
function entityNames(t: Texts, entities: string): string {
  const names = entities.split(', ').map((entity) => entityName(t, entity));
  return escapeText(shorten(names.join(t.entities.separator), detailLength));
}

function supportLine(t: Texts, fault: Fault): string {
  const parts = [
    `\`${fault.code}\``,
    ...(fault.original
      ? [`\`${escapeText(shorten(fault.original, detailLength)).replace(/`/g, "'")}\``]
      : []),
    ...(fault.requestId ? [escapeText(t.checklist.requestId(shorten(fault.requestId, detailLength)))] : []),
    dateText(t, fault.at),
  ];
  return `${t.checklist.support}: ${parts.join(' · ')}`;
}

export function faultBlocks(t: Texts, fault: Fault): KnownBlock[] {
  const { cause, remedy, support } = describeFault(t, fault);
  return [section(`*${cause}*\n${remedy}`), context(support)];
}

/** What went wrong while answering. */
export function faultMessage(t: Texts, fault: Fault): Message {
  const { cause, remedy } = describeFault(t, fault);
  return message(sentences(t, cause, remedy), faultBlocks(t, fault));
}

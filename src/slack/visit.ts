import { randomUUID } from 'node:crypto';
import type { RespondFn } from '@slack/bolt';
import type { WebClient } from '@slack/web-api';
import type { Logger } from '../lib/log.ts';
import { type Fault, faultOf } from '../model/fault.ts';
import type { Person } from '../model/person.ts';
import type { MessageRef } from '../model/setup.ts';
import { type Texts, textsFor } from '../texts/catalogue.ts';
import { faultMessage } from '../views/fault.ts';
import type { Message } from '../views/message.ts';
import { refusal } from '../views/notice.ts';
import type { Bot } from './bot.ts';

/** One thing somebody did in Slack, and the way to answer them. */
export interface Visit {
  person: Person;
  t: Texts;
  /** Where it was done; null in a modal or the app's home. */
  channel: string | null;
  /** Opens a modal, once, within three seconds; null for what was merely written. */
  triggerId: string | null;
  /** The message whose button was pressed. */
  message: MessageRef | null;
  /** Of a pressed button. */
  value: string;
  /** Answers this person alone. */
  answer(message: Message): Promise<void>;
}

export interface VisitSource {
  userId: string;
  channel: string | null;
  triggerId: string | null;
  message?: MessageRef | null;
  value?: string;
  respond?: RespondFn | null;
  /** In a direct message with the bot an ordinary message is private already. */
  direct?: boolean;
}

export async function openVisit(bot: Bot, source: VisitSource): Promise<Visit> {
  const person = await bot.people.find(source.userId);
  const { channel, triggerId, message = null, value = '' } = source;
  return {
    person,
    t: textsFor(person.language),
    channel,
    triggerId,
    message,
    value,
    answer: (reply) => answer(bot.clients.background, source, reply),
  };
}

async function answer(client: WebClient, source: VisitSource, { text, blocks }: Message): Promise<void> {
  const { channel, userId, respond, direct } = source;
  if (respond) {
    await respond({ text, blocks, response_type: 'ephemeral', replace_original: false });
    return;
  }
  const isDirect = direct || channel === null || channel.startsWith('D');
  if (!isDirect) {
    try {
      await client.chat.postEphemeral({ channel, user: userId, text, blocks });
      return;
    } catch {
      // The bot is not in that channel, or the person has left it: the direct message always works.
    }
  }
  await client.chat.postMessage({ channel: direct && channel ? channel : userId, text, blocks });
}

/** Refuses privately, names who can help, and leaves it in the history. */
export async function refuse(bot: Bot, visit: Visit): Promise<void> {
  await bot.conversation.note('access.refused', visit.person.id, 'not-admin');
  await visit.answer(refusal(visit.t, { adminIds: await bot.people.adminIds() }));
}

/**
 * Runs what answers a visit. Whatever goes wrong, the person hears of it, with a reference that finds the line
 * in the log, and never sees more than a text.
 */
export async function answering(bot: Bot, visit: Visit, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    const fault = nameFault(bot.log, error, bot.clock.now());
    await visit.answer(faultMessage(visit.t, fault));
  }
}

/** A fault with a reference where it has no request id of its own; logged under it. */
export function nameFault(log: Logger, error: unknown, now: number): Fault {
  const fault = faultOf(error, now);
  const requestId = fault.requestId ?? randomUUID().slice(0, 8);
  log.error('A request of a person failed', { reference: requestId, code: fault.code, error });
  return { ...fault, requestId };
}

import { randomUUID } from 'node:crypto';
import type { RespondFn } from '@slack/bolt';
import { WebAPIPlatformError } from '@slack/web-api';
import type { Logger } from '../lib/log.ts';
import { type Fault, faultOf } from '../model/fault.ts';
import type { Person } from '../model/person.ts';
import type { MessageRef } from '../model/setup.ts';
import { type Texts, textsFor } from '../texts/catalogue.ts';
import { faultMessage } from '../views/fault.ts';
import { hasPicture, hasTable, type Message, withoutPictures } from '../views/message.ts';
import { noticeMessage } from '../views/notice.ts';
import { withoutTables } from '../views/table.ts';
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
  /** Of a pressed button or a chosen option. */
  value: string;
  /** In the app's home, which shows by itself what has changed. */
  isHome: boolean;
  /** By which the event is known again in which it was said; null for everything else. */
  event: string | null;
  /** Answers this person alone. */
  answer(message: Message): Promise<void>;
  /** Shows something else in the place of the message that was acted on, where that can be. */
  renew(message: Message): Promise<void>;
}

export interface VisitSource {
  userId: string;
  channel: string | null;
  triggerId: string | null;
  message?: MessageRef | null;
  value?: string;
  isHome?: boolean;
  event?: string | null;
  respond?: RespondFn | null;
  /** In a direct message with the bot an ordinary message is private already. */
  direct?: boolean;
  /** The thread in which it was said. */
  threadTs?: string | undefined;
}

export async function openVisit(bot: Bot, source: VisitSource): Promise<Visit> {
  const person = await bot.people.find(source.userId);
  const { channel, triggerId, message = null, value = '', isHome = false, event = null } = source;
  return {
    person,
    t: textsFor(person.language),
    channel,
    triggerId,
    message,
    value,
    isHome,
    event,
    answer: (reply) => answer(bot, source, reply),
    renew: (shown) => renew(bot, source, shown),
  };
}

/** The old one is out of date, which harms nobody: a failure is not worth an answer. */
async function renew(bot: Bot, { respond, userId }: VisitSource, { text, blocks }: Message): Promise<void> {
  try {
    if (respond) await assertTaken(await respond({ text, blocks, replace_original: true }));
  } catch (error) {
    bot.log.debug('A message could not be renewed', { user: userId, error });
  }
}

/** One way after the other until one works: an answer that nobody gets is a bot that does nothing. */
async function answer(bot: Bot, source: VisitSource, message: Message): Promise<void> {
  if (hasPicture(message)) {
    const [quickest] = waysToAnswer(bot, source, message);
    // Slack takes a picture only when it has looked at the file, which takes it a moment.
    if (quickest && (await tryInTurn(bot, source, [quickest, afterAWhile(bot, quickest)]))) return;
    bot.statusPicture.notShown();
  }
  const plain = withoutPictures(message);
  const ways = [
    ...waysToAnswer(bot, source, plain),
    // A Slack that does not know tables takes the same in lines.
    ...(hasTable(plain) ? waysToAnswer(bot, source, withoutTables(plain)) : []),
  ];
  if (!(await tryInTurn(bot, source, ways)))
    bot.log.error('A person could not be answered', { user: source.userId });
}

/** Whether one of them has worked. */
async function tryInTurn(
  bot: Bot,
  { userId }: VisitSource,
  ways: readonly (() => Promise<unknown>)[],
): Promise<boolean> {
  for (const way of ways) {
    try {
      await way();
      return true;
    } catch (error) {
      bot.log.debug('An answer took another way', { user: userId, error });
    }
  }
  return false;
}

const afterAWhile = (bot: Bot, way: () => Promise<unknown>) => async () => {
  await bot.clock.sleep(1_500);
  await way();
};

/** Slack also refuses with a status of success, and only the body says so. */
async function assertTaken(answer: Awaited<ReturnType<RespondFn>>): Promise<void> {
  const body = await answer.text().catch(() => '');
  if (/"ok":\s*false/.test(body)) throw new Error(`Slack did not take the answer: ${body.slice(0, 200)}`);
}

function waysToAnswer(
  bot: Bot,
  { channel, userId, respond, direct, threadTs }: VisitSource,
  { text, blocks }: Message,
): (() => Promise<unknown>)[] {
  const { interactive, background } = bot.clients;
  const isDirect = direct || channel === null || channel.startsWith('D');
  const there = channel && isDirect ? channel : userId;
  const thread = threadTs === undefined ? {} : { thread_ts: threadTs };
  return [
    respond &&
      (async () =>
        assertTaken(await respond({ text, blocks, response_type: 'ephemeral', replace_original: false }))),
    channel &&
      !isDirect &&
      (() => interactive.chat.postEphemeral({ channel, user: userId, text, blocks, ...thread })),
    () => interactive.chat.postMessage({ channel: there, text, blocks, ...(isDirect ? thread : {}) }),
    // The last one is patient: it waits for rate limits and retries.
    () => background.chat.postMessage({ channel: userId, text, blocks }),
  ].filter((way) => typeof way === 'function');
}

/**
 * Runs what answers a visit. Whatever goes wrong, the person hears of it, with a reference that finds the line
 * in the log, and never sees more than a text.
 */
export async function answering(bot: Bot, visit: Visit, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (isTooLate(error)) {
      bot.log.warn('A modal could not be opened in time', { user: visit.person.id, error });
      return await visit.answer(noticeMessage(visit.t, 'tooLate'));
    }
    const fault = nameFault(bot.log, error, bot.clock.now());
    await visit.answer(faultMessage(visit.t, fault));
  }
}

/** Slack opens a modal within three seconds of the click, and once. */
const isTooLate = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && /trigger/.test(error.data.error);

/** A fault with a reference where it has no request id of its own; logged under it. */
export function nameFault(log: Logger, error: unknown, now: number): Fault {
  const fault = faultOf(error, now);
  const requestId = fault.requestId ?? randomUUID().slice(0, 8);
  log.error('A request of a person failed', { reference: requestId, code: fault.code, error });
  return { ...fault, requestId };
}

import { WebAPIPlatformError } from '@slack/web-api';
import type { SubscriptionKind } from '../../model/subscription.ts';
import { textMessage } from '../../views/message.ts';
import { subscribedPost, subscriptionProblem } from '../../views/subscription.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';

const kinds: Readonly<Record<string, SubscriptionKind>> = {
  '': 'problems',
  problems: 'problems',
  問題: 'problems',
  daily: 'daily',
  毎日: 'daily',
  all: 'all',
  すべて: 'all',
  全て: 'all',
};

/** `/dynamics subscribe`: a first post in the channel shows that it takes posts, and only then does it count. */
export async function subscribe(bot: Bot, visit: Visit, rest = ''): Promise<void> {
  const { channel, person, t } = visit;
  const kind = kinds[rest.trim()];
  if (!kind) return await visit.answer(textMessage(t.subscriptions.usage));
  if (!channel) return await visit.answer(textMessage(t.subscriptions.noChannel));
  if (await bot.desk.isExternal(channel)) return await visit.answer(textMessage(t.subscriptions.external));
  const wanted = { channel, kind, by: person.id, timeZone: person.timeZone };
  try {
    const isNew = await bot.subscriptions.add(wanted, () =>
      bot.desk.post(channel, (to) => subscribedPost(to, { kind, by: person.id })),
    );
    if (!isNew) await visit.answer(textMessage(t.subscriptions.already(t.subscriptions.kinds[kind])));
  } catch (error) {
    if (!(error instanceof WebAPIPlatformError)) throw error;
    await visit.answer(subscriptionProblem(t, { channel, reason: error.data.error }));
  }
}

/** `/dynamics unsubscribe` */
export async function unsubscribe(bot: Bot, visit: Visit): Promise<void> {
  const { channel, person, t } = visit;
  const done = channel ? await bot.subscriptions.remove(channel, person.id) : false;
  await visit.answer(textMessage(done ? t.subscriptions.ended : t.subscriptions.none));
}

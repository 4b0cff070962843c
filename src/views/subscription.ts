import type { SubscriptionKind } from '../model/subscription.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, section } from './blocks.ts';
import { channelMention, sentences, userMention } from './markup.ts';
import { type Message, message } from './message.ts';

/** The first post in a channel that was subscribed: what it gets from now on, who wanted it, how it ends. */
export function subscribedPost(t: Texts, { kind, by }: { kind: SubscriptionKind; by: string }): Message {
  const words = t.subscriptions;
  const text = words.begun(words.kinds[kind]);
  return message(text, [section(text), context(words.by(userMention(by)), words.howToEnd)]);
}

/** Why a channel cannot be subscribed, or gets nothing any more, and what helps. */
export function subscriptionProblem(
  t: Texts,
  { channel, reason }: { channel: string; reason: string },
): Message {
  const { problems } = t.subscriptions;
  const known = (problems as Readonly<Record<string, (channel: string) => string>>)[reason];
  const text = (known ?? problems.other)(channelMention(t, channel));
  return message(text, [section(text)]);
}

/** Tells whoever subscribed a channel that it takes no posts any more, and what helps. */
export function brokenSubscription(t: Texts, input: { channel: string; reason: string }): Message {
  const { text } = subscriptionProblem(t, input);
  const broken = t.subscriptions.broken(channelMention(t, input.channel));
  return message(sentences(t, broken, text), [section(`${broken}\n${text}`)]);
}

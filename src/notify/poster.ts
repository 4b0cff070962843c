import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Logger } from '../lib/log.ts';
import type { Language } from '../model/person.ts';
import type { MessageRef } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { textsFor } from '../texts/catalogue.ts';
import type { Message } from '../views/message.ts';
import type { ReaderFinder } from './readers.ts';
import { isRefusal } from './refusal.ts';

/** A message that is built when it is known who reads it. */
export type Written = (t: Texts, language: Language) => Message;

/** Posts and edits messages, each in its reader's language. */
export interface Poster {
  /** @param channel a conversation, or a user id for a direct message. */
  post(channel: string, written: Written, threadTs?: string): Promise<MessageRef>;
  /** Whether people of other companies read along there. */
  isExternal(channel: string): Promise<boolean>;
  /**
   * `gone`: there is no such message any more; `refused`: it is there and cannot be edited.
   * @throws where Slack takes nothing at the moment: it may take it later
   */
  edit(ref: MessageRef, written: Written): Promise<'edited' | 'gone' | 'refused'>;
  /**
   * Posts in the first of the conversations that takes it and is internal; null when none does.
   * @param isUrgent somebody waits for it: one that takes nothing at the moment is passed over, too.
   * @throws where Slack takes nothing at the moment: it may take it there later
   */
  postFirst(channels: readonly string[], written: Written, isUrgent?: boolean): Promise<MessageRef | null>;
}

/** What `chat.update` answers when there is nothing to edit. */
const goneReasons = ['message_not_found', 'channel_not_found', 'is_archived', 'not_in_channel'];

export function createPoster(client: WebClient, readers: ReaderFinder, log: Logger): Poster {
  async function write(channel: string, written: Written) {
    const { language } = await readers.of(channel);
    return { ...written(textsFor(language), language), unfurl_links: false, unfurl_media: false };
  }

  async function post(channel: string, written: Written, threadTs?: string): Promise<MessageRef> {
    const message = await write(channel, written);
    const thread = threadTs ? { thread_ts: threadTs } : {};
    const answer = await client.chat.postMessage({ channel, ...message, ...thread });
    // Of a direct message by user id this is the D… id, which edits need.
    return { channel: answer.channel ?? channel, ts: answer.ts ?? '' };
  }

  return {
    post,
    isExternal: async (channel) => (await readers.of(channel)).isExternal,
    async edit(ref, written) {
      try {
        const { text, blocks } = await write(ref.channel, written);
        await client.chat.update({ channel: ref.channel, ts: ref.ts, text, blocks });
        return 'edited';
      } catch (error) {
        if (!isRefusal(error)) throw error;
        log.info('A message cannot be edited', { ...ref, reason: error.data.error });
        return goneReasons.includes(error.data.error) ? 'gone' : 'refused';
      }
    },
    async postFirst(channels, written, isUrgent = false) {
      for (const channel of channels) {
        try {
          if (!(await readers.of(channel)).isExternal) return await post(channel, written);
          log.info('A message was kept out of a channel shared with another company', { channel });
        } catch (error) {
          if (!isRefusal(error) && !(isUrgent && error instanceof WebAPIPlatformError)) throw error;
          log.warn('A message cannot be posted', { channel, reason: error.data.error });
        }
      }
      return null;
    },
  };
}

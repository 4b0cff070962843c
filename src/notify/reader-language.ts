import type { WebClient } from '@slack/web-api';
import type { Logger } from '../lib/log.ts';
import { type Language, languageOf } from '../model/person.ts';

/** In which language a conversation is written to: a channel's own, in a direct message the person's. */
export type ReaderLanguage = (channel: string) => Promise<Language>;

/**
 * Asked anew for each post ("Localization" in Slack's app design guide), because both can be changed at any
 * time; posts are rare enough.
 */
export function createReaderLanguage(client: WebClient, log: Logger): ReaderLanguage {
  async function ofPerson(user: string): Promise<Language> {
    const answer = await client.users.info({ user, include_locale: true });
    return languageOf(answer.user?.locale);
  }
  return async (channel) => {
    try {
      if (/^[UW]/.test(channel)) return await ofPerson(channel);
      const answer = await client.conversations.info({ channel, include_locale: true });
      const channelInfo: { locale?: string; is_im?: boolean; user?: string } = answer.channel ?? {};
      const { locale, is_im: isDirect, user } = channelInfo;
      return isDirect && user ? await ofPerson(user) : languageOf(locale);
    } catch (error) {
      log.debug('Slack did not say the language of a conversation', { channel, error });
      return 'en';
    }
  };
}

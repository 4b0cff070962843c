import { WebAPIHTTPError, WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Logger } from '../lib/log.ts';
import { type Language, languageOf } from '../model/person.ts';

/** Who reads a conversation. */
export interface Readers {
  /** A channel's own language, in a direct message the person's. */
  language: Language;
  /** Whether people of other companies read along: then the organization's data has no place there. */
  isExternal: boolean;
}

export interface ReaderFinder {
  /** @param channel a conversation, or a user id for the direct message with them. */
  of(channel: string): Promise<Readers>;
}

/** What somebody has chosen to read in the app's home; undefined: the language of their Slack. */
export type ChosenLanguage = (user: string) => Promise<Language | undefined>;

const unknown: Readers = { language: 'en', isExternal: false };

const isUnknownMethod = (error: unknown): boolean =>
  (error instanceof WebAPIPlatformError && error.data.error === 'unknown_method') ||
  (error instanceof WebAPIHTTPError && error.statusCode === 404);

/**
 * Asked anew for each post ("Localization" in Slack's app design guide), because both can be changed at any
 * time; posts are rare enough.
 */
export function createReaderFinder(client: WebClient, log: Logger, chosen: ChosenLanguage): ReaderFinder {
  async function localeOf(user: string): Promise<string | undefined> {
    return (await client.users.info({ user, include_locale: true })).user?.locale;
  }
  async function ofPerson(user: string): Promise<Readers> {
    const language = (await chosen(user)) ?? languageOf(await localeOf(user));
    return { language, isExternal: false };
  }
  /** A Slack that does not know the question, as some that are simulated, is not asked again for each post. */
  let isAsked = true;
  return {
    async of(channel) {
      try {
        if (/^[UW]/.test(channel)) return await ofPerson(channel);
        if (!isAsked) return unknown;
        const answer = await client.conversations.info({ channel, include_locale: true });
        const found: { locale?: string; is_im?: boolean; is_ext_shared?: boolean; user?: string } =
          answer.channel ?? {};
        if (found.is_im && found.user) return await ofPerson(found.user);
        return { language: languageOf(found.locale), isExternal: found.is_ext_shared === true };
      } catch (error) {
        log.debug('Slack did not say who reads a conversation', { channel, error });
        if (isUnknownMethod(error)) isAsked = false;
        return unknown;
      }
    },
  };
}

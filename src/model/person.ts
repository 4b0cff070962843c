/** The languages of the bot. */
export type Language = 'en' | 'ja';

/** Slack's locale, e.g. `ja-JP`, as the language the bot speaks to its owner. */
export function languageOf(locale: string | undefined): Language {
  return locale?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

/** Somebody in Slack, as far as the bot needs to know them. */
export interface Person {
  id: string;
  /** False while Slack does not say who they are: they may do nothing, which is no refusal. */
  isKnown: boolean;
  /** Of another company, seen in a shared channel: told who can help, and nothing else. */
  isOutsider: boolean;
  isAdmin: boolean;
  /** Whether an admin can allow them what admins may do: never a guest, a bot, or somebody of another company. */
  canBeAllowed: boolean;
  language: Language;
  /** IANA name, e.g. `Asia/Tokyo`. */
  timeZone: string;
}

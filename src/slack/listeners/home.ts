import type { Language } from '../../model/person.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';

/** The language somebody chose in the app's home; anything else than one of ours is the one of their Slack. */
export async function chooseLanguage(bot: Bot, { person, value }: Visit): Promise<void> {
  const chosen: Language | null = value === 'en' || value === 'ja' ? value : null;
  await bot.store.update((document) => {
    const { [person.id]: _, ...others } = document.languages;
    return { document: { ...document, languages: chosen ? { ...others, [person.id]: chosen } : others } };
  });
}

import { english } from './en/catalogue.ts';
import { japanese } from './ja/catalogue.ts';

export type Language = 'en' | 'ja';

/** Every sentence a person reads, in one language. English defines what there is to say. */
export type Texts = typeof english & { language: Language };

const catalogues: Record<Language, Texts> = {
  en: { language: 'en', ...english },
  ja: { language: 'ja', ...japanese },
};

export function textsFor(language: Language): Texts {
  return catalogues[language];
}

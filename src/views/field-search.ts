import type { PlainTextOption } from '@slack/types';
import { defaultMapping } from '../model/default-mapping.ts';
import { type EntitySchema, type Field, labelOf } from '../model/entity.ts';
import { selectableFields } from '../model/selection.ts';
import type { Texts } from '../texts/catalogue.ts';
import { fieldOption, fitsOption } from './field-option.ts';
import { limits } from './limits.ts';

const hiragana = /[\u3041-\u3096]/g;

/** Case, width and the two Japanese syllabaries make no difference. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(hiragana, (kana) => String.fromCharCode(kana.charCodeAt(0) + 0x60));

/** How well a text fits a word: 0 it is it, 1 begins like it, 2 a word of it does, 3 it is somewhere in it, 4 not at all. */
function distance(text: string, word: string): number {
  if (text === word) return 0;
  if (text.startsWith(word)) return 1;
  if (text.split(/[\s_:()/-]+/).some((part) => part.startsWith(word))) return 2;
  return text.includes(word) ? 3 : 4;
}

const notAtAll = 4;

/** The worst of the words sought counts: each must be met in a label or in the logical name. */
function rankOf(field: Field, sought: readonly string[]): number {
  const texts = [field.label.en, field.label.ja ?? '', field.name].map(fold);
  const ranks = sought.map((word) => Math.min(...texts.map((text) => distance(text, word))));
  return Math.max(0, ...ranks);
}

/**
 * The answer to typing into `fields.<entity>`: by label in either language and by logical name. What fits best comes
 * first, of that what is synced by default, then by label.
 */
export function fieldOptions(t: Texts, schema: EntitySchema, query: string): PlainTextOption[] {
  const phrase = fold(query).trim();
  const words = phrase.split(/\s+/).filter(Boolean);
  const collator = new Intl.Collator(t.language, { numeric: true, ignorePunctuation: true });
  const mapped = new Set((defaultMapping[schema.name] ?? []).map(([name]) => name));
  return selectableFields(schema)
    .filter(fitsOption)
    .map((field) => ({
      field,
      label: labelOf(field, t.language),
      rank: Math.min(rankOf(field, phrase === '' ? [] : [phrase]), rankOf(field, words)),
      isDefault: mapped.has(field.name),
    }))
    .filter(({ rank }) => rank < notAtAll)
    .sort(
      (a, b) =>
        a.rank - b.rank ||
        Number(b.isDefault) - Number(a.isDefault) ||
        collator.compare(a.label, b.label) ||
        (a.field.name < b.field.name ? -1 : 1),
    )
    .slice(0, limits.options)
    .map(({ field }) => fieldOption(t, field));
}

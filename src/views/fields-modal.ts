import type { ModalView, PlainTextOption } from '@slack/types';
import { type EntitySchema, type Field, labelOf } from '../model/entity.ts';
import { defaultSelection, hasFilterField, type Selection, selectableFields } from '../model/selection.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, section } from './blocks.ts';
import { fieldOption, fitsOption } from './field-option.ts';
import { entityBlocks, shownFields } from './fields-blocks.ts';
import { limits } from './limits.ts';
import { modal } from './modal.ts';
import { modals } from './names.ts';

export interface FieldsModalInput {
  schemas: readonly EntitySchema[];
  /** An entity that is missing gets its defaults. */
  selection: Selection;
  metadata: string;
}

/** Which fields of which entity are synced, and whether its filter is on. */
export function fieldsModal(t: Texts, { schemas, selection, metadata }: FieldsModalInput): ModalView {
  const words = t.fields;
  const chosen = (schema: EntitySchema) => selection[schema.name] ?? defaultSelection(schema);
  const options = schemas.reduce((sum, schema) => sum + shownFields(schema, chosen(schema)).length, 0);
  const filterable = schemas.some(hasFilterField);
  return modal({
    callbackId: modals.fields,
    title: words.title,
    close: t.credentials.cancel,
    metadata,
    ...(schemas.length > 0 ? { submit: words.submit } : {}),
    blocks: [
      section(schemas.length > 0 ? words.intro : words.nothing),
      ...schemas.flatMap((schema) => entityBlocks(t, schema, chosen(schema), optionLength(options))),
      ...(schemas.length > 0
        ? [context(filterable ? words.filterNote : words.filterMissing, words.deleteNote)]
        : []),
    ],
  });
}

/**
 * A view may not be larger than 250 kB: with very many fields chosen, each is named by fewer characters. A
 * character takes up to three bytes, an option without its text up to 130.
 */
function optionLength(options: number): number {
  const room = Math.floor((limits.viewBytes * 0.8) / Math.max(1, options));
  return Math.max(20, Math.min(limits.option, Math.floor((room - 130) / 3)));
}

/** How well a field fits the query: 0 it begins like it, 1 a word of it does, 2 it is somewhere in it, 3 not at all. */
function distance(field: Field, query: string): number {
  const texts = [field.label.en, field.label.ja ?? '', field.name].map((text) => text.toLowerCase());
  if (texts.some((text) => text.startsWith(query))) return 0;
  if (texts.some((text) => text.split(/[\s_:()/-]+/).some((word) => word.startsWith(query)))) return 1;
  return texts.some((text) => text.includes(query)) ? 2 : 3;
}

/** The answer to typing into `fields.<entity>`: by label in either language and by logical name. */
export function fieldOptions(t: Texts, schema: EntitySchema, query: string): PlainTextOption[] {
  const sought = query.normalize('NFKC').trim().toLowerCase();
  const collator = new Intl.Collator(t.language, { numeric: true });
  return selectableFields(schema)
    .filter(fitsOption)
    .map((field) => ({ field, label: labelOf(field, t.language), rank: distance(field, sought) }))
    .filter(({ rank }) => rank < 3)
    .sort((a, b) => a.rank - b.rank || collator.compare(a.label, b.label))
    .slice(0, limits.options)
    .map(({ field }) => fieldOption(t, field));
}

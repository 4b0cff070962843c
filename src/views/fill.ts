import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { type EntitySchema, labelOf } from '../model/entity.ts';
import type { FillForm } from '../model/fill-form.ts';
import { type Period, type PeriodColumn, periodColumns, periodColumnsOf } from '../model/period.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, plain } from './blocks.ts';
import { limits, shorten } from './limits.ts';
import { escapeText, someOf } from './markup.ts';
import { fillInputs } from './names.ts';

/** Which rows: "last updated from … to …". */
export function periodText(t: Texts, { by, from, to, timeZone }: Period): string {
  const days = t.fill.days(t.format.day(from), to === null ? null : t.format.day(to), escapeText(timeZone));
  return t.fill.periods[by](days);
}

export interface FillInput {
  form: FillForm;
  /** Of the reader: whose days they are. */
  timeZone: string;
}

/**
 * For which rows the fields are filled in that have come to these entities; the days are asked for where it is not all
 * rows. Nothing where the rows have no dates to go by.
 */
export function fillBlocks(
  t: Texts,
  grown: readonly EntitySchema[],
  { form, timeZone }: FillInput,
): KnownBlock[] {
  const offered = periodColumns.filter((column) => grown.some((schema) => isDatedBy(schema, column)));
  if (offered.length === 0) return [];
  const by = form.by !== 'all' && offered.includes(form.by) ? form.by : 'all';
  if (by === 'all') return [choiceBlock(t, by, offered)];
  const without = grown.filter((schema) => !isDatedBy(schema, by));
  return [
    choiceBlock(t, by, offered),
    dayBlock(fillInputs.from, { label: t.fill.from, hint: t.fill.fromHint(timeZone), day: form.from }),
    { ...dayBlock(fillInputs.to, { label: t.fill.to, hint: t.fill.toHint, day: form.to }), optional: true },
    ...everywhereBlocks(t, without),
  ];
}

/** Says of which entities all rows are filled in, whatever was chosen. */
export function everywhereBlocks(t: Texts, schemas: readonly EntitySchema[]): KnownBlock[] {
  if (schemas.length === 0) return [];
  const names = schemas.map((schema) => escapeText(shorten(labelOf(schema, t.language), limits.option)));
  return [context(t.fill.everywhere(someOf(t, names, 5)))];
}

export const isDatedBy = (schema: EntitySchema, column: PeriodColumn): boolean =>
  periodColumnsOf(schema).includes(column);

function choiceBlock(t: Texts, by: FillForm['by'], offered: readonly PeriodColumn[]): InputBlock {
  const optionOf = (value: FillForm['by']): PlainTextOption => ({
    text: plain(t.fill.choices[value], limits.option),
    value,
  });
  return {
    type: 'input',
    block_id: fillInputs.by,
    // At once, so that the modal asks for the days.
    dispatch_action: true,
    label: plain(t.fill.label, limits.inputLabel),
    hint: plain(t.fill.hint, limits.inputHint),
    element: {
      type: 'radio_buttons',
      action_id: fillInputs.by,
      options: [optionOf('all'), ...offered.map(optionOf)],
      initial_option: optionOf(by),
    },
  };
}

const dayBlock = (name: string, words: { label: string; hint: string; day: string | null }): InputBlock => ({
  type: 'input',
  block_id: name,
  label: plain(words.label, limits.inputLabel),
  hint: plain(words.hint, limits.inputHint),
  element: {
    type: 'datepicker',
    action_id: name,
    ...(words.day === null ? {} : { initial_date: words.day }),
  },
});

import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { type EntitySchema, labelOf } from '../model/entity.ts';
import { alwaysSyncedFields, hasFilterField, selectableFields } from '../model/selection.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, plain } from './blocks.ts';
import { fieldOption } from './field-option.ts';
import type { ShownForm } from './fields-room.ts';
import { limits, shorten } from './limits.ts';
import { escapeText, someOf } from './markup.ts';
import { buttons, fieldsInput, filterInput } from './names.ts';
import type { FilterCount } from './selection-lines.ts';

/** The value of the one option of `filter.<entity>`. */
export const filterOn = 'on';

/** How many rows the filter lets through; `counting` until it is known, `unknown` where it cannot be. */
export type CountShown = FilterCount | 'counting' | 'unknown';

export interface EntityBlocksInput {
  schema: EntitySchema;
  shown: ShownForm;
  edition: number;
  filter: boolean;
  count?: CountShown | undefined;
}

export function entityBlocks(t: Texts, input: EntityBlocksInput): KnownBlock[] {
  const { schema, shown, edition } = input;
  const label = labelOf(schema, t.language);
  const parts = shown.parts[schema.name] ?? [[]];
  return [
    header(label),
    context(...factsOf(t, input)),
    ...parts.map((fields, index) =>
      fieldsInputBlock(t, {
        name: fieldsInput(schema.name, edition, index + 1),
        label: labelOfPart(t, shorten(label, limits.option), index + 1, parts.length),
        options: fields.map((field) => fieldOption(t, field, shown.room)),
      }),
    ),
    actions(
      button(buttons.fieldsAll, t.buttons['fields.all'], { value: schema.name }),
      button(buttons.fieldsDefaults, t.buttons['fields.defaults'], { value: schema.name }),
      button(buttons.fieldsNone, t.buttons['fields.none'], { value: schema.name }),
    ),
    ...(hasFilterField(schema) ? [filterInputBlock(t, label, input)] : []),
  ];
}

const labelOfPart = (t: Texts, label: string, part: number, parts: number): string =>
  parts === 1 ? t.fields.label(label) : t.fields.labelOfPart(label, part, parts);

/** How many are chosen, what is synced besides, and what there is no room for. */
function factsOf(t: Texts, { schema, shown }: EntityBlocksInput): string[] {
  const always = alwaysSyncedFields(schema).map((field) =>
    escapeText(`${labelOf(field, t.language)} (${field.name})`),
  );
  const hidden = shown.hidden[schema.name]?.length ?? 0;
  const chosen = (shown.parts[schema.name] ?? []).flat().length + hidden;
  return [
    t.fields.chosen(chosen, selectableFields(schema).length),
    t.fields.always(someOf(t, always, 12)),
    ...(hidden > 0 ? [t.fields.hidden(hidden)] : []),
  ];
}

function fieldsInputBlock(
  t: Texts,
  { name, label, options }: { name: string; label: string; options: readonly PlainTextOption[] },
): InputBlock {
  return {
    type: 'input',
    block_id: name,
    optional: true,
    // Every change is heard of at once, so that the modal can say what a save would do.
    dispatch_action: true,
    label: plain(label, limits.inputLabel),
    element: {
      type: 'multi_external_select',
      action_id: name,
      min_query_length: 0,
      placeholder: plain(t.fields.placeholder, limits.placeholder),
      ...(options.length > 0 ? { initial_options: [...options] } : {}),
    },
  };
}

function filterInputBlock(
  t: Texts,
  label: string,
  { schema, edition, filter, count }: EntityBlocksInput,
): InputBlock {
  const name = filterInput(schema.name, edition);
  const option: PlainTextOption = {
    text: plain(t.fields.filterOption, limits.option),
    description: plain(t.fields.filterDescription, limits.option),
    value: filterOn,
  };
  return {
    type: 'input',
    block_id: name,
    optional: true,
    dispatch_action: true,
    label: plain(t.fields.filterLabel(shorten(label, limits.option)), limits.inputLabel),
    ...(filter && count ? { hint: plain(countText(t, count), limits.inputHint) } : {}),
    element: {
      type: 'checkboxes',
      action_id: name,
      options: [option],
      ...(filter ? { initial_options: [option] } : {}),
    },
  };
}

function countText(t: Texts, count: CountShown): string {
  if (count === 'counting') return t.fields.filterCounting;
  if (count === 'unknown') return t.fields.filterUncounted;
  const { yes, empty, no } = count;
  return t.fields.filterCount(yes + empty, yes, empty, no);
}

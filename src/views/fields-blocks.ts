import type { InputBlock, KnownBlock, PlainTextOption } from '@slack/types';
import { type EntitySchema, type Field, labelOf } from '../model/entity.ts';
import {
  alwaysSyncedFields,
  type EntitySelection,
  hasFilterField,
  selectableFields,
} from '../model/selection.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, header, plain } from './blocks.ts';
import { fieldOption, fitsOption } from './field-option.ts';
import { limits, shorten } from './limits.ts';
import { escapeText, someOf } from './markup.ts';
import { fieldsInput, filterInput } from './names.ts';

/** The value of the one option of `filter.<entity>`. */
export const filterOn = 'on';

/** The chosen fields in the order of the schema; Slack takes no more than a hundred. */
function chosenFields(schema: EntitySchema, { fields }: EntitySelection): Field[] {
  const names = new Set(fields);
  return selectableFields(schema).filter((field) => names.has(field.name));
}

/** Those of them that the modal has room for. */
export const shownFields = (schema: EntitySchema, selection: EntitySelection): Field[] =>
  chosenFields(schema, selection).filter(fitsOption).slice(0, limits.options);

/** Names of chosen fields for which there is no room in the modal: a save must leave them chosen. */
export function hiddenFields(schema: EntitySchema, selection: EntitySelection): string[] {
  const shown = new Set(shownFields(schema, selection));
  return chosenFields(schema, selection)
    .filter((field) => !shown.has(field))
    .map(({ name }) => name);
}

export function entityBlocks(
  t: Texts,
  schema: EntitySchema,
  selection: EntitySelection,
  length: number,
): KnownBlock[] {
  const label = labelOf(schema, t.language);
  const always = alwaysSyncedFields(schema).map((field) =>
    escapeText(`${labelOf(field, t.language)} (${field.name})`),
  );
  const hidden = hiddenFields(schema, selection).length;
  const options = shownFields(schema, selection).map((field) => fieldOption(t, field, length));
  return [
    header(label),
    context(t.fields.always(someOf(t, always, 12))),
    fieldsInputBlock(t, schema.name, label, options),
    ...(hidden > 0 ? [context(t.fields.hidden(hidden))] : []),
    ...(hasFilterField(schema) ? [filterInputBlock(t, schema.name, label, selection.filter)] : []),
  ];
}

function fieldsInputBlock(
  t: Texts,
  entity: string,
  label: string,
  options: readonly PlainTextOption[],
): InputBlock {
  return {
    type: 'input',
    block_id: fieldsInput(entity),
    optional: true,
    label: plain(t.fields.label(shorten(label, limits.option)), limits.inputLabel),
    element: {
      type: 'multi_external_select',
      action_id: fieldsInput(entity),
      min_query_length: 0,
      placeholder: plain(t.fields.placeholder, limits.placeholder),
      ...(options.length > 0 ? { initial_options: [...options] } : {}),
    },
  };
}

function filterInputBlock(t: Texts, entity: string, label: string, on: boolean): InputBlock {
  const option: PlainTextOption = {
    text: plain(t.fields.filterOption, limits.option),
    description: plain(t.fields.filterDescription, limits.option),
    value: filterOn,
  };
  return {
    type: 'input',
    block_id: filterInput(entity),
    optional: true,
    label: plain(t.fields.filterLabel(shorten(label, limits.option)), limits.inputLabel),
    element: {
      type: 'checkboxes',
      action_id: filterInput(entity),
      options: [option],
      ...(on ? { initial_options: [option] } : {}),
    },
  };
}

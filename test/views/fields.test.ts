import type { InputBlock, KnownBlock, ModalView } from '@slack/types';
import { describe, expect, test } from 'vitest';
import {
  chooseInBulk,
  type FieldsForm,
  formOf,
  isOverfull,
  selectionIn,
} from '../../src/model/fields-form.ts';
import { defaultSelection, type Selection, selectableFields } from '../../src/model/selection.ts';
import { readFieldsForm } from '../../src/slack/input.ts';
import { textsFor } from '../../src/texts/catalogue.ts';
import { fieldOptions } from '../../src/views/field-search.ts';
import { fieldsModal } from '../../src/views/fields-modal.ts';
import { byLabel, fitForm } from '../../src/views/fields-room.ts';
import { fieldsInputPattern } from '../../src/views/names.ts';
import * as long from './long-samples.ts';
import { outline } from './outline.ts';
import { account, lead, schemas, selection } from './samples.ts';

const t = textsFor('en');
const order = byLabel(t, schemas);
const inputsOf = ({ blocks }: ModalView): InputBlock[] =>
  (blocks as KnownBlock[]).filter((block) => block.type === 'input');
const chosenIn = ({ element }: InputBlock) =>
  ('initial_options' in element ? (element.initial_options ?? []) : []).map(({ value }) => value);

/** What Slack sends back of a view that nobody has touched. */
function submittedOf(view: ModalView): FieldsForm {
  const values = inputsOf(view).map(({ block_id: id, element }) => [
    id,
    {
      [String(id)]: {
        type: element.type,
        selected_options: 'initial_options' in element ? element.initial_options : [],
      },
    },
  ]);
  return readFieldsForm(Object.fromEntries(values));
}

describe('searching a field', () => {
  const found = (query: string, language: 'en' | 'ja' = 'en') =>
    fieldOptions(textsFor(language), lead, query).map(({ value }) => value);

  test.each([
    ['email', ['emailaddress1', 'emailaddress2']],
    ['電子', ['emailaddress1', 'emailaddress2']],
    ['ＥＭＡＩＬ', ['emailaddress1', 'emailaddress2']],
    ['address1', ['address1_city', 'emailaddress1']],
    ['name', ['firstname', 'lastname']],
    ['name first', ['firstname']],
    ['emailaddress2', ['emailaddress2']],
    ['めーる', ['emailaddress1', 'emailaddress2']],
    ['zzz', []],
  ])('%s', (query, names) => {
    expect(found(query)).toEqual(names);
  });

  test('without a word: what is synced by default first, and never what is always synced', () => {
    const all = found('');
    const defaults = defaultSelection(lead).fields;
    expect(new Set(all.slice(0, defaults.length))).toEqual(new Set(defaults));
    expect(all).not.toContain('leadid');
    expect(all).not.toContain('ownerid');
    expect(all).toContain('new_synctomkto');
  });

  test('an option names the field and its type in the language of its reader', () => {
    expect(fieldOptions(textsFor('ja'), lead, 'lastname')[0]).toMatchObject({
      text: { text: '姓 (lastname)' },
      description: { text: 'テキスト' },
    });
  });
});

describe('the form', () => {
  test('an entity without a selection gets its defaults', () => {
    const view = fieldsModal(t, { schemas: [account], selection: {}, metadata: '' });
    const [input] = inputsOf(view);
    expect(input && chosenIn(input)).toEqual(order('account', defaultSelection(account).fields));
  });

  test('untouched, it gives back what is saved', () => {
    expect(selectionIn(submittedOf(fieldsModal(t, { schemas, selection, metadata: '' })))).toEqual(
      selectionIn(formOf(selection, 0, order)),
    );
  });

  test('more than a hundred fields are dealt out over several selects, and all come back', () => {
    const [schema] = long.schemas;
    if (!schema) throw new Error('no schema');
    const fields = selectableFields(schema).map(({ name }) => name);
    const input = {
      schemas: [schema],
      selection: { [schema.name]: { fields, filter: false } },
      metadata: '',
    };
    const view = fieldsModal(t, input);
    const selects = inputsOf(view).filter(({ element }) => element.type === 'multi_external_select');
    expect(selects.map(({ block_id }) => block_id)).toEqual([
      `fields.${schema.name}`,
      `fields.${schema.name}:2`,
    ]);
    expect(selects.map((select) => chosenIn(select).length)).toEqual([100, fields.length - 100]);
    for (const { block_id } of selects)
      expect(fieldsInputPattern.exec(String(block_id))?.[1]).toBe(schema.name);
    expect(new Set(selectionIn(submittedOf(view))[schema.name]?.fields)).toEqual(new Set(fields));
  });

  test('what a view has no room for is known, and nothing is lost', () => {
    const form = formOf(long.selection, 0, byLabel(t, long.schemas));
    const { parts, hidden } = fitForm(t, long.schemas, form);
    const counted = [...Object.values(parts).flat(2), ...Object.values(hidden).flat()];
    expect(Object.values(hidden).flat().length).toBeGreaterThan(0);
    expect(counted).toHaveLength(Object.values(long.selection).flatMap(({ fields }) => fields).length);
  });

  test.each([
    ['all', selectableFields(lead).map(({ name }) => name)],
    ['defaults', defaultSelection(lead).fields],
    ['none', []],
  ] as const)(
    '%s at a stroke: under new names, the filter and the other tables as they were',
    (choice, fields) => {
      const before: Selection = { ...selection, lead: { fields: ['lastname'], filter: true } };
      const form = chooseInBulk(formOf(before, 3, order), { schema: lead, choice, order });
      const chosen = selectionIn(form);
      expect(new Set(chosen.lead?.fields)).toEqual(new Set(fields));
      expect(chosen.lead?.filter).toBe(true);
      expect(new Set(chosen.account?.fields)).toEqual(new Set(before.account?.fields));
      const view = fieldsModal(t, { schemas, selection: before, form, metadata: '' });
      expect(inputsOf(view).map(({ block_id }) => block_id)).toEqual([
        'fields.account!4',
        'fields.lead!4',
        'filter.lead!4',
      ]);
      expect(submittedOf(view).edition).toBe(4);
      expect(submittedOf(view).entities.lead?.filter).toBe(true);
    },
  );

  test('says what a save would change, and what the filter lets through', () => {
    const saved: Selection = { ...selection, lead: { fields: ['lastname', 'firstname'], filter: false } };
    const changed: Selection = { ...saved, lead: { fields: ['lastname', 'emailaddress1'], filter: true } };
    const shown = (form: FieldsForm) =>
      outline(
        fieldsModal(t, {
          schemas,
          selection: saved,
          form,
          metadata: '',
          counts: { lead: { yes: 5, empty: 2, no: 3 } },
        }),
      );
    expect(shown(formOf(saved, 0, order))).toContain('Nothing changed so far.');
    const words = shown(formOf(changed, 0, order));
    expect(words).toContain('Lead: added 1 (Email), removed 1 (First Name), filter turned on');
    expect(words).toContain('Lets 7 rows through (5 Yes, 2 empty), keeps 3 out (No).');
    expect(words).toContain('2 of');
  });

  test('a select that was filled over the brim is noticed', () => {
    const fields = Array.from({ length: 101 }, (_, index) => `field_${index}`);
    expect(isOverfull({ edition: 0, entities: { lead: { parts: [fields], filter: false } } })).toBe(true);
    expect(isOverfull(formOf({ lead: { fields, filter: false } }, 0, (_, names) => names))).toBe(false);
  });
});

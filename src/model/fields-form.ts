import type { EntitySchema } from './entity.ts';
import { defaultSelection, type EntitySelection, type Selection, selectableFields } from './selection.ts';

/**
 * The form in which fields are chosen, as it stands before a person. A list of more than a hundred fields does not
 * fit into one select: it is dealt out over several.
 */
export interface FieldsForm {
  /**
   * Counts the times the form was filled in anew. Slack keeps what is chosen in an input for as long as its name
   * stays the same, so that inputs filled in by the bot need other names.
   */
  edition: number;
  entities: Readonly<Record<string, EntityForm>>;
}

export interface EntityForm {
  /** The logical names chosen, select by select. */
  parts: readonly (readonly string[])[];
  filter: boolean;
}

export const bulkChoices = ['all', 'defaults', 'none'] as const;
/** All fields that can be read, the default mapping, or only what is always synced. */
export type BulkChoice = (typeof bulkChoices)[number];

/** In which order the chosen fields of an entity are shown. */
export type FieldOrder = (entity: string, fields: readonly string[]) => readonly string[];

const mostInSelect = 100;

export function formOf(selection: Selection, edition: number, order: FieldOrder): FieldsForm {
  const entities = Object.entries(selection).map(([name, { fields, filter }]) => [
    name,
    { parts: dealOut(order(name, fields)), filter },
  ]);
  return { edition, entities: Object.fromEntries(entities) };
}

export function selectionIn({ entities }: FieldsForm): Selection {
  const chosen = Object.entries(entities).map(([name, { parts, filter }]) => [
    name,
    { fields: [...new Set(parts.flat())], filter },
  ]);
  return Object.fromEntries(chosen);
}

/** Whether a select holds more than it could be shown with. */
export const isOverfull = ({ entities }: FieldsForm): boolean =>
  Object.values(entities).some(({ parts }) => parts.some(({ length }) => length > mostInSelect));

/** The same form with one entity's fields chosen at a stroke; its filter stays. */
export function chooseInBulk(
  form: FieldsForm,
  { schema, choice, order }: { schema: EntitySchema; choice: BulkChoice; order: FieldOrder },
): FieldsForm {
  const selection = selectionIn(form);
  const filter = selection[schema.name]?.filter ?? false;
  const chosen = { fields: bulkFields(schema, choice), filter };
  return formOf({ ...selection, [schema.name]: chosen }, form.edition + 1, order);
}

function bulkFields(schema: EntitySchema, choice: BulkChoice): EntitySelection['fields'] {
  if (choice === 'none') return [];
  return choice === 'all'
    ? selectableFields(schema).map(({ name }) => name)
    : defaultSelection(schema).fields;
}

function dealOut(fields: readonly string[]): string[][] {
  const parts: string[][] = [];
  for (let at = 0; at === 0 || at < fields.length; at += mostInSelect) {
    parts.push(fields.slice(at, at + mostInSelect));
  }
  return parts;
}

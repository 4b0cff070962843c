import { alwaysSyncedFields, type Selection } from '../model/selection.ts';
import type { SelectionChange } from '../model/selection-change.ts';
import type { Texts } from '../texts/catalogue.ts';
import { entityName, fieldName, type Schemas } from './entity-name.ts';
import { shorten } from './limits.ts';
import { escapeText, someOf } from './markup.ts';

/** Rows by the value of `new_synctomkto`. */
export interface FilterCount {
  yes: number;
  empty: number;
  no: number;
}

const shownNames = 5;
const nameLength = 40;

const safeName = (name: string): string => escapeText(shorten(name, nameLength));

/** What is chosen, one line for each entity. */
export const selectionLines = (t: Texts, selection: Selection, schemas: Schemas = []): string[] =>
  Object.entries(selection).map(([entity, { fields, filter }]) => {
    const schema = schemas.find(({ name }) => name === entity);
    const always = schema ? alwaysSyncedFields(schema).length : 0;
    const parts = [t.card.chosen.fields(fields.length, always), ...(filter ? [t.card.chosen.filterOn] : [])];
    return t.entities.line(escapeText(entityName(t, entity, schemas)), parts.join(t.entities.separator));
  });

/** What a save changed, one line for each entity that changed. */
export const changeLines = (t: Texts, changes: readonly SelectionChange[], schemas: Schemas = []): string[] =>
  changes.map(({ entity, added, removed, filter }) => {
    const names = (fields: readonly string[]) =>
      someOf(
        t,
        fields.slice(0, shownNames + 1).map((field) => safeName(fieldName(t, entity, field, schemas))),
        shownNames,
        fields.length,
      );
    const parts = [
      ...(added.length > 0 ? [t.card.chosen.added(added.length, names(added))] : []),
      ...(removed.length > 0 ? [t.card.chosen.removed(removed.length, names(removed))] : []),
      ...(filter ? [t.card.chosen.filterTurned[filter]] : []),
    ];
    return t.entities.line(escapeText(entityName(t, entity, schemas)), parts.join(t.entities.separator));
  });

/** How many rows the filter lets through, one line for each entity with a count. */
export const filterLines = (
  t: Texts,
  counts: Readonly<Record<string, FilterCount>>,
  schemas: Schemas = [],
): string[] =>
  Object.entries(counts).map(([entity, { yes, empty, no }]) =>
    t.entities.line(
      escapeText(entityName(t, entity, schemas)),
      t.card.chosen.filterCount(yes + empty, yes, empty, no),
    ),
  );

import { type EntitySchema, labelOf } from '../model/entity.ts';
import type { Texts } from '../texts/catalogue.ts';

export type Schemas = readonly EntitySchema[];
/** Rows by entity name; null where Dynamics cannot say. */
export type RowCounts = Readonly<Record<string, number | null>>;

/** A table in the reader's language: by the organization's own label, else by ours, else by its name. Not escaped. */
export function entityName(t: Texts, entity: string, schemas: Schemas = []): string {
  const schema = schemas.find(({ name }) => name === entity);
  return schema ? labelOf(schema, t.language) : (t.entities.names[entity] ?? entity);
}

/** A field in the reader's language. Not escaped. */
export function fieldName(t: Texts, entity: string, field: string, schemas: Schemas = []): string {
  const found = schemas.find(({ name }) => name === entity)?.fields.find(({ name }) => name === field);
  return found ? labelOf(found, t.language) : field;
}

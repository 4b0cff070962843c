import type { Texts } from '../texts/catalogue.ts';
import { entityName, type RowCounts, type Schemas } from './entity-name.ts';
import { escapeText } from './markup.ts';

/** Rows per entity, one line each. */
export const rowLines = (t: Texts, rows: RowCounts, schemas: Schemas = []): string[] =>
  Object.entries(rows).map(([entity, count]) => {
    const name = escapeText(entityName(t, entity, schemas));
    return `• ${t.entities.line(name, count === null ? t.entities.rowsUnknown : t.entities.rows(count))}`;
  });

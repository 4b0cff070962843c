import type { Texts } from '../texts/catalogue.ts';
import { entityName, type RowCounts, type Schemas } from './entity-name.ts';
import { bulletLines, escapeText } from './markup.ts';

/** Rows per entity, one line each. */
export const rowLines = (t: Texts, rows: RowCounts, schemas: Schemas = []): string =>
  bulletLines(
    Object.entries(rows).map(([entity, count]) =>
      t.entities.line(
        escapeText(entityName(t, entity, schemas)),
        count === null ? t.entities.rowsUnknown : t.entities.rows(count),
      ),
    ),
  );

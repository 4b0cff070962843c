import { filterField } from '../model/entity.ts';
import { rowVersion } from '../model/row-version.ts';
import type { EntityPlan } from '../model/selection.ts';
import { type StoredColumn, storedColumns, wireIdOf, wireNameOf } from '../model/stored-columns.ts';
import type { StoredValue, UpsertRow } from '../model/upsert-row.ts';
import type { RowFailure } from '../ports/destination.ts';
import type { WireRow } from '../ports/dynamics.ts';
import { type ReadValue, readId, valueReader } from './value.ts';

/** What becomes of the rows of one page. */
export interface MappedPage {
  read: number;
  upserts: UpsertRow[];
  /** Ids the filter keeps out. */
  filtered: string[];
  failures: RowFailure[];
}

export type MapPage = (rows: readonly WireRow[]) => MappedPage;

interface Reading {
  key: string;
  read: ReadValue;
  column: StoredColumn;
}

/**
 * Maps the rows of an entity to what is stored. A row that cannot be mapped becomes a failure and leaves the
 * others alone. What can be worked out from the plan is worked out here, once.
 * @param columns those that are stored, the primary id first.
 */
export function createPageMapper(plan: EntityPlan, columns = storedColumns(plan)): MapPage {
  const readings = columns.map(planReading);
  const idColumn = wireIdOf(plan);

  const mapRow = (row: WireRow, id: string, page: MappedPage): void => {
    const values: StoredValue[] = [];
    for (const { key, read, column } of readings) {
      const raw = row[key];
      // A column that is missing is empty: Dataverse leaves out annotations of empty values, and some columns.
      const value = raw === null || raw === undefined ? null : read(raw);
      if (value === undefined) {
        page.failures.push(malformedRow(id, column, raw));
        return;
      }
      values.push(value);
    }
    page.upserts.push({ values, version: rowVersion(row) });
  };

  return (rows) => {
    const page: MappedPage = { read: rows.length, upserts: [], filtered: [], failures: [] };
    for (const row of rows) {
      const id = readId(row[idColumn]);
      if (typeof id !== 'string') {
        page.failures.push(rowWithoutId(idColumn));
      } else if (plan.filter && isKeptOut(row)) page.filtered.push(id);
      else mapRow(row, id, page);
    }
    return page;
  };
}

/** All that could be told apart. */
export function idsOf({ upserts, filtered, failures }: MappedPage): string[] {
  return [...upserts.map(({ values }) => String(values[0])), ...filtered, ...failures.map(({ id }) => id)];
}

/** Only an explicit No keeps a row out: empty, and absent, count as Yes. */
function isKeptOut(row: WireRow): boolean {
  return row[filterField] === false;
}

function planReading(column: StoredColumn): Reading {
  return { key: wireNameOf(column), read: readerOf(column), column };
}

export function readerOf({ kind, of }: StoredColumn): ReadValue {
  return valueReader(kind === 'value' ? of.type : 'String');
}

export function rowWithoutId(idColumn: string): RowFailure {
  return { id: '', code: 'row-without-id', message: `No ${idColumn} in a row` };
}

export function malformedRow(id: string, column: StoredColumn, raw: unknown): RowFailure {
  return { id, code: 'row-malformed', message: describe(column, raw) };
}

/** Names the field and the types, never the value: messages are shown and logged. */
function describe({ name, kind, of }: StoredColumn, raw: unknown): string {
  const wanted = kind === 'value' ? `of type ${of.type}` : `a ${kind}`;
  return `${name} should be ${wanted}, and is not (${Array.isArray(raw) ? 'list' : typeof raw})`;
}

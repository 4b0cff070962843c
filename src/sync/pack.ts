import { filterField } from '../model/entity.ts';
import type { PackedPage } from '../model/packed-rows.ts';
import { createRowPacker, packPage, type RowPacker } from '../model/row-packer.ts';
import { placeOf, type ScannedRows, scannedValue, scannedVersions } from '../model/scanned-rows.ts';
import type { EntityPlan } from '../model/selection.ts';
import { type StoredColumn, storedColumns, wireIdOf, wireNameOf } from '../model/stored-columns.ts';
import type { RowFailure } from '../ports/destination.ts';
import type { PageRows } from '../ports/dynamics.ts';
import { createPageMapper, type MappedPage, malformedRow, readerOf, rowWithoutId } from './map.ts';
import { isScanned } from './page-rows.ts';
import { type PackQuickly, quickPacker } from './quick-values.ts';
import { type ReadValue, readId } from './value.ts';

/** What becomes of the rows of one page, those to be stored packed. */
export interface PackedMap extends Omit<MappedPage, 'upserts'> {
  packed: PackedPage;
}

export type PackPage = (rows: PageRows) => PackedMap;

interface Reading {
  /** Its place among the names of the page. */
  name: number;
  pack: PackQuickly;
  read: ReadValue;
  column: StoredColumn;
}

/** Does what `createPageMapper` does, and makes no objects of the rows on the way where they were scanned. */
export function createPagePacker(plan: EntityPlan, columns = storedColumns(plan)): PackPage {
  const map = createPageMapper(plan, columns);
  const packRows = createScannedPacker(plan, columns);
  return (rows) => {
    if (isScanned(rows)) return packRows(rows);
    const { upserts, ...page } = map(rows);
    return { ...page, packed: packPage(upserts) };
  };
}

function createScannedPacker(plan: EntityPlan, columns: readonly StoredColumn[]) {
  const idColumn = wireIdOf(plan);
  const known = columns.map((column) => ({
    column,
    read: readerOf(column),
    pack: quickPacker(column.kind === 'value' ? column.of.type : 'String'),
  }));
  let textBytes = 64 * 1024;
  return (rows: ScannedRows): PackedMap => {
    const [id, filter] = [rows.names.indexOf(idColumn), plan.filter ? rows.names.indexOf(filterField) : -1];
    const readings = known.map((one) => ({ ...one, name: nameIn(rows, one.column) }));
    const versionOf = scannedVersions(rows);
    const packer = createRowPacker(columns.length, rows.length, textBytes);
    const [filtered, failures]: [string[], RowFailure[]] = [[], []];
    for (let row = 0; row < rows.length; row += 1) {
      const isKeptOut = filter >= 0 && scannedValue(rows, row, filter) === false;
      const failed = isKeptOut ? null : packRow(rows, row, readings, packer);
      if (!isKeptOut && !failed && placeOf(rows, row, id).begin > 0) packer.keepRow(versionOf(row));
      else {
        packer.dropRow();
        const rowId = readId(scannedValue(rows, row, id));
        if (typeof rowId !== 'string') failures.push(rowWithoutId(idColumn));
        else if (failed) failures.push(malformedRow(rowId, failed.column, failed.raw));
        else filtered.push(rowId);
      }
    }
    const packed = packer.finish();
    // The next page is much like this one.
    textBytes = Math.max(64 * 1024, Math.ceil(1.1 * packed.texts.byteLength));
    return { read: rows.length, packed, filtered, failures };
  };
}

/** @returns what was not of its type, and was found to be instead; null where all were. */
function packRow(
  rows: ScannedRows,
  row: number,
  readings: readonly Reading[],
  packer: RowPacker,
): { column: StoredColumn; raw: unknown } | null {
  const { bytes, places, names } = rows;
  const base = 2 * row * names.length;
  for (const { name, pack, read, column } of readings) {
    const begin = places[base + 2 * name] ?? 0;
    // A column that is missing is empty: Dataverse leaves out annotations of empty values, and some columns.
    if (begin === 0) packer.value(null);
    else if (!pack(bytes, begin, places[base + 2 * name + 1] ?? 0, packer)) {
      const raw = scannedValue(rows, row, name);
      const value = read(raw);
      if (value === undefined) return { column, raw };
      packer.value(value);
    }
  }
  return null;
}

function nameIn({ names }: ScannedRows, column: StoredColumn): number {
  const name = names.indexOf(wireNameOf(column));
  if (name < 0) throw new Error(`The page was not scanned for ${column.name}`);
  return name;
}

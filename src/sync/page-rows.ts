import { rowVersion } from '../model/row-version.ts';
import { type ScannedRows, scannedValue, scannedVersions, scannedWhere } from '../model/scanned-rows.ts';
import type { PageRows, WireRow } from '../ports/dynamics.ts';

export function isScanned(rows: PageRows): rows is ScannedRows {
  return 'places' in rows;
}

/** The version of each row. */
export function versionsOf(rows: PageRows): (row: number) => bigint | null {
  return isScanned(rows) ? scannedVersions(rows) : (row) => rowVersion(rows[row] ?? {});
}

export function rowsWhere(rows: PageRows, isKept: (row: number) => boolean): PageRows {
  return isScanned(rows) ? scannedWhere(rows, isKept) : rows.filter((_, row) => isKept(row));
}

/** As objects, for those who look at few of them. */
export function rowsOf(rows: PageRows): readonly WireRow[] {
  if (!isScanned(rows)) return rows;
  return Array.from({ length: rows.length }, (_, row) => {
    const values = rows.names.map((name, index) => [name, scannedValue(rows, row, index)] as const);
    return Object.fromEntries(values.filter(([, value]) => value !== undefined));
  });
}

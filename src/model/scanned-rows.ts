import { quickVersion, rowVersion, versionNames } from './row-version.ts';

/**
 * Rows as they stand in the bytes of a page: of each value only where it is. To make objects of all of them, most of
 * which are looked at once and thrown away, takes longer than everything else that is done with them.
 */
export interface ScannedRows {
  /** JSON in UTF-8, valid wherever `places` points to. */
  bytes: Buffer;
  /** The values that were looked for, by their wire names. */
  names: readonly string[];
  length: number;
  /** Two numbers by row and name: see `placeOf`. */
  places: Int32Array;
}

/** Where a value is, in bytes. */
export interface Place {
  /** Zero: null, or not there. */
  begin: number;
  end: number;
}

export function placeOf({ names, places }: ScannedRows, row: number, name: number): Place {
  const at = 2 * (row * names.length + name);
  return { begin: places[at] ?? 0, end: endOf(places[at + 1] ?? 0) };
}

/** The second number of a place. @param isPlain a text of printable ASCII without escapes: what it says is what it is. */
export const mark = (end: number, isPlain: boolean): number => 2 * end + (isPlain ? 1 : 0);
export const endOf = (marked: number): number => marked >> 1;
export const isPlain = (marked: number): boolean => (marked & 1) === 1;

/** Undefined where it is null or not there. */
export function scannedValue(rows: ScannedRows, row: number, name: number): unknown {
  const { begin, end } = placeOf(rows, row, name);
  return begin === 0 ? undefined : JSON.parse(rows.bytes.toString('utf8', begin, end));
}

/** The version of each row, as `rowVersion` has it. */
export function scannedVersions(rows: ScannedRows): (row: number) => bigint | null {
  const [tag, version] = versionNames.map((name) => rows.names.indexOf(name));
  if (tag === undefined || version === undefined) return () => null;
  return (row) => {
    const { begin, end } = placeOf(rows, row, tag);
    const quick = begin === 0 ? null : quickVersion(rows.bytes, begin, end);
    if (quick !== null) return quick;
    const [tagName, versionName] = versionNames;
    return rowVersion({
      [tagName]: tag < 0 ? undefined : scannedValue(rows, row, tag),
      [versionName]: version < 0 ? undefined : scannedValue(rows, row, version),
    });
  };
}

/** The rows that `isKept` says, in the same bytes. */
export function scannedWhere(rows: ScannedRows, isKept: (row: number) => boolean): ScannedRows {
  const width = 2 * rows.names.length;
  const places = new Int32Array(rows.length * width);
  let length = 0;
  for (let row = 0; row < rows.length; row += 1) {
    if (isKept(row)) places.set(rows.places.subarray(row * width, (row + 1) * width), width * length++);
  }
  return { ...rows, length, places };
}

/** A value as it is kept: dates as ISO text in UTC, lookups as the id. */
export type Value = string | number | boolean | null;

/** Values by column name (the logical name, lookups too). */
export type Values = Record<string, Value>;

/**
 * One stored row. Values lie in an array by the table's slots, since 200,000 rows as objects of 50
 * properties each would need several times the memory.
 */
export interface Row {
  id: string;
  /** Orders rows as SQL Server orders `uniqueidentifier`. */
  key: string;
  version: number;
  values: Value[];
}

/**
 * SQL Server compares the last group of a GUID first, and the first three byte-swapped. A client that
 * splits tables by ids as if they were text is wrong on the real service, so it must be wrong here.
 */
export function sortKeyOf(id: string): string {
  const [a = '', b = '', c = '', d = '', e = ''] = id.split('-');
  return e + d + swapBytes(c) + swapBytes(b) + swapBytes(a);
}

function swapBytes(hex: string): string {
  let swapped = '';
  for (let i = hex.length - 2; i >= 0; i -= 2) swapped += hex.slice(i, i + 2);
  return swapped;
}

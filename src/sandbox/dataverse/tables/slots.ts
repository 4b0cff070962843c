import type { TableSchema } from './column.ts';
import type { ReadValue } from './order.ts';
import type { Row, Value, Values } from './row.ts';

/** Where in a row's array each column lies; a column gets its place with its first value. */
export interface Slots {
  reader(column: string): ReadValue;
  isUsed(column: string): boolean;
  fill(row: Row, values: Values): void;
}

export function createSlots(schema: TableSchema): Slots {
  const slots = new Map<string, number>();
  const share = createSharing();

  const slotFor = (column: string, value: Value): number | undefined => {
    const known = slots.get(column);
    if (known !== undefined) return known;
    if (!schema.columns.get(column)?.isSelectable) {
      throw new Error(`The table "${schema.name}" has no column "${column}" to write.`);
    }
    if (value === null) return undefined;
    slots.set(column, slots.size);
    return slots.size - 1;
  };

  return {
    reader: (column) => {
      if (column === schema.primaryId) return (row) => row.id;
      if (column === 'versionnumber') return (row) => row.version;
      const slot = slots.get(column);
      // Looked up again each time: a later row may be the first with a value here.
      if (slot === undefined) return (row) => row.values[slots.get(column) ?? -1] ?? null;
      return (row) => row.values[slot] ?? null;
    },
    isUsed: (column) => column === schema.primaryId || column === 'versionnumber' || slots.has(column),
    fill: (row, values) => {
      // At its full length at once: an array that grows keeps half as much again in reserve.
      if (row.values.length === 0) row.values = new Array<Value>(slots.size).fill(null);
      for (const column in values) {
        const value = values[column] ?? null;
        const slot = slotFor(column, value);
        if (slot === undefined) continue;
        while (row.values.length < slot) row.values.push(null);
        row.values[slot] = typeof value === 'string' ? share(value) : value;
      }
    },
  };
}

/** Strings remembered at once; cities, names and moments come again soon or never. */
const MAX_SHARED = 20_000;

/**
 * Gives equal strings as one, and flat: strings put together from pieces keep their pieces alive, which
 * doubled the memory of 200,000 rows and made the garbage collector stop the process for half a second.
 */
function createSharing(): (text: string) => string {
  let shared = new Map<string, string>();
  return (text) => {
    const known = shared.get(text);
    if (known !== undefined) return known;
    if (shared.size >= MAX_SHARED) shared = new Map();
    shared.set(text, text);
    return text;
  };
}

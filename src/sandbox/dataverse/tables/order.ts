import type { Row, Value } from './row.ts';

export interface OrderTerm {
  column: string;
  descending: boolean;
}

export type ReadValue = (row: Row) => Value;
type Compare = (left: Row, right: Row) => number;

/** Rows of a table kept in one order, so that a page is found by halving instead of by sorting. */
export interface OrderedRows {
  rows: readonly Row[];
  /** The row's values in this order, to find its place again even when the row is gone. */
  placeOf(row: Row): Value[];
  /** The index of the first row behind a place. */
  indexAfter(place: readonly Value[], key: string): number;
  add(row: Row): void;
  /** The row must still have the values it was added with. */
  remove(row: Row): void;
}

/** An order's term with what is needed to apply it. */
export interface SortTerm {
  read: ReadValue;
  descending: boolean;
  isText: boolean;
}

/** Sorts nulls first, as SQL Server does, text without regard to case, and rows by their id at last. */
function createCompare(terms: readonly SortTerm[]): Compare {
  return (left, right) => {
    for (const { read, descending, isText } of terms) {
      const order = compareValues(read(left), read(right), isText);
      if (order !== 0) return descending ? -order : order;
    }
    return left.key < right.key ? -1 : left.key > right.key ? 1 : 0;
  };
}

function compareValues(left: Value, right: Value, isText: boolean): number {
  if (left === right) return 0;
  if (left === null) return -1;
  if (right === null) return 1;
  // Folding is for what people write only: dates compare ten times faster as they are.
  if (isText && typeof left === 'string' && typeof right === 'string') {
    const [a, b] = [left.toLowerCase(), right.toLowerCase()];
    return a < b ? -1 : a > b ? 1 : 0;
  }
  return left < right ? -1 : 1;
}

/** `rows` is taken over and sorted. */
export function createOrderedRows(rows: Row[], terms: readonly SortTerm[]): OrderedRows {
  const compare = createCompare(terms);
  rows.sort(compare);
  return {
    rows,
    placeOf: (row) => terms.map(({ read }) => read(row)),
    indexAfter: (place, key) =>
      findFirst(rows, (row) => {
        for (const [i, { read, descending, isText }] of terms.entries()) {
          const order = compareValues(read(row), place[i] ?? null, isText);
          if (order !== 0) return descending ? order < 0 : order > 0;
        }
        return row.key > key;
      }),
    add: (row) => {
      rows.splice(
        findFirst(rows, (other) => compare(other, row) > 0),
        0,
        row,
      );
    },
    remove: (row) => {
      const index = findFirst(rows, (other) => compare(other, row) >= 0);
      if (rows[index] === row) rows.splice(index, 1);
    },
  };
}

/** The index of the first row that passes; every row after it must pass too. */
export function findFirst(rows: readonly Row[], passes: (row: Row) => boolean): number {
  let [low, high] = [0, rows.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const row = rows[middle];
    if (row && passes(row)) high = middle;
    else low = middle + 1;
  }
  return low;
}

import type { TableSchema } from './column.ts';
import type { OrderedRows, OrderTerm, ReadValue } from './order.ts';
import { createOrderedRows } from './order.ts';
import type { Row } from './row.ts';

/** The orders a table has been read in, kept up to date with its rows. */
export interface Orders {
  find(terms: readonly OrderTerm[]): OrderedRows;
  add(row: Row): void;
  remove(row: Row): void;
  /** Changes a row's columns and moves it to its new places. */
  move(row: Row, columns: readonly string[], change: () => void): void;
}

/** Sorted orders kept at once; an old one is dropped for a new one. */
const MAX_ORDERS = 6;
const TEXTS: ReadonlySet<string> = new Set(['String', 'Memo']);

export function createOrders(
  schema: TableSchema,
  reader: (column: string) => ReadValue,
  rows: () => Iterable<Row>,
): Orders {
  const orders = new Map<string, { terms: readonly OrderTerm[]; ordered: OrderedRows }>();

  const sort = (terms: readonly OrderTerm[]): OrderedRows =>
    createOrderedRows(
      [...rows()],
      terms.map(({ column, descending }) => ({
        descending,
        isText: TEXTS.has(schema.columns.get(column)?.type ?? ''),
        read: column === schema.primaryId ? (row) => row.key : reader(column),
      })),
    );

  return {
    find: (terms) => {
      const name = terms.map(({ column, descending }) => `${column}${descending ? '-' : '+'}`).join();
      const known = orders.get(name);
      if (known) return known.ordered;
      const oldest = orders.keys().next().value;
      if (orders.size >= MAX_ORDERS && oldest !== undefined) orders.delete(oldest);
      const ordered = sort(terms);
      orders.set(name, { terms, ordered });
      return ordered;
    },
    add: (row) => {
      for (const { ordered } of orders.values()) ordered.add(row);
    },
    remove: (row) => {
      for (const { ordered } of orders.values()) ordered.remove(row);
    },
    move: (row, columns, change) => {
      // The version changes with every change, whatever the columns.
      const changing = [...columns, 'versionnumber'];
      const moved = [...orders.values()]
        .filter(({ terms }) => terms.some(({ column }) => changing.includes(column)))
        .map(({ ordered }) => ordered);
      for (const ordered of moved) ordered.remove(row);
      change();
      for (const ordered of moved) ordered.add(row);
    },
  };
}

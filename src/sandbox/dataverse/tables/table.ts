import type { TableSchema } from './column.ts';
import type { OrderedRows, OrderTerm, ReadValue } from './order.ts';
import { createOrderedRows } from './order.ts';
import type { Row, Value, Values } from './row.ts';
import { sortKeyOf } from './row.ts';

export interface DeletedRow {
  id: string;
  version: number;
}

/** One table: its rows, their orders and what has changed since the organisation was made. */
export interface Table {
  schema: TableSchema;
  size(): number;
  get(id: string): Row | undefined;
  /** Every row in the order of its creation. */
  rows(): Iterable<Row>;
  /** How to read a column; null where a row has nothing in it. */
  reader(column: string): ReadValue;
  /** False while no row has ever had a value in the column. */
  isUsed(column: string): boolean;
  ordered(terms: readonly OrderTerm[]): OrderedRows;
  /** Changed rows by version; rows of the first load are not among them. */
  changed(): Iterable<Row>;
  /** Tombstones by version. */
  deleted(): readonly DeletedRow[];
  /** A row of the first load. */
  load(id: string, version: number, values: Values): void;
  put(id: string, version: number, values: Values): void;
  remove(id: string, version: number): boolean;
}

/** Sorted orders kept at once; an old one is dropped for a new one. */
const MAX_ORDERS = 6;
const TEXTS: ReadonlySet<string> = new Set(['String', 'Memo']);

export function createTable(schema: TableSchema): Table {
  const byId = new Map<string, Row>();
  const slots = new Map<string, number>();
  const orders = new Map<string, { terms: readonly OrderTerm[]; ordered: OrderedRows }>();
  const changedRows = new Map<string, Row>();
  const tombstones: DeletedRow[] = [];

  const reader = (column: string): ReadValue => {
    if (column === schema.primaryId) return (row) => row.id;
    if (column === 'versionnumber') return (row) => row.version;
    const slot = slots.get(column);
    // Looked up again each time: a later row may be the first with a value here.
    if (slot === undefined) return (row) => row.values[slots.get(column) ?? -1] ?? null;
    return (row) => row.values[slot] ?? null;
  };

  const fill = (row: Row, values: Values): void => {
    for (const column in values) {
      const value = values[column] as Value;
      let slot = slots.get(column);
      if (slot === undefined) {
        if (!schema.columns.get(column)?.isSelectable) {
          throw new Error(`The table "${schema.name}" has no column "${column}" to write.`);
        }
        if (value === null) continue;
        slot = slots.size;
        slots.set(column, slot);
      }
      // Without holes, so that V8 keeps the array packed.
      while (row.values.length < slot) row.values.push(null);
      row.values[slot] = value;
    }
  };

  const ordered = (terms: readonly OrderTerm[]): OrderedRows => {
    const name = terms.map(({ column, descending }) => `${column}${descending ? '-' : '+'}`).join();
    const known = orders.get(name);
    if (known) return known.ordered;
    const oldest = orders.keys().next().value;
    if (orders.size >= MAX_ORDERS && oldest !== undefined) orders.delete(oldest);
    const made = createOrderedRows(
      [...byId.values()],
      terms.map(({ column, descending }) => ({
        descending,
        isText: TEXTS.has(schema.columns.get(column)?.type ?? ''),
        read: column === schema.primaryId ? (row) => row.key : reader(column),
      })),
    );
    orders.set(name, { terms, ordered: made });
    return made;
  };

  const ordersWith = (values: Values): OrderedRows[] =>
    [...orders.values()]
      .filter(({ terms }) => terms.some(({ column }) => column in values || column === 'versionnumber'))
      .map((order) => order.ordered);

  const insert = (id: string, version: number, values: Values): Row => {
    const row: Row = { id, key: sortKeyOf(id), version, values: [] };
    fill(row, values);
    byId.set(id, row);
    for (const order of orders.values()) order.ordered.add(row);
    return row;
  };

  return {
    schema,
    size: () => byId.size,
    get: (id) => byId.get(id),
    rows: () => byId.values(),
    reader,
    isUsed: (column) => column === schema.primaryId || column === 'versionnumber' || slots.has(column),
    ordered,
    changed: () => changedRows.values(),
    deleted: () => tombstones,
    load: insert,
    put: (id, version, values) => {
      const row = byId.get(id);
      if (!row) {
        changedRows.set(id, insert(id, version, values));
        return;
      }
      const moved = ordersWith(values);
      for (const order of moved) order.remove(row);
      row.version = version;
      fill(row, values);
      for (const order of moved) order.add(row);
      // Taken out first, so that the map stays in the order of versions.
      changedRows.delete(id);
      changedRows.set(id, row);
    },
    remove: (id, version) => {
      const row = byId.get(id);
      if (!row) return false;
      for (const order of orders.values()) order.ordered.remove(row);
      byId.delete(id);
      changedRows.delete(id);
      tombstones.push({ id, version });
      return true;
    },
  };
}

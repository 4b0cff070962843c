import type { TableSchema } from './column.ts';
import type { OrderedRows, OrderTerm, ReadValue } from './order.ts';
import type { Orders } from './orders.ts';
import { createOrders } from './orders.ts';
import type { Row, Value, Values } from './row.ts';
import { sortKeyOf } from './row.ts';
import type { Slots } from './slots.ts';
import { createSlots } from './slots.ts';

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
  /** Changes what a column holds in every row, which is no change of the rows. */
  rewrite(column: string, convert: (value: Value) => Value): void;
}

export function createTable(schema: TableSchema): Table {
  const byId = new Map<string, Row>();
  const slots = createSlots(schema);
  const orders = createOrders(schema, slots.reader, () => byId.values());
  const changes = createChanges();
  const store = { byId, slots, orders };

  return {
    schema,
    size: () => byId.size,
    get: (id) => byId.get(id),
    rows: () => byId.values(),
    reader: slots.reader,
    isUsed: slots.isUsed,
    ordered: orders.find,
    changed: () => changes.rows.values(),
    deleted: () => changes.tombstones,
    load: (id, version, values) => {
      insertRow(store, id, version, values);
    },
    put: (id, version, values) => {
      const known = byId.get(id);
      if (known) updateRow(store, known, version, values);
      changes.note(known ?? insertRow(store, id, version, values));
    },
    remove: (id, version) => {
      const row = byId.get(id);
      if (!row) return false;
      orders.remove(row);
      byId.delete(id);
      changes.noteDeleted(id, version);
      return true;
    },
    rewrite: (column, convert) => {
      const read = slots.reader(column);
      for (const row of byId.values()) {
        updateRow(store, row, row.version, { [column]: convert(read(row)) });
      }
    },
  };
}

interface Store {
  byId: Map<string, Row>;
  slots: Slots;
  orders: Orders;
}

function insertRow({ byId, slots, orders }: Store, id: string, version: number, values: Values): Row {
  const row: Row = { id, key: sortKeyOf(id), version, values: [] };
  slots.fill(row, values);
  byId.set(id, row);
  orders.add(row);
  return row;
}

function updateRow({ slots, orders }: Store, row: Row, version: number, values: Values): void {
  orders.move(row, Object.keys(values), () => {
    row.version = version;
    slots.fill(row, values);
  });
}

/** Changed rows in the order of their versions, and tombstones. */
function createChanges() {
  const rows = new Map<string, Row>();
  const tombstones: DeletedRow[] = [];
  return {
    rows,
    tombstones,
    note: (row: Row): void => {
      // Taken out first, so that the map stays in the order of versions.
      rows.delete(row.id);
      rows.set(row.id, row);
    },
    noteDeleted: (id: string, version: number): void => {
      rows.delete(id);
      tombstones.push({ id, version });
    },
  };
}

import type { Organization } from './organization.ts';
import { type ColumnType, completeColumn } from './tables/column.ts';
import type { Value } from './tables/row.ts';
import type { Table } from './tables/table.ts';

/** Changing the tables themselves, as whoever customizes the organisation does. */
export interface Customizer {
  /** A customizer deletes a column; returns what brings it back, with its values. */
  removeColumn(entity: string, column: string): () => void;
  /**
   * A customizer deletes a column and makes one of its name of another type, which has no values.
   * @param convert what becomes of each value, where it is more like a column that is brought in anew.
   */
  changeColumnType(entity: string, column: string, type: ColumnType, convert?: (value: Value) => Value): void;
  /** The same with a whole table. */
  removeTable(entity: string): () => void;
  /** Turns a table's change tracking on; off, as the service itself cannot. */
  setChangeTracking(entity: string, isOn: boolean): void;
}

export function createCustomizer(organization: Organization, tableOf: (name: string) => Table): Customizer {
  const columnOf = (entity: string, name: string) => {
    const column = tableOf(entity).schema.columns.get(name);
    if (!column) throw new Error(`The table "${entity}" has no column "${name}".`);
    return column;
  };
  return {
    removeColumn: (entity, name) => {
      const { columns, properties } = tableOf(entity).schema;
      const column = columnOf(entity, name);
      columns.delete(name);
      properties.delete(column.property);
      return () => {
        columns.set(name, column);
        properties.set(column.property, column);
      };
    },
    changeColumnType: (entity, name, type, convert = () => null) => {
      const table = tableOf(entity);
      const { columns, properties } = table.schema;
      const column = columnOf(entity, name);
      table.rewrite(name, convert);
      properties.delete(column.property);
      const { property: _old, isSelectable: _was, ...rest } = column;
      const made = completeColumn({
        ...rest,
        type,
        format: '',
        maxLength: undefined,
        choices: [],
        targets: [],
      });
      columns.set(name, made);
      if (made.isSelectable) properties.set(made.property, made);
    },
    removeTable: (entity) => {
      const table = tableOf(entity);
      organization.tables.delete(entity);
      return () => void organization.tables.set(entity, table);
    },
    setChangeTracking: (entity, isOn) => {
      tableOf(entity).schema.tracksChanges = isOn;
    },
  };
}

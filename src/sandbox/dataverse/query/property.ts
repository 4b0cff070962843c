import { unknownProperty } from '../errors.ts';
import type { Column } from '../tables/column.ts';
import { isLookup } from '../tables/column.ts';
import type { Row } from '../tables/row.ts';
import { sortKeyOf } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import type { Filter } from './filter.ts';
import type { FindProperty, Property } from './predicate.ts';

const NUMBERS = new Set(['BigInt', 'Decimal', 'Double', 'Integer', 'Money', 'Picklist', 'State', 'Status']);

/** The Edm kind of a column's values. */
function kindOf(column: Column): Property<Row>['kind'] {
  if (isLookup(column) || column.type === 'Uniqueidentifier') return 'guid';
  if (column.type === 'DateTime') return column.format === 'DateOnly' ? 'date' : 'datetime';
  if (column.type === 'Boolean') return 'boolean';
  return NUMBERS.has(column.type) ? 'number' : 'string';
}

export function requireColumn(table: Table, property: string): Column {
  const column = table.schema.properties.get(property);
  if (!column) throw unknownProperty(property, table.schema.name);
  return column;
}

/** Finds the properties of a table's rows for filters. */
export function propertiesOf(table: Table): FindProperty<Row> {
  return (name) => {
    const column = requireColumn(table, name);
    return { kind: kindOf(column), read: table.reader(column.name) };
  };
}

/** Ids are compared in SQL Server's order, which is not that of their text (see `sortKeyOf`). */
export function propertiesInSqlOrder(table: Table): FindProperty<Row> {
  const find = propertiesOf(table);
  return (name) => {
    const property = find(name);
    if (property.kind !== 'guid') return property;
    if (name === table.schema.primaryId) return { kind: 'guid', read: (row) => row.key };
    return {
      kind: 'guid',
      read: (row) => {
        const id = property.read(row);
        return typeof id === 'string' ? sortKeyOf(id) : id;
      },
    };
  };
}

/** Rewrites the ids of a filter into their sort keys, to go with `propertiesInSqlOrder`. */
export function withSortKeys(filter: Filter): Filter {
  if (filter.kind === 'not') return { kind: 'not', inner: withSortKeys(filter.inner) };
  if ('left' in filter) {
    return { ...filter, left: withSortKeys(filter.left), right: withSortKeys(filter.right) };
  }
  if (filter.literal.kind !== 'guid') return filter;
  return { ...filter, literal: { kind: 'guid', value: sortKeyOf(String(filter.literal.value)) } };
}

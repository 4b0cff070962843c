import { invalidQuery } from '../errors.ts';
import type { OrderTerm } from '../tables/order.ts';
import type { Table } from '../tables/table.ts';
import { requireColumn } from './property.ts';

/** `createdon desc,leadid` → terms. */
export function parseOrderBy(text: string | undefined, table: Table): OrderTerm[] {
  if (text === undefined || text.trim() === '') return [];
  return text.split(',').map((part) => {
    const [property = '', direction = 'asc', ...rest] = part.trim().split(/\s+/);
    if (rest.length > 0 || (direction !== 'asc' && direction !== 'desc')) {
      throw invalidQuery(`Syntax error at position 0 in '${text}'.`);
    }
    return { column: requireColumn(table, property).name, descending: direction === 'desc' };
  });
}

import type { OrderedRows, OrderTerm } from '../tables/order.ts';
import { findFirst } from '../tables/order.ts';
import type { Row } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import type { Filter } from './filter.ts';
import type { FindProperty } from './predicate.ts';
import { compileFilter } from './predicate.ts';

/** Columns that are never empty, so that a comparison is passed by one unbroken stretch of the order. */
const ALWAYS_FILLED = new Set(['createdon', 'modifiedon', 'versionnumber']);

type Comparison = Extract<Filter, { kind: 'compare' }>;

/**
 * The stretch of an ordered table in which a filter can pass at all: a range of `createdon` read in its
 * order must not scan the whole table for every page.
 */
export function findStretch(
  table: Table,
  ordered: OrderedRows,
  terms: readonly OrderTerm[],
  filter: Filter | undefined,
  find: FindProperty<Row>,
): { start: number; end: number } {
  const whole = { start: 0, end: ordered.rows.length };
  const term = terms[0];
  const property = term && table.schema.columns.get(term.column)?.property;
  if (!term || !filter || !ALWAYS_FILLED.has(term.column)) return whole;
  const bounds = conjuncts(filter).filter((part) => part.property === property && part.operator !== 'ne');
  const rising = bounds.filter(
    ({ operator }) => isLowerBound(operator) !== term.descending || operator === 'eq',
  );
  const falling = bounds.filter(
    ({ operator }) => isLowerBound(operator) === term.descending || operator === 'eq',
  );
  for (const bound of rising) {
    const passes = compileFilter({ ...bound, operator: loosen(bound, !term.descending) }, find);
    whole.start = Math.max(whole.start, findFirst(ordered.rows, passes));
  }
  for (const bound of falling) {
    const passes = compileFilter({ ...bound, operator: loosen(bound, term.descending) }, find);
    whole.end = Math.min(
      whole.end,
      findFirst(ordered.rows, (row) => !passes(row)),
    );
  }
  return whole;
}

function conjuncts(filter: Filter): Comparison[] {
  if (filter.kind === 'and') return [...conjuncts(filter.left), ...conjuncts(filter.right)];
  return filter.kind === 'compare' ? [filter] : [];
}

function isLowerBound(operator: Comparison['operator']): boolean {
  return operator === 'gt' || operator === 'ge';
}

/** `eq` bounds on both sides. */
function loosen({ operator }: Comparison, isLower: boolean): Comparison['operator'] {
  if (operator !== 'eq') return operator;
  return isLower ? 'ge' : 'le';
}

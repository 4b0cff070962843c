import { DataverseError, invalidQuery, notSimulated } from '../errors.ts';
import type { Row, Value } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import { requireColumn } from './property.ts';

/** `$apply` refuses above this many rows (page "Aggregate data"). */
const MAX_AGGREGATED = 50_000;

export interface Apply {
  filter: string | undefined;
  groupBy: string[];
  aggregates: { source: string; method: string; alias: string }[];
}

/** `filter(…)/groupby((a,b),aggregate($count as n))`, or `aggregate(…)` alone. */
export function parseApply(text: string): Apply {
  let rest = text.trim();
  let filter: string | undefined;
  if (rest.startsWith('filter(')) {
    const end = closingParenthesis(rest, 'filter'.length);
    filter = rest.slice('filter('.length, end);
    rest = rest.slice(end + 1).replace(/^\//, '');
  }
  const grouped = /^groupby\(\(([\w,\s]*)\)(?:,aggregate\((.*)\))?\)$/.exec(rest);
  if (grouped) {
    const groupBy = (grouped[1] ?? '').split(',').map((name) => name.trim());
    return { filter, groupBy, aggregates: parseAggregates(grouped[2]) };
  }
  const alone = /^aggregate\((.*)\)$/.exec(rest);
  if (!alone) throw notSimulated(`"$apply=${text}"`);
  return { filter, groupBy: [], aggregates: parseAggregates(alone[1]) };
}

function parseAggregates(text: string | undefined): Apply['aggregates'] {
  if (text === undefined) return [];
  return text.split(',').map((part) => {
    const count = /^\s*\$count as (\w+)\s*$/.exec(part);
    if (count) return { source: '', method: 'count', alias: count[1] ?? '' };
    const other = /^\s*(\w+) with (sum|min|max|average) as (\w+)\s*$/.exec(part);
    if (!other) throw notSimulated(`the aggregate "${part.trim()}"`);
    return { source: other[1] ?? '', method: other[2] ?? '', alias: other[3] ?? '' };
  });
}

function closingParenthesis(text: string, from: number): number {
  let depth = 0;
  let isQuoted = false;
  for (let i = from; i < text.length; i++) {
    if (text[i] === "'") isQuoted = !isQuoted;
    if (isQuoted) continue;
    if (text[i] === '(') depth += 1;
    if (text[i] === ')' && --depth === 0) return i;
  }
  throw invalidQuery(`Syntax error at position ${text.length} in '${text}'.`);
}

/** The groups with their aggregates; a group's empty column is left out, as the service does. */
export function aggregate(table: Table, rows: readonly Row[], apply: Apply): Record<string, Value>[] {
  if (rows.length > MAX_AGGREGATED) {
    const message = 'The maximum record limit is exceeded. Reduce the number of records.';
    throw new DataverseError(400, '0x8004E023', `AggregateQueryRecordLimit exceeded. ${message}`);
  }
  const columns = apply.groupBy.map((property) => ({
    property,
    read: table.reader(requireColumn(table, property).name),
  }));
  const groups = new Map<string, { keys: Record<string, Value>; rows: Row[] }>();
  for (const row of rows) {
    const values = columns.map(({ read }) => read(row));
    const name = JSON.stringify(values);
    const group = groups.get(name) ?? { keys: keysOf(columns, values), rows: [] };
    group.rows.push(row);
    groups.set(name, group);
  }
  if (apply.groupBy.length === 0 && groups.size === 0) groups.set('', { keys: {}, rows: [] });
  return [...groups.values()].map((group) => ({ ...group.keys, ...aggregatesOf(table, group.rows, apply) }));
}

function keysOf(columns: { property: string }[], values: Value[]): Record<string, Value> {
  const pairs = columns.map(({ property }, i) => [property, values[i] ?? null] as const);
  return Object.fromEntries(pairs.filter(([, value]) => value !== null));
}

function aggregatesOf(table: Table, rows: Row[], { aggregates }: Apply): Record<string, Value> {
  return Object.fromEntries(
    aggregates.map(({ source, method, alias }) => {
      if (method === 'count') return [alias, rows.length];
      const read = table.reader(requireColumn(table, source).name);
      const values = rows.map(read).filter((value) => value !== null);
      return [alias, reduce(method, values)];
    }),
  );
}

function reduce(method: string, values: NonNullable<Value>[]): Value {
  const first = values[0];
  if (first === undefined) return null;
  if (method === 'min') return values.reduce((least, value) => (value < least ? value : least), first);
  if (method === 'max') return values.reduce((most, value) => (value > most ? value : most), first);
  if (values.some((value) => typeof value !== 'number'))
    throw invalidQuery(`'${method}' takes numbers only.`);
  const sum = values.reduce((total: number, value) => total + Number(value), 0);
  return method === 'sum' ? sum : sum / values.length;
}

import type { Organization } from '../organization.ts';
import { navigationOf } from '../organization.ts';
import type { Preferences } from '../query/preferences.ts';
import type { Column } from '../tables/column.ts';
import { isLookup } from '../tables/column.ts';
import type { Row, Value } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import { createFormat } from './formatted-value.ts';

export const FORMATTED = 'OData.Community.Display.V1.FormattedValue';
export const LOOKUP_TABLE = 'Microsoft.Dynamics.CRM.lookuplogicalname';
export const NAVIGATION = 'Microsoft.Dynamics.CRM.associatednavigationproperty';

/** Writes one row as JSON. */
export type WriteRow = (row: Row) => string;

type WritePart = (row: Row) => string;

/**
 * Compiles the writer of a selection. Everything that does not depend on the row is text made once: a page
 * of 5,000 rows would take seconds as objects through `JSON.stringify`.
 */
export function createRowWriter(
  organization: Organization,
  table: Table,
  columns: readonly Column[],
  preferences: Preferences,
): WriteRow {
  const parts: (string | WritePart)[] = [];
  for (const column of columns) {
    if (table.isUsed(column.name)) {
      parts.push(writeColumn(organization, table, column, preferences));
      continue;
    }
    // Columns no row has a value in are one constant together with their neighbours.
    const nothing = `,"${column.property}":null`;
    const last = parts.at(-1);
    if (typeof last === 'string') parts[parts.length - 1] = last + nothing;
    else parts.push(nothing);
  }
  const writers = parts.map((part): WritePart => (typeof part === 'string' ? () => part : part));
  return (row) => {
    let text = `{"@odata.etag":"W/\\"${row.version}\\""`;
    for (const write of writers) text += write(row);
    return `${text}}`;
  };
}

function writeColumn(
  organization: Organization,
  table: Table,
  column: Column,
  preferences: Preferences,
): WritePart {
  const read = table.reader(column.name);
  if (isLookup(column)) return writeLookup(organization, column, read, preferences);
  const plain = writeValue(column, preferences.isIeee754Compatible);
  const nothing = `,"${column.property}":null`;
  const format = preferences.wantsAnnotation(FORMATTED)
    ? createFormat(organization, table, column)
    : undefined;
  if (!format) {
    return (row) => {
      const value = read(row);
      return value === null ? nothing : plain(value);
    };
  }
  const head = `,"${column.property}@${FORMATTED}":`;
  const write = (value: NonNullable<Value>, row: Row): string => {
    const text = format(value, row);
    return text === undefined ? plain(value) : head + quote(text) + plain(value);
  };
  if (column.choices.length > 0) return writeRemembered(read, nothing, write);
  return (row) => {
    const value = read(row);
    return value === null ? nothing : write(value, row);
  };
}

function writeLookup(
  organization: Organization,
  column: Column,
  read: (row: Row) => Value,
  preferences: Preferences,
): WritePart {
  const { property } = column;
  const nothing = `,"${property}":null`;
  const isNamed = preferences.wantsAnnotation(FORMATTED);
  const isTyped = preferences.wantsAnnotation(LOOKUP_TABLE);
  const isLinked = preferences.wantsAnnotation(NAVIGATION);
  const annotate = (id: string): string => {
    const target = organization.resolve(id, column.targets);
    if (!target) return '';
    const name = isNamed ? `,"${property}@${FORMATTED}":${quote(target.name)}` : '';
    const link = isLinked ? `,"${property}@${NAVIGATION}":"${navigationOf(column, target.table)}"` : '';
    return name + link + (isTyped ? `,"${property}@${LOOKUP_TABLE}":"${target.table}"` : '');
  };
  const plain = (id: Value) => `,"${property}":"${id}"`;
  if (!isNamed && !isTyped && !isLinked) {
    return (row) => {
      const id = read(row);
      return id === null ? nothing : plain(id);
    };
  }
  // Owners, currencies and business units repeat on every page.
  return writeRemembered(read, nothing, (id) => annotate(String(id)) + plain(id));
}

/** For columns of few different values: each is written once. Only for writers that look at nothing else. */
function writeRemembered(
  read: (row: Row) => Value,
  nothing: string,
  write: (value: NonNullable<Value>, row: Row) => string,
): WritePart {
  const known = new Map<Value, string>();
  return (row) => {
    const value = read(row);
    if (value === null) return nothing;
    let text = known.get(value);
    if (text === undefined) {
      text = write(value, row);
      known.set(value, text);
    }
    return text;
  };
}

/** How a value that is not null is written with its name. */
function writeValue(column: Column, isIeee754Compatible: boolean): (value: NonNullable<Value>) => string {
  const head = `,"${column.property}":`;
  if (column.type === 'String' || column.type === 'Memo') return (value) => head + quote(value as string);
  if (column.type === 'DateTime' || column.type === 'Uniqueidentifier') return (value) => `${head}"${value}"`;
  const digits = digitsOf(column);
  const isQuoted = isIeee754Compatible && (digits !== undefined || column.type === 'BigInt');
  const number = (value: NonNullable<Value>) =>
    digits === undefined ? String(value) : withDigits(Number(value), digits);
  return isQuoted ? (value) => `${head}"${number(value)}"` : (value) => head + number(value);
}

/** Digits behind the point in which decimals are written, whatever their value. */
function digitsOf({ type, name }: Column): number | undefined {
  if (type === 'Money') return 4;
  if (type !== 'Decimal') return undefined;
  return name === 'exchangerate' ? 12 : 2;
}

function withDigits(value: number, digits: number): string {
  return Number.isInteger(value) ? `${value}.${'0'.repeat(digits)}` : value.toFixed(digits);
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what JSON must escape
const NEEDS_ESCAPE = /["\\\u0000-\u001f\ud800-\udfff]/;

export function quote(text: string): string {
  return NEEDS_ESCAPE.test(text) ? JSON.stringify(text) : `"${text}"`;
}

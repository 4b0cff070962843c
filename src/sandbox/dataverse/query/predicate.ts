import { invalidQuery } from '../errors.ts';
import type { Filter, Operator, TextFunction } from './filter.ts';
import type { Literal, LiteralKind } from './filter-tokens.ts';

export type Plain = string | number | boolean | null;

/** A property a filter may name: its Edm kind and how to read it. */
export interface Property<Item> {
  kind: Exclude<LiteralKind, 'null'>;
  read(item: Item): Plain;
}

/** Finds a property by its name, or throws the refusal the name deserves. */
export type FindProperty<Item> = (name: string) => Property<Item>;

export type Predicate<Item> = (item: Item) => boolean;

const EDM: Record<LiteralKind, string> = {
  null: 'Edm.Null',
  guid: 'Edm.Guid',
  datetime: 'Edm.DateTimeOffset',
  date: 'Edm.Date',
  number: 'Edm.Decimal',
  boolean: 'Edm.Boolean',
  string: 'Edm.String',
};
const OPERATOR_NAMES: Record<Operator, string> = {
  eq: 'Equal',
  ne: 'NotEqual',
  gt: 'GreaterThan',
  ge: 'GreaterThanOrEqual',
  lt: 'LessThan',
  le: 'LessThanOrEqual',
};

/** Turns a filter into a function, with the types checked once and not per row. */
export function compileFilter<Item>(filter: Filter, find: FindProperty<Item>): Predicate<Item> {
  switch (filter.kind) {
    case 'and': {
      const [left, right] = [compileFilter(filter.left, find), compileFilter(filter.right, find)];
      return (item) => left(item) && right(item);
    }
    case 'or': {
      const [left, right] = [compileFilter(filter.left, find), compileFilter(filter.right, find)];
      return (item) => left(item) || right(item);
    }
    case 'not': {
      const inner = compileFilter(filter.inner, find);
      return (item) => !inner(item);
    }
    case 'compare':
      return compileComparison(find(filter.property), filter.operator, filter.literal);
    case 'text':
      return compileText(find(filter.property), filter.function, filter.literal);
  }
}

function compileComparison<Item>(
  property: Property<Item>,
  operator: Operator,
  literal: Literal,
): Predicate<Item> {
  const { kind, read } = property;
  if (!isComparable(kind, literal.kind)) {
    throw invalidQuery(
      `A binary operator with incompatible types was detected. Found operand types '${EDM[kind]}' and '${EDM[literal.kind]}' for operator kind '${OPERATOR_NAMES[operator]}'.`,
    );
  }
  const isText = kind === 'string';
  const wanted = isText && typeof literal.value === 'string' ? literal.value.toLowerCase() : literal.value;
  const fold = (value: Plain): Plain => (isText && typeof value === 'string' ? value.toLowerCase() : value);
  // Dataverse turns `ne` into "other or null", so rows without a value pass.
  if (operator === 'eq') return (item) => fold(read(item)) === wanted;
  if (operator === 'ne') return (item) => fold(read(item)) !== wanted;
  return compileOrder(operator, (item) => fold(read(item)), wanted);
}

function compileOrder<Item>(operator: Operator, read: (item: Item) => Plain, wanted: Plain): Predicate<Item> {
  const passes = (
    test: (value: NonNullable<Plain>, other: NonNullable<Plain>) => boolean,
  ): Predicate<Item> => {
    if (wanted === null) return () => false;
    return (item) => {
      const value = read(item);
      return value !== null && test(value, wanted);
    };
  };
  if (operator === 'gt') return passes((value, other) => value > other);
  if (operator === 'ge') return passes((value, other) => value >= other);
  if (operator === 'lt') return passes((value, other) => value < other);
  return passes((value, other) => value <= other);
}

function compileText<Item>(property: Property<Item>, name: TextFunction, literal: Literal): Predicate<Item> {
  if (property.kind !== 'string') {
    throw invalidQuery(
      `No function signature for the function with name '${name}' matches the specified arguments.`,
    );
  }
  const wanted = String(literal.value).toLowerCase();
  const test = {
    contains: (value: string) => value.includes(wanted),
    startswith: (value: string) => value.startsWith(wanted),
    endswith: (value: string) => value.endsWith(wanted),
  }[name];
  return (item) => {
    const value = property.read(item);
    return typeof value === 'string' && test(value.toLowerCase());
  };
}

function isComparable(property: LiteralKind, literal: LiteralKind): boolean {
  if (literal === 'null' || literal === property) return true;
  // A plain date is taken for a time too: its midnight in UTC sorts before every time of that day.
  return (property === 'datetime' && literal === 'date') || (property === 'date' && literal === 'datetime');
}

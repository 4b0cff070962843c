import { invalidQuery, notSimulated } from '../errors.ts';
import type { Literal, Token } from './filter-tokens.ts';
import { readTokens } from './filter-tokens.ts';

const OPERATORS = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'] as const;
const FUNCTIONS = ['contains', 'startswith', 'endswith'] as const;

export type Operator = (typeof OPERATORS)[number];
export type TextFunction = (typeof FUNCTIONS)[number];

export type Filter =
  | { kind: 'and' | 'or'; left: Filter; right: Filter }
  | { kind: 'not'; inner: Filter }
  | { kind: 'compare'; property: string; operator: Operator; literal: Literal }
  | { kind: 'text'; property: string; function: TextFunction; literal: Literal };

/** Parses the part of `$filter` that Dataverse takes (page "Filter rows"): `or` binds weakest, `not` tightest. */
export function parseFilter(text: string): Filter {
  const reader = createReader(readTokens(text), text);
  const filter = readOr(reader);
  if (reader.peek()) throw reader.fail();
  return filter;
}

interface Reader {
  peek(): Token | undefined;
  next(): Token;
  /** Takes the next token if it is this word or sign. */
  accept(text: string): boolean;
  fail(): Error;
}

function createReader(tokens: Token[], text: string): Reader {
  let position = 0;
  const fail = () => invalidQuery(`Syntax error at position ${position} in '${text}'.`);
  return {
    fail,
    peek: () => tokens[position],
    next: () => {
      const token = tokens[position++];
      if (!token) throw fail();
      return token;
    },
    accept: (wanted) => {
      const token = tokens[position];
      if (!token || token.kind === 'literal' || token.text !== wanted) return false;
      position += 1;
      return true;
    },
  };
}

function readOr(reader: Reader): Filter {
  let left = readAnd(reader);
  while (reader.accept('or')) left = { kind: 'or', left, right: readAnd(reader) };
  return left;
}

function readAnd(reader: Reader): Filter {
  let left = readNot(reader);
  while (reader.accept('and')) left = { kind: 'and', left, right: readNot(reader) };
  return left;
}

function readNot(reader: Reader): Filter {
  if (reader.accept('not')) return { kind: 'not', inner: readNot(reader) };
  if (!reader.accept('(')) return readCondition(reader);
  const inner = readOr(reader);
  if (!reader.accept(')')) throw reader.fail();
  return inner;
}

function readCondition(reader: Reader): Filter {
  const first = readWord(reader);
  if (reader.accept('(')) return readFunction(reader, first);
  const operator = OPERATORS.find((name) => reader.accept(name));
  if (!operator) throw reader.fail();
  return { kind: 'compare', property: first, operator, literal: readLiteral(reader) };
}

function readFunction(reader: Reader, name: string): Filter {
  const known = FUNCTIONS.find((candidate) => candidate === name);
  if (!known) throw notSimulated(`the filter function "${name}"`);
  const property = readWord(reader);
  if (!reader.accept(',')) throw reader.fail();
  const literal = readLiteral(reader);
  if (!reader.accept(')') || literal.kind !== 'string') throw reader.fail();
  return { kind: 'text', property, function: known, literal };
}

function readWord(reader: Reader): string {
  const token = reader.next();
  if (token.kind !== 'word') throw reader.fail();
  return token.text;
}

function readLiteral(reader: Reader): Literal {
  const token = reader.next();
  if (token.kind !== 'literal') throw reader.fail();
  return token.literal;
}

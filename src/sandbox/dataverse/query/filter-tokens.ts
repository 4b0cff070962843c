import { invalidQuery } from '../errors.ts';

export type LiteralKind = 'null' | 'guid' | 'datetime' | 'date' | 'number' | 'boolean' | 'string';

export interface Literal {
  kind: LiteralKind;
  value: string | number | boolean | null;
}

export type Token =
  | { kind: 'literal'; literal: Literal }
  | { kind: 'word'; text: string }
  | { kind: 'sign'; text: '(' | ')' | ',' };

const SIGNS = /^[(),]/;
const TEXT = /^(?:[A-Za-z][\w.]*)?'((?:[^']|'')*)'/;
const GUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}(?![\w-])/i;
const DATE_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/i;
const DATE = /^\d{4}-\d\d-\d\d(?![\w-])/;
const NUMBER = /^-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?![\w-])/i;
const WORD = /^[A-Za-z_@][\w./]*/;

/** Cuts a `$filter` into tokens; the longest form is tried first, since a GUID may begin like a number. */
export function readTokens(text: string): Token[] {
  const tokens: Token[] = [];
  let rest = text.trimStart();
  while (rest !== '') {
    const [token, length] = readToken(rest, text);
    tokens.push(token);
    rest = rest.slice(length).trimStart();
  }
  return tokens;
}

function readToken(rest: string, whole: string): [Token, number] {
  const sign = SIGNS.exec(rest);
  if (sign) return [{ kind: 'sign', text: sign[0] as '(' | ')' | ',' }, 1];
  const text = TEXT.exec(rest);
  // `Namespace.Enum'Name'` is an enum member: compared by its name, like text.
  if (text) return [literal('string', (text[1] ?? '').replaceAll("''", "'")), text[0].length];
  for (const [kind, form] of [
    ['guid', GUID],
    ['datetime', DATE_TIME],
    ['date', DATE],
    ['number', NUMBER],
  ] as const) {
    const found = form.exec(rest)?.[0];
    if (found !== undefined) return [literal(kind, comparableValue(kind, found)), found.length];
  }
  const word = WORD.exec(rest)?.[0];
  if (word === undefined) throw invalidQuery(`Syntax error at '${rest.slice(0, 20)}' in '${whole}'.`);
  if (word === 'null') return [literal('null', null), word.length];
  if (word === 'true' || word === 'false') return [literal('boolean', word === 'true'), word.length];
  return [{ kind: 'word', text: word }, word.length];
}

function literal(kind: LiteralKind, value: Literal['value']): Token {
  return { kind: 'literal', literal: { kind, value } };
}

function comparableValue(kind: 'guid' | 'datetime' | 'date' | 'number', text: string): string | number {
  if (kind === 'number') return Number(text);
  if (kind === 'guid') return text.toLowerCase();
  return kind === 'date' ? text : comparableTime(text);
}

/**
 * Stored times have whole seconds and end in Z, so they compare as text. A fraction goes behind the Z:
 * `…:44Z.5` sorts after `…:44Z` and before `…:45Z`.
 */
function comparableTime(text: string): string {
  const iso = new Date(text).toISOString();
  const fraction = iso.slice(20, 23).replace(/0+$/, '');
  return `${iso.slice(0, 19)}Z${fraction === '' ? '' : `.${fraction}`}`;
}

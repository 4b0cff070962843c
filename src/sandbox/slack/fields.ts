import type { Json } from './page-api.ts';

/** One thing wrong in what the app sent, and the JSON pointer to it. */
export interface Problem {
  pointer: string;
  message: string;
}

export type Report = (pointer: string, message: string) => void;

/** Looks at one value; `at` is the JSON pointer to it. */
export type Check = (value: unknown, at: string, report: Report) => void;

/** One property of an object: how it must look, and whether it may be missing. */
export interface Field {
  check: Check;
  required: boolean;
}

export type Shape = Readonly<Record<string, Field>>;

export const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What is not an object has no properties: an empty one. */
export const objectOf = (value: unknown): Json => (isObject(value) ? value : {});

export const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

export const stringOf = (value: unknown): string => (typeof value === 'string' ? value : '');

export const required = (check: Check): Field => ({ check, required: true });
export const optional = (check: Check): Field => ({ check, required: false });

/** A string of `min` to `max` characters. */
export const string =
  (max: number, min = 1): Check =>
  (value, at, report) => {
    if (typeof value !== 'string') return report(at, 'must be a string');
    const { length } = value;
    if (length < min) report(at, `must be more than ${min - 1} characters`);
    if (length > max) report(at, `must be less than ${max + 1} characters`);
  };

export const pattern =
  (expression: RegExp, wanted: string): Check =>
  (value, at, report) => {
    if (typeof value !== 'string' || !expression.test(value)) report(at, `must be ${wanted}`);
  };

export const boolean: Check = (value, at, report) => {
  if (typeof value !== 'boolean') report(at, 'must be a boolean');
};

export const integer =
  (min: number, max: number): Check =>
  (value, at, report) => {
    if (!Number.isInteger(value)) return report(at, 'must be an integer');
    if (Number(value) < min || Number(value) > max) report(at, `must be from ${min} to ${max}`);
  };

export const oneOf =
  (...values: unknown[]): Check =>
  (value, at, report) => {
    if (!values.includes(value)) report(at, `must be one of: ${values.join(', ')}`);
  };

/** Passes when any of the checks does; otherwise the first one's findings stand. */
export const either =
  (...checks: Check[]): Check =>
  (value, at, report) => {
    let first: Problem[] | undefined;
    for (const check of checks) {
      const found: Problem[] = [];
      check(value, at, (pointer, message) => found.push({ pointer, message }));
      if (found.length === 0) return;
      first ??= found;
    }
    for (const { pointer, message } of first ?? []) report(pointer, message);
  };

export const every =
  (...checks: Check[]): Check =>
  (value, at, report) => {
    for (const check of checks) check(value, at, report);
  };

export const list =
  (check: Check, { min = 0, max = Number.POSITIVE_INFINITY } = {}): Check =>
  (value, at, report) => {
    if (!Array.isArray(value)) return report(at, 'must be an array');
    if (value.length < min) report(at, `no fewer than ${min} items required`);
    if (value.length > max) report(at, `no more than ${max} items allowed`);
    for (const [index, item] of value.entries()) check(item, `${at}/${index}`, report);
  };

/**
 * An object with these properties and no others: Slack, too, refuses a property it does not know. Null counts
 * as missing, since clients send it for what is not set.
 */
export const object =
  (shape: Shape): Check =>
  (value, at, report) => {
    if (!isObject(value)) return report(at, 'must provide an object');
    for (const name of Object.keys(value)) {
      if (!Object.hasOwn(shape, name)) report(at, `invalid additional property: ${name}`);
    }
    for (const [name, field] of Object.entries(shape)) {
      const property = value[name];
      if (property !== undefined && property !== null) field.check(property, `${at}/${name}`, report);
      else if (field.required) report(at, `missing required field: ${name}`);
    }
  };

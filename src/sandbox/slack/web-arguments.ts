import { ApiError } from './api-error.ts';
import type { Json } from './page-api.ts';

/** Arguments that are JSON inside a form, as Slack's clients send them. */
const JSON_ARGUMENTS = new Set(['blocks', 'view', 'attachments', 'metadata', 'files', 'message']);

/** One Web API method: arguments in, answer out; what Slack would refuse is thrown as `ApiError`. */
export type Method = (args: Json) => Json | Promise<Json>;
export type Methods = Record<string, Method>;

function parsed(name: string, value: string): unknown {
  if (!JSON_ARGUMENTS.has(name)) return value;
  try {
    return JSON.parse(value);
  } catch {
    if (name === 'blocks') throw new ApiError('invalid_blocks_format');
    throw new ApiError('invalid_arguments', {
      response_metadata: { messages: [`[ERROR] failed to parse ${name}: not JSON`] },
    });
  }
}

/** The arguments of a call, however they were sent: query, form or JSON body. */
export function readArguments(query: URLSearchParams, body: string, contentType: string): Json {
  const args: Json = {};
  const form = (fields: URLSearchParams) => {
    for (const [name, value] of fields) args[name] = parsed(name, value);
  };
  form(query);
  if (!contentType.startsWith('application/json')) form(new URLSearchParams(body));
  else if (body !== '') {
    try {
      Object.assign(args, JSON.parse(body));
    } catch {
      throw new ApiError('invalid_json');
    }
    for (const name of JSON_ARGUMENTS) {
      const value = args[name];
      if (typeof value === 'string') args[name] = parsed(name, value);
    }
  }
  return args;
}

/** An argument that must be there. */
export function wanted(args: Json, name: string): string {
  const value = args[name];
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string' && value !== '') return value;
  throw new ApiError('invalid_arguments', {
    response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
  });
}

export const flag = (args: Json, name: string): boolean =>
  [true, 'true', '1', 1].includes(args[name] as string);

/** One page of a list: `limit` and `cursor` in, the items and the next cursor out. */
export function page<T>(all: T[], args: Json, standard: number): { items: T[]; next_cursor: string } {
  const limit = Math.min(Math.max(Number(args.limit ?? standard) || standard, 1), 1000);
  const cursor = typeof args.cursor === 'string' ? args.cursor : '';
  const start = cursor === '' ? 0 : Number(Buffer.from(cursor, 'base64').toString());
  if (!Number.isInteger(start)) throw new ApiError('invalid_cursor');
  const end = start + limit;
  const next_cursor = end < all.length ? Buffer.from(String(end)).toString('base64') : '';
  return { items: all.slice(start, end), next_cursor };
}

import { DataverseError, invalidQuery, notSimulated } from '../errors.ts';

/** The query of a URL, with its known options apart. Values are decoded. */
export interface QueryOptions {
  select: string[] | undefined;
  filter: string | undefined;
  orderby: string | undefined;
  top: number | undefined;
  isCounted: boolean;
  apply: string | undefined;
  expand: string | undefined;
  skipToken: string | undefined;
  deltaToken: string | undefined;
  /** Parameter aliases (`@p`). */
  aliases: Map<string, string>;
}

const KNOWN = new Set([
  '$select',
  '$filter',
  '$orderby',
  '$top',
  '$count',
  '$apply',
  '$expand',
  '$skiptoken',
  '$deltatoken',
]);

/** Reads the query and refuses what Dataverse refuses, and what the sandbox does not know. */
export function parseQuery(search: URLSearchParams): QueryOptions {
  const aliases = new Map<string, string>();
  for (const [name, value] of search) {
    if (name.startsWith('@')) aliases.set(name, value);
    else if (name === '$skip')
      throw new DataverseError(400, '0x80060888', 'Skip Clause is not supported in CRM');
    else if (name === '$search' || name === '$format')
      throw invalidQuery(`The query option '${name}' is not supported.`);
    else if (!KNOWN.has(name)) throw notSimulated(`the query option "${name}"`);
  }
  const text = (name: string) => search.get(name) ?? undefined;
  const count = text('$count');
  if (count !== undefined && count !== 'true' && count !== 'false') {
    throw invalidQuery(
      `Invalid value '${count}' for $count query option found. Valid values are 'true' and 'false'.`,
    );
  }
  return {
    select: text('$select')
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== ''),
    filter: text('$filter'),
    orderby: text('$orderby'),
    top: parseTop(text('$top')),
    isCounted: count === 'true',
    apply: text('$apply'),
    expand: text('$expand'),
    skipToken: text('$skiptoken'),
    deltaToken: text('$deltatoken'),
    aliases,
  };
}

function parseTop(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw invalidQuery(`Invalid value '${text}' for $top query option found.`);
  return Number(text);
}

/** Refuses options that are there though this resource does not take them. */
export function allowOnly(query: QueryOptions, allowed: readonly (keyof QueryOptions)[], what: string): void {
  for (const [name, value] of Object.entries(query)) {
    const isGiven = name === 'aliases' ? false : value !== undefined && value !== false;
    if (isGiven && !allowed.includes(name as keyof QueryOptions)) throw notSimulated(`"$${name}" on ${what}`);
  }
}

import { DataverseError, invalidQuery, notSimulated } from '../errors.ts';
import { parseFilter } from '../query/filter.ts';
import type { Plain, Property } from '../query/predicate.ts';
import { compileFilter } from '../query/predicate.ts';

export type Facts = Record<string, unknown>;

/** The options inside `$expand=Attributes(…)`, or of the request itself. */
export interface MetadataQuery {
  select: string[] | undefined;
  filter: string | undefined;
  expand: Map<string, MetadataQuery>;
}

/** Splits `A($select=x,y;$filter=z),B` into its parts. */
export function parseExpand(text: string | undefined): Map<string, MetadataQuery> {
  const expands = new Map<string, MetadataQuery>();
  for (const part of splitTop(text ?? '', ',')) {
    const found = /^(\w+)(?:\((.*)\))?$/s.exec(part.trim());
    if (!found) throw invalidQuery(`Invalid $expand '${part}'.`);
    const options = new Map(splitTop(found[2] ?? '', ';').map(splitOption));
    for (const name of options.keys()) {
      if (!['$select', '$filter', '$expand'].includes(name)) throw notSimulated(`"${name}" inside $expand`);
    }
    expands.set(found[1] ?? '', {
      select: options
        .get('$select')
        ?.split(',')
        .map((name) => name.trim()),
      filter: options.get('$filter'),
      expand: parseExpand(options.get('$expand')),
    });
  }
  return expands;
}

function splitOption(text: string): [string, string] {
  const at = text.indexOf('=');
  return [text.slice(0, at).trim(), text.slice(at + 1)];
}

/** Splits at a sign, but not inside parentheses. */
function splitTop(text: string, sign: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let i = 0; i <= text.length; i++) {
    if (text[i] === '(') depth += 1;
    if (text[i] === ')') depth -= 1;
    if (i === text.length || (text[i] === sign && depth === 0)) {
      parts.push(text.slice(start, i));
      start = i + 1;
    }
  }
  return parts.filter((part) => part !== '');
}

/** The selected properties and, always, `MetadataId` (page "Query table definitions"). */
export function selectFacts(facts: Facts, select: string[] | undefined, type: string): Facts {
  if (!select) return facts;
  const chosen: Facts = {};
  if ('@odata.type' in facts) chosen['@odata.type'] = facts['@odata.type'];
  for (const name of [...select, 'MetadataId']) {
    if (!(name in facts)) {
      const message = `Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${type}'.`;
      throw new DataverseError(400, '0x80060888', message);
    }
    chosen[name] = facts[name];
  }
  return chosen;
}

/** `$filter` over metadata: plain values, and those of managed properties through `/Value`. */
export function filterFacts(items: Facts[], filter: string | undefined, type: string): Facts[] {
  if (filter === undefined) return items;
  const sample = items[0];
  if (!sample) return [];
  const find = (path: string): Property<Facts> => {
    const read = (item: Facts) => readPath(item, path);
    const value = items.map(read).find((candidate) => candidate !== null);
    if (value === undefined && readPath(sample, path) === undefined) {
      throw invalidQuery(
        `Could not find a property named '${path}' on type 'Microsoft.Dynamics.CRM.${type}'.`,
      );
    }
    if (typeof value === 'object') throw invalidQuery(`The property '${path}' cannot be used in $filter.`);
    const kind = typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'number' : 'string';
    return { kind: path === 'MetadataId' ? 'guid' : kind, read: (item) => (read(item) ?? null) as Plain };
  };
  return items.filter(compileFilter(parseFilter(filter), find));
}

function readPath(item: Facts, path: string): unknown {
  return path.split('/').reduce<unknown>((value, name) => (value as Facts | undefined)?.[name], item);
}

import { unknownProperty, unknownRow } from '../errors.ts';
import { parseFilter } from './filter.ts';
import type { Plain, Property } from './predicate.ts';
import { compileFilter } from './predicate.ts';

type Item = Record<string, Plain>;

/** A small read-only set beside the tables: `organizations`, `solutions`, `roles`, … */
export interface PlainSet {
  /** The entity's logical name, for error texts. */
  entity: string;
  primaryId: string;
  /** Kinds by property; the first is the primary id. */
  properties: Record<string, Property<Item>['kind']>;
  items: () => Item[];
}

/** `$filter` and `$select` over a plain set. */
export function queryPlainSet(
  set: PlainSet,
  select: string[] | undefined,
  filter: string | undefined,
): Item[] {
  const items = set.items();
  const find = (name: string): Property<Item> => {
    const kind = set.properties[name];
    if (!kind) throw unknownProperty(name, set.entity);
    return { kind, read: (item) => item[name] ?? null };
  };
  const passes = filter === undefined ? () => true : compileFilter(parseFilter(filter), find);
  const chosen = select ?? Object.keys(set.properties);
  for (const name of chosen) find(name);
  return items
    .filter(passes)
    .map((item) => Object.fromEntries([set.primaryId, ...chosen].map((name) => [name, item[name] ?? null])));
}

export function findInPlainSet(set: PlainSet, id: string, select: string[] | undefined): Item {
  const found = queryPlainSet(set, select, undefined).find((item) => item[set.primaryId] === id);
  if (!found) throw unknownRow(set.entity, id);
  return found;
}

import type { Column, Language, TableSchema } from './tables/column.ts';
import type { Row, Value, Values } from './tables/row.ts';
import type { Table } from './tables/table.ts';
import { createTable } from './tables/table.ts';

/** How far a read privilege reaches; `undefined` where the role lacks it. */
export type Depth = 'Basic' | 'Local' | 'Deep' | 'Global';

/** The `systemuser` row through which an app signs in, with what its roles allow. */
export interface ApplicationUser {
  id: string;
  clientId: string;
  fullName: string;
  /** Its `internalemailaddress` and `domainname`. */
  email: string;
  roles: string[];
  isDisabled: boolean;
  /** In which language formatted values and `UserLocalizedLabel` come. */
  language: Language;
  /** Read privileges by table. */
  read: Map<string, Depth>;
}

export interface OrganizationFacts {
  id: string;
  friendlyName: string;
  uniqueName: string;
  urlName: string;
  businessUnitId: string;
  version: string;
  tenantId: string;
  /** How long delta links live. */
  changeTrackingDays: number;
}

/** A row outside the five tables that lookups point to: a currency, a business unit. */
export interface Reference {
  id: string;
  table: string;
  name: string;
  /** Currencies: the ISO code. */
  code?: string;
}

/** The organisation's rows; every change gives the row the organisation's next version. */
export interface Organization {
  facts: OrganizationFacts;
  applicationUser: ApplicationUser;
  references: Reference[];
  tables: Map<string, Table>;
  /** The version of the latest change. */
  version(): number;
  /** The oldest version a delta link of the table may stand for. */
  oldestLink(table: string): number;
  /** Makes every delta link of the table worthless, as a change of its columns does. */
  expireLinks(table: string): void;
  load(table: string, id: string, values: Values): void;
  create(table: string, id: string, values: Values): void;
  update(table: string, id: string, values: Values): void;
  remove(table: string, id: string): void;
  /** Which table a lookup's id is in and what the row is called. */
  resolve(id: string, targets: readonly string[]): { table: string; name: string } | undefined;
  /** The row with every column that has a value. */
  valuesOf(table: Table, row: Row): Values;
  now(): number;
}

export interface OrganizationOptions {
  facts: OrganizationFacts;
  applicationUser: ApplicationUser;
  references: Reference[];
  schemas: TableSchema[];
  now: () => number;
}

/** Versions are the organisation's, not a table's, and do not start at one on a system with a past. */
const FIRST_VERSION = 4_180_000;

export function createOrganization(options: OrganizationOptions): Organization {
  const { facts, applicationUser, references, schemas, now } = options;
  const tables = new Map(schemas.map((schema) => [schema.name, createTable(schema)]));
  const oldestLinks = new Map<string, number>();
  let version = FIRST_VERSION;
  let loaded = version;

  const tableOf = (name: string): Table => {
    const table = tables.get(name);
    if (!table) throw new Error(`The sandbox has no table "${name}".`);
    return table;
  };
  const put = (name: string, id: string, values: Values, isKnown: boolean): void => {
    const table = tableOf(name);
    if ((table.get(id) !== undefined) !== isKnown) {
      throw new Error(
        `The table "${name}" has ${isKnown ? 'no' : 'a'} row ${id}${isKnown ? '.' : ' already.'}`,
      );
    }
    const at = isoSeconds(now());
    version += 1;
    table.put(id, version, { ...(isKnown ? {} : { createdon: at }), modifiedon: at, ...values });
  };

  return {
    ...{ facts, applicationUser, references, tables, now },
    version: () => version,
    oldestLink: (name) => oldestLinks.get(name) ?? loaded,
    expireLinks: (name) => {
      version += 1;
      oldestLinks.set(name, version);
    },
    load: (name, id, values) => {
      version += 1;
      loaded = version;
      tableOf(name).load(id, version, values);
    },
    create: (name, id, values) => put(name, id, values, false),
    update: (name, id, values) => put(name, id, values, true),
    remove: (name, id) => {
      version += 1;
      if (!tableOf(name).remove(id, version)) throw new Error(`The table "${name}" has no row ${id}.`);
    },
    resolve: createResolve(tables, references),
    valuesOf,
  };
}

function createResolve(tables: Map<string, Table>, references: Reference[]): Organization['resolve'] {
  const byId = new Map(references.map((reference) => [reference.id, reference]));
  return (id, targets) => {
    for (const target of targets) {
      const table = tables.get(target);
      const row = table?.get(id);
      if (!table || !row) continue;
      return { table: target, name: String(table.reader(table.schema.primaryName)(row) ?? '') };
    }
    return byId.get(id);
  };
}

function valuesOf(table: Table, row: Row): Values {
  const values: Values = {};
  for (const column of table.schema.columns.values()) {
    const value: Value = column.isSelectable ? table.reader(column.name)(row) : null;
    if (value !== null) values[column.name] = value;
  }
  return values;
}

/** `2026-11-23T04:05:06Z`, the form of every date and time in the tables. */
export function isoSeconds(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** The navigation property of a lookup for the table it points to (page "Web API properties"). */
export function navigationOf(column: Column, target: string): string {
  if (column.type === 'Customer') return `${column.name}_${target}`;
  return column.isCustom ? column.schemaName : column.name;
}

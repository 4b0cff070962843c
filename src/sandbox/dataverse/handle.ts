import { randomUUID } from 'node:crypto';
import { type Customizer, createCustomizer } from './customizer.ts';
import type { Depth, Organization } from './organization.ts';
import type { Values } from './tables/row.ts';
import type { Table } from './tables/table.ts';

/** Reading one table from inside, as tests and the demo panel do. */
export interface TableHandle {
  count(): number;
  get(id: string): Values | undefined;
  /** In the order of creation. */
  all(): Values[];
}

/** Acting in the organisation as its people would. */
export interface OrganizationHandle extends Customizer {
  table(name: string): TableHandle;
  /** Returns the new row's id; sets what a form would set (state, owner, full name). */
  create(entity: string, values: Values): string;
  update(entity: string, id: string, values: Values): void;
  delete(entity: string, id: string): void;
  /** Makes every delta link given out so far worthless, for one table or for all. */
  expireDeltaLinks(entity?: string): void;
  /** How far the application user may read a table; undefined takes the privilege away. */
  setReadPrivilege(entity: string, depth: Depth | undefined): void;
  setApplicationUser(change: { isDisabled?: boolean; roles?: string[] }): void;
}

export function createHandle(organization: Organization): OrganizationHandle {
  const { applicationUser } = organization;
  const tableOf = (name: string): Table => {
    const table = organization.tables.get(name);
    if (!table) throw new Error(`The sandbox has no table "${name}".`);
    return table;
  };
  const author = [...tableOf('systemuser').rows()].find(({ id }) => id !== applicationUser.id)?.id ?? null;

  return {
    table: (name) => createTableHandle(organization, tableOf(name)),
    create: (entity, values) => {
      const { [tableOf(entity).schema.primaryId]: given, ...rest } = values;
      const id = typeof given === 'string' ? given.toLowerCase() : randomUUID();
      const named = withFullName(rest, {}, entity);
      organization.create(entity, id, { ...defaultsOf(entity, author), ...named });
      return id;
    },
    update: (entity, id, values) => {
      const before = createTableHandle(organization, tableOf(entity)).get(id) ?? {};
      organization.update(entity, id, { modifiedby: author, ...withFullName(values, before, entity) });
    },
    delete: (entity, id) => organization.remove(entity, id),
    expireDeltaLinks: (entity) => {
      const names = entity === undefined ? [...organization.tables.keys()] : [entity];
      for (const name of names) organization.expireLinks(name);
    },
    ...createCustomizer(organization, tableOf),
    setReadPrivilege: (entity, depth) => {
      if (depth) applicationUser.read.set(entity, depth);
      else applicationUser.read.delete(entity);
    },
    setApplicationUser: (change) => {
      Object.assign(applicationUser, change);
      if (change.isDisabled === undefined) return;
      organization.update('systemuser', applicationUser.id, { isdisabled: change.isDisabled });
    },
  };
}

function createTableHandle({ valuesOf }: Organization, table: Table): TableHandle {
  return {
    count: table.size,
    get: (id) => {
      const row = table.get(id);
      return row && valuesOf(table, row);
    },
    all: () => [...table.rows()].map((row) => valuesOf(table, row)),
  };
}

function defaultsOf(entity: string, author: string | null): Values {
  const authors = { createdby: author, modifiedby: author };
  return entity === 'systemuser' ? authors : { statecode: 0, statuscode: 1, ownerid: author, ...authors };
}

/** Dynamics puts full names together itself; Japanese ones start with the family name. */
function withFullName(values: Values, before: Values, entity: string): Values {
  const isNamed = 'firstname' in values || 'lastname' in values;
  if (!isNamed || 'fullname' in values || !['lead', 'contact', 'systemuser'].includes(entity)) return values;
  const first = String(values.firstname ?? before.firstname ?? '');
  const last = String(values.lastname ?? before.lastname ?? '');
  const isJapanese = /[\u3040-\u30ff\u4e00-\u9fff]/.test(last);
  const fullname = (isJapanese ? [last, first] : [first, last]).filter((part) => part !== '').join(' ');
  return { ...values, fullname };
}

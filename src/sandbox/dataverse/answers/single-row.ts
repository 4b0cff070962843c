import { notSimulated, unknownRow } from '../errors.ts';
import type { QueryOptions } from '../query/options.ts';
import { allowOnly } from '../query/options.ts';
import { queryPlainSet } from '../query/plain-set.ts';
import type { Table } from '../tables/table.ts';
import type { Answer, DataverseRequest } from './answer.ts';
import { json } from './answer.ts';
import { parseExpand } from './metadata-query.ts';
import { roles } from './plain-sets.ts';
import { describePrivileges } from './privileges.ts';
import { createRowWriter } from './row-writer.ts';
import { contextOf, selectColumns } from './selection.ts';

const ROLES = 'systemuserroles_association';

/** `leads(<id>)`; users may be expanded by their roles. */
export function answerRow(request: DataverseRequest, table: Table, id: string, query: QueryOptions): Answer {
  allowOnly(query, ['select', 'expand'], 'one row');
  const { organization, preferences, base } = request;
  const row = table.get(id);
  if (!row) throw unknownRow(table.schema.name, id);
  const columns = selectColumns(table, query.select);
  const text = createRowWriter(organization, table, columns, preferences)(row);
  const expanded = [...parseExpand(query.expand)].map(([name, inner]) => {
    if (name !== ROLES || table.schema.name !== 'systemuser') throw notSimulated(`"$expand=${name}"`);
    const isOwn = id === organization.applicationUser.id;
    const value = isOwn ? queryPlainSet(roles(organization.applicationUser), inner.select, inner.filter) : [];
    return `,"${name}":${JSON.stringify(value)}`;
  });
  const context = JSON.stringify(contextOf(base, table.schema.set, query.select, '/$entity'));
  const whole = `{"@odata.context":${context},${text.slice(1, -1)}${expanded.join('')}}`;
  return { status: 200, type: 'json', parts: [whole] };
}

/** What hangs off a user: its roles and privileges; undefined when `rest` is something else. */
export function answerUserResource(
  { organization, base }: DataverseRequest,
  id: string,
  rest: string,
  query: QueryOptions,
): Answer | undefined {
  const isOwn = id === organization.applicationUser.id;
  if (rest === ROLES) {
    allowOnly(query, ['select', 'filter'], 'roles');
    const value = isOwn ? queryPlainSet(roles(organization.applicationUser), query.select, query.filter) : [];
    return json({ '@odata.context': `${base}$metadata#roles`, value });
  }
  if (/^Microsoft\.Dynamics\.CRM\.RetrieveUserPrivileges(\(\))?$/.test(rest)) {
    allowOnly(query, [], 'a function');
    const context = `${base}$metadata#Microsoft.Dynamics.CRM.RetrieveUserPrivilegesResponse`;
    return json({ '@odata.context': context, RolePrivileges: isOwn ? describePrivileges(organization) : [] });
  }
  return undefined;
}

import { DataverseError } from '../errors.ts';
import type { Organization } from '../organization.ts';
import type { TableSchema } from '../tables/column.ts';

/** `prvReadLead`; that of `systemuser` is called after its display name. */
export function readPrivilegeOf(schema: TableSchema): string {
  return `prvRead${schema.name === 'systemuser' ? 'User' : schema.schemaName}`;
}

/** What every request asks of its caller, whatever it wants. */
export function checkCaller({ applicationUser }: Organization, clientId: string): void {
  if (clientId.toLowerCase() !== applicationUser.clientId.toLowerCase()) {
    throw new DataverseError(403, '0x80072560', 'The user is not a member of the organization.');
  }
  if (applicationUser.isDisabled) {
    const message = `The user with Id = ${applicationUser.id} is disabled or does not belong to any business unit.`;
    throw new DataverseError(403, '0x80040225', message);
  }
  if (applicationUser.roles.length === 0) {
    const message = `The user (Id = ${applicationUser.id}) has not been assigned any roles.`;
    throw new DataverseError(403, '0x80042f09', message);
  }
}

/** Reading needs the table's privilege; change tracking needs it for the whole organisation. */
export function checkRead({ applicationUser }: Organization, schema: TableSchema, isTracked: boolean): void {
  const depth = applicationUser.read.get(schema.name);
  if (!depth) throw missingPrivilege(applicationUser, schema);
  if (!isTracked || depth === 'Global') return;
  const privilege = readPrivilegeOf(schema);
  const message = `SecLib::CheckPrivilege failed. User: ${applicationUser.id}, PrivilegeName: ${privilege}, Required Depth: Global, ObjectTypeCode: ${schema.typeCode}`;
  throw new DataverseError(403, '0x80040220', message);
}

export function missingPrivilege(
  { id, read, roles }: Organization['applicationUser'],
  schema: TableSchema,
): DataverseError {
  const facts = `Id=${id}, type=8, roleCount=${roles.length}, privilegeCount=${read.size}, accessMode=4`;
  const message = `Principal user (${facts}), is missing ${readPrivilegeOf(schema)} privilege on OTC=${schema.typeCode} for entity '${schema.name}'.`;
  return new DataverseError(403, '0x80040220', message);
}

/** The answer of `RetrieveUserPrivileges`. */
export function describePrivileges({ applicationUser, facts, tables }: Organization): object[] {
  return [...tables.values()].flatMap(({ schema }) => {
    const depth = applicationUser.read.get(schema.name);
    if (!depth) return [];
    return [
      {
        Depth: depth,
        PrivilegeId: `00000000-0000-0000-0000-${String(schema.typeCode).padStart(12, '0')}`,
        BusinessUnitId: facts.businessUnitId,
        PrivilegeName: readPrivilegeOf(schema),
        RecordFilterId: '00000000-0000-0000-0000-000000000000',
        RecordFilterUniqueName: '',
      },
    ];
  });
}

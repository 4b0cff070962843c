import type { Organization } from '../organization.ts';
import type { PlainSet } from '../query/plain-set.ts';
import { configTable, solutionSets } from '../seed/marketo.ts';

/** The sets beside the five tables, by their name in URLs. */
export function createPlainSets(organization: Organization): Map<string, PlainSet> {
  return new Map<string, PlainSet>([
    ['organizations', organizations(organization)],
    ...solutionSets(organization.tables.has(configTable)),
    ['businessunits', businessUnits(organization)],
    ['transactioncurrencies', currencies(organization)],
    ['roles', roles(organization.applicationUser)],
  ]);
}

function organizations({ facts }: Organization): PlainSet {
  return {
    entity: 'organization',
    primaryId: 'organizationid',
    properties: {
      organizationid: 'guid',
      name: 'string',
      languagecode: 'number',
      localeid: 'number',
      expirechangetrackingindays: 'number',
    },
    items: () => [
      {
        organizationid: facts.id,
        name: facts.uniqueName,
        languagecode: 1033,
        localeid: 1041,
        expirechangetrackingindays: facts.changeTrackingDays,
      },
    ],
  };
}

function businessUnits({ references }: Organization): PlainSet {
  const units = references.filter(({ table }) => table === 'businessunit');
  return {
    entity: 'businessunit',
    primaryId: 'businessunitid',
    properties: { businessunitid: 'guid', name: 'string' },
    items: () => units.map(({ id, name }) => ({ businessunitid: id, name })),
  };
}

function currencies({ references }: Organization): PlainSet {
  const known = references.filter(({ table }) => table === 'transactioncurrency');
  return {
    entity: 'transactioncurrency',
    primaryId: 'transactioncurrencyid',
    properties: { transactioncurrencyid: 'guid', currencyname: 'string', isocurrencycode: 'string' },
    items: () =>
      known.map(({ id, name, code = null }) => ({
        transactioncurrencyid: id,
        currencyname: name,
        isocurrencycode: code,
      })),
  };
}

/** The application user's roles; their ids follow from their names. */
export function roles(applicationUser: Organization['applicationUser']): PlainSet {
  return {
    entity: 'role',
    primaryId: 'roleid',
    properties: { roleid: 'guid', name: 'string' },
    items: () =>
      applicationUser.roles.map((name, i) => ({
        roleid: `${applicationUser.id.slice(0, -2)}${String(i).padStart(2, '0')}`,
        name,
      })),
  };
}

import type { Organization } from '../organization.ts';
import { isoSeconds } from '../organization.ts';
import { seedAccounts } from './accounts.ts';
import { seedContacts, seedLeads } from './contacts.ts';
import { seedOpportunities } from './opportunities.ts';
import { createRandom } from './random.ts';
import type { Load } from './users.ts';
import { seedUsers, userFlags } from './users.ts';
import type { World } from './world.ts';

export interface SeedOptions {
  /** Of all five tables together. */
  rows: number;
  shares: readonly [accounts: number, contacts: number, leads: number];
  seed: number;
  /** The end of the recorded time, milliseconds since 1970. */
  until: number;
  /** Of the organisation's own people. */
  mailDomain: string;
  hasFilterColumn: boolean;
}

/** Fills an organisation; the same options give the same rows, ids included. */
export function seedOrganization(organization: Organization, options: SeedOptions): void {
  const { rows, shares, seed, until, mailDomain, hasFilterColumn } = options;
  const world: World = {
    random: createRandom(seed),
    businessUnitId: organization.facts.businessUnitId,
    currencies: {
      yen: idOf(organization, 'JPY'),
      dollar: idOf(organization, 'USD'),
    },
    users: [],
    accounts: [],
    contacts: [],
    leads: [],
    until,
    hasFilterColumn,
  };
  const load: Load = (table, id, values) => organization.load(table, id, values);
  const users = Math.max(2, Math.min(40, Math.ceil(rows / 20)));
  const [accounts, contacts, leads] = shares.map((share) => Math.floor(rows * share)) as [
    number,
    number,
    number,
  ];
  loadApplicationUser(organization, world);
  seedUsers(world, users - 1, mailDomain, load);
  seedAccounts(world, accounts, load);
  seedContacts(world, contacts, load);
  seedLeads(world, leads, load);
  seedOpportunities(world, Math.max(0, rows - users - accounts - contacts - leads), load);
}

function loadApplicationUser({ applicationUser, load }: Organization, world: World): void {
  const { id, fullName, email, clientId, isDisabled } = applicationUser;
  const created = isoSeconds(world.until - 400 * 86_400_000);
  load('systemuser', id, {
    ...userFlags(world, isDisabled),
    accessmode: 4,
    islicensed: false,
    fullname: fullName,
    lastname: fullName,
    firstname: '#',
    internalemailaddress: email,
    domainname: email,
    applicationid: clientId,
    createdon: created,
    modifiedon: created,
  });
}

function idOf({ references }: Organization, isoCode: string): string {
  const currency = references.find(({ table, code }) => table === 'transactioncurrency' && code === isoCode);
  if (!currency) throw new Error(`no currency ${isoCode}`);
  return currency.id;
}

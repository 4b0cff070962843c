import type { DataverseOptions } from './options.ts';
import type { ApplicationUser, Organization, Reference } from './organization.ts';
import { createOrganization } from './organization.ts';
import { eventSchema, seedEvents } from './seed/events.ts';
import { marketoSchema, seedMarketo } from './seed/marketo.ts';
import { createRandom } from './seed/random.ts';
import { seedOrganization } from './seed/seed.ts';
import { loadSchemas } from './tables/schema.ts';

/** The end of the recorded time: fixed, so that one seed always gives the same rows. */
const RECORDED_UNTIL = Date.parse('2026-10-31T00:00:00Z');
const MAIL_DOMAIN = 'contoso.example';

/** The demo organisation with its rows. Everything in it follows from the options. */
export function createContoso(options: DataverseOptions): Organization {
  const { seed = 1, rows = 25_000, filterColumn = true, untracked = [], now = Date.now } = options;
  const tenant = options.entra.tenants.find(({ id }) => id === options.tenantId) ?? options.entra.tenants[0];
  const clientId = options.clientId ?? tenant?.apps[0]?.clientId;
  if (!tenant || !clientId) throw new Error('Dataverse needs an Entra tenant with an app.');
  const schemas = [
    ...loadSchemas({ filterColumn, untracked }),
    eventSchema(untracked),
    ...(options.marketo ? [marketoSchema()] : []),
  ];
  // Apart from the rows' chance, so that these ids do not move when a table gets another column.
  const random = createRandom(seed ^ 0x5eed);
  const applicationUser: ApplicationUser = {
    id: random.guid(),
    clientId,
    fullName: 'Marketing Sync',
    email: options.username ?? `marketing.sync@${MAIL_DOMAIN}`,
    roles: ['Marketing Sync', 'Basic User'],
    isDisabled: false,
    language: options.language ?? 1033,
    read: new Map(schemas.map(({ name }) => [name, 'Global'])),
  };
  const references: Reference[] = [
    { id: random.guid(), table: 'businessunit', name: 'Contoso' },
    { id: random.guid(), table: 'transactioncurrency', name: '円', code: 'JPY' },
    { id: random.guid(), table: 'transactioncurrency', name: 'US Dollar', code: 'USD' },
  ];
  const facts = {
    id: random.guid(),
    friendlyName: 'Contoso 営業',
    uniqueName: 'unq4f1c0ntoso',
    urlName: 'contoso',
    changeTrackingDays: 7,
    ...options.organization,
    businessUnitId: references[0]?.id ?? '',
    version: '9.2.25063.00138',
    tenantId: tenant.id,
  };
  const organization = createOrganization({ facts, applicationUser, references, schemas, now });
  seedOrganization(organization, {
    rows,
    shares: options.shares ?? [0.15, 0.4, 0.3],
    seed,
    until: Math.min(RECORDED_UNTIL, now()),
    mailDomain: MAIL_DOMAIN,
    hasFilterColumn: filterColumn,
  });
  seedEvents(organization, seed, Math.min(RECORDED_UNTIL, now()));
  if (options.marketo) seedMarketo(organization, options.marketo);
  // Sorted now, since at the first request it would keep the event loop for half a second.
  for (const table of organization.tables.values()) table.ordered([]);
  return organization;
}

import type { Check } from '../../src/model/check.ts';
import type { Condition } from '../../src/model/condition.ts';
import type { EntitySchema, Field } from '../../src/model/entity.ts';
import type { Fault } from '../../src/model/fault.ts';
import type { Organization } from '../../src/model/organization.ts';
import type { Period } from '../../src/model/period.ts';
import type { EntityProgress, InitialSummary, SyncProgress } from '../../src/model/progress.ts';
import type { Refresh } from '../../src/model/refresh.ts';
import type { Selection } from '../../src/model/selection.ts';
import type { SetupAt } from '../../src/model/setup.ts';

export const at = '2026-11-23T09:30:00.000Z';

export const organization: Organization = {
  id: 'b5f1e6a2-93c4-4f0e-8a51-1d2c3b4a5f60',
  friendlyName: 'Contoso Sales & Marketing',
  uniqueName: 'unq7c1f2contoso',
  url: 'https://contoso.crm7.dynamics.com',
};

const field = (name: string, en: string, ja: string, type: Field['type'] = 'String'): Field => ({
  name,
  type,
  label: { en, ja },
});

export const lead: EntitySchema = {
  name: 'lead',
  entitySetName: 'leads',
  primaryId: 'leadid',
  primaryName: 'fullname',
  changeTracking: true,
  label: { en: 'Lead', ja: 'リード' },
  fields: [
    field('leadid', 'Lead', 'リード', 'Uniqueidentifier'),
    field('ownerid', 'Owner', '所有者', 'Owner'),
    field('createdon', 'Created On', '作成日', 'DateTime'),
    field('firstname', 'First Name', '名'),
    field('lastname', 'Last Name', '姓'),
    field('emailaddress1', 'Email', '電子メール'),
    field('emailaddress2', 'Email Address 2', '電子メール アドレス 2'),
    field('address1_city', 'Street Address City', '市区町村'),
    field('new_synctomkto', 'Sync to Marketing', 'マーケティングに同期', 'Boolean'),
  ],
};

export const account: EntitySchema = {
  name: 'account',
  entitySetName: 'accounts',
  primaryId: 'accountid',
  primaryName: 'name',
  changeTracking: true,
  label: { en: 'Account', ja: '取引先企業' },
  fields: [
    field('accountid', 'Account', '取引先企業', 'Uniqueidentifier'),
    field('ownerid', 'Owner', '所有者', 'Owner'),
    field('createdon', 'Created On', '作成日', 'DateTime'),
    field('name', 'Account Name', '取引先企業名'),
    field('websiteurl', 'Website', 'Web サイト'),
  ],
};

export const schemas = [account, lead];
/** The leads know when they were last updated as well. */
export const datedSchemas = [
  account,
  { ...lead, fields: [...lead.fields, field('modifiedon', 'Modified On', '修正日', 'DateTime')] },
];
export const period: Period = {
  by: 'modifiedon',
  from: '2026-01-01',
  to: '2026-03-31',
  timeZone: 'Asia/Tokyo',
};
export const rows = { account: 8_000, lead: 25_000, msdyn_unknown: null };

export const selection: Selection = {
  account: { fields: ['name'], filter: false },
  lead: { fields: ['firstname', 'lastname', 'emailaddress1'], filter: true },
};

export const fault: Fault = {
  code: 'secret-expired',
  details: { tenant: 'contoso.onmicrosoft.com' },
  original: 'AADSTS7000222',
  requestId: '0f8c2e4a-77aa-4f4e-9d3c-2b1a0c9d8e7f',
  at,
};

export const checks = {
  running: [
    { id: 'url', outcome: 'passed' },
    { id: 'sign-in', outcome: 'running' },
    { id: 'user', outcome: 'pending' },
    { id: 'organization', outcome: 'pending' },
    { id: 'access', outcome: 'pending' },
    { id: 'change-tracking', outcome: 'pending' },
    { id: 'destination', outcome: 'pending' },
  ],
  failed: [
    { id: 'url', outcome: 'passed' },
    { id: 'sign-in', outcome: 'failed', fault },
    { id: 'user', outcome: 'skipped' },
    { id: 'organization', outcome: 'skipped' },
    { id: 'access', outcome: 'skipped' },
    { id: 'change-tracking', outcome: 'skipped' },
    { id: 'destination', outcome: 'skipped' },
  ],
  passed: [
    { id: 'url', outcome: 'passed' },
    { id: 'sign-in', outcome: 'passed' },
    { id: 'user', outcome: 'passed' },
    { id: 'organization', outcome: 'passed' },
    { id: 'access', outcome: 'passed' },
    {
      id: 'change-tracking',
      outcome: 'warned',
      fault: { code: 'change-tracking-off', details: { entity: 'lead' }, at },
    },
    { id: 'destination', outcome: 'passed' },
  ],
  noted: [
    { id: 'url', outcome: 'passed' },
    { id: 'sign-in', outcome: 'passed' },
    { id: 'secret-expiry', outcome: 'passed', note: { kind: 'expires', holds: 'secret', at } },
    { id: 'filter', outcome: 'passed', note: { kind: 'filter', present: ['lead'], absent: ['account'] } },
    { id: 'marketo', outcome: 'passed', note: { kind: 'installed', version: '5.0.2.1' } },
    { id: 'destination', outcome: 'passed' },
  ],
  unread: [
    { id: 'secret-expiry', outcome: 'unread', note: { kind: 'expiry-unknown', reason: 'not-permitted' } },
    { id: 'filter', outcome: 'passed', note: { kind: 'filter', present: [], absent: ['lead'] } },
    { id: 'marketo', outcome: 'unread', note: { kind: 'not-readable' } },
  ],
} satisfies Record<string, readonly Check[]>;

const progressOf = (entity: string, values: Partial<EntityProgress>): EntityProgress => ({
  entity,
  phase: 'waiting',
  stored: 0,
  read: 0,
  total: 25_000,
  filtered: 0,
  failed: 0,
  deleted: 0,
  backlog: null,
  oldestPendingAt: null,
  followedAt: null,
  ...values,
});

export const progress: SyncProgress = {
  entities: [
    progressOf('account', { phase: 'current', read: 8_000, stored: 8_000, total: 8_000 }),
    progressOf('lead', { phase: 'copying', read: 11_250, stored: 11_000, filtered: 247, failed: 3 }),
    progressOf('contact', { phase: 'copying', read: 26_000, stored: 26_000 }),
    progressOf('opportunity', {}),
    progressOf('systemuser', { total: null }),
  ],
  rate: 2_134.6,
  timeLeft: { least: 600, most: 900 },
  startedAt: at,
  lastCycle: null,
  nextCycleAt: null,
  waiting: null,
  conditions: [],
  refreshes: [],
};

export const refreshes: Refresh[] = [
  {
    key: '1',
    entity: 'lead',
    fields: ['emailaddress2', 'firstname'],
    period: null,
    startedAt: at,
    endedAt: '2026-11-23T09:35:00.000Z',
    read: 25_000,
    stored: 24_700,
  },
  {
    key: '2',
    entity: 'account',
    fields: ['name'],
    period: null,
    startedAt: at,
    endedAt: at,
    read: 12,
    stored: 12,
  },
];

export const conditions: Condition[] = [
  { kind: 'throttled', since: at, details: { code: 'throttled' } },
  { kind: 'waiting', entity: 'lead', since: at, details: { code: 'throttled' } },
  { kind: 'fields-gone', entity: 'lead', since: at, details: { fields: 'emailaddress1,fax' } },
  { kind: 'entity-gone', entity: 'opportunity', since: at, details: {} },
  { kind: 'type-changed', entity: 'lead', since: at, details: { fields: 'firstname' } },
  { kind: 'deletes-held', entity: 'lead', since: at, details: { deletes: '2500', rows: '25000' } },
  { kind: 'rereading', entity: 'lead', since: at, details: { reason: 'link-expired' } },
  {
    kind: 'refreshing',
    entity: 'lead',
    since: at,
    details: { fields: 'emailaddress2', read: '1200', rows: '25000' },
  },
  {
    kind: 'refreshing',
    entity: 'account',
    since: at,
    details: {
      fields: 'websiteurl',
      read: '1200',
      period: JSON.stringify({ ...period, by: 'createdon', to: null }),
    },
  },
];

export const running: SyncProgress = {
  ...progress,
  entities: [
    progressOf('account', { phase: 'current', read: 8_000, stored: 8_000, total: 8_000, backlog: 0 }),
    progressOf('lead', {
      phase: 'current',
      read: 25_000,
      stored: 24_700,
      deleted: 12,
      failed: 3,
      backlog: 41,
      oldestPendingAt: at,
      followedAt: at,
    }),
  ],
  rate: null,
  timeLeft: null,
  lastCycle: { startedAt: at, endedAt: at, changed: 41, deleted: 2 },
  nextCycleAt: '2026-11-23T09:35:00.000Z',
};

export const tallies = running.entities.map(
  ({ total: _, backlog: __, oldestPendingAt: ___, ...tally }) => tally,
);

/** Before the sync has looked at anything. */
export const unprepared: SyncProgress = {
  ...running,
  entities: running.entities.map(({ entity }) => progressOf(entity, { total: null })),
  lastCycle: null,
  nextCycleAt: null,
};

export const summary: InitialSummary = {
  startedAt: '2026-11-23T08:00:00.000Z',
  endedAt: '2026-11-23T09:12:30.000Z',
  entities: [
    progressOf('account', { phase: 'current', read: 8_000, stored: 8_000, total: 8_000 }),
    progressOf('lead', { phase: 'current', read: 25_000, stored: 24_750, filtered: 247, failed: 3 }),
  ],
};

const known = { organization, enteredBy: 'U0ADMIN01' };
const confirmed = { ...known, confirmedBy: 'U0ADMIN01', confirmedAt: at };
const chosen = { ...confirmed, selection };
const requested = {
  ...chosen,
  start: { notifyChannel: 'C0GENERAL', email: 'ops@contoso.com', requestedBy: 'U0ADMIN02' },
};
const started = { ...requested, startedBy: 'U0ADMIN02', startedAt: at };

export const setups = {
  new: { step: 'new' } satisfies SetupAt<'new'>,
  unconfirmed: { ...known, step: 'unconfirmed' } satisfies SetupAt<'unconfirmed'>,
  confirmed: { ...confirmed, step: 'confirmed' } satisfies SetupAt<'confirmed'>,
  chosen: { ...chosen, step: 'chosen' } satisfies SetupAt<'chosen'>,
  requested: { ...requested, step: 'requested' } satisfies SetupAt<'requested'>,
  copying: { ...started, step: 'copying' } satisfies SetupAt<'copying'>,
  running: { ...started, step: 'running', initial: summary } satisfies SetupAt<'running'>,
  paused: {
    ...started,
    step: 'paused',
    reason: { kind: 'admin', by: 'U0ADMIN01', at },
    resumeAs: 'copying',
  } satisfies SetupAt<'paused'>,
  stopped: {
    ...started,
    step: 'paused',
    reason: { kind: 'fault', fault },
    resumeAs: 'running',
    initial: summary,
  } satisfies SetupAt<'paused'>,
};

import type { AuditEntry } from '../../src/model/audit.ts';
import { type Check, checkIds } from '../../src/model/check.ts';
import { conditionKinds } from '../../src/model/condition.ts';
import type { EntitySchema, Field } from '../../src/model/entity.ts';
import { type Fault, faultCodes } from '../../src/model/fault.ts';
import type { Organization } from '../../src/model/organization.ts';
import type { EntityProgress, InitialSummary, SyncProgress } from '../../src/model/progress.ts';
import type { Selection } from '../../src/model/selection.ts';
import type { Setup, SetupAt } from '../../src/model/setup.ts';
import { at } from './samples.ts';

/** The longest there is: names that grow when they are escaped, and characters of two units. */
const wide = (length: number): string => '&<名>😀'.repeat(length).slice(0, length);
const entityNames = Array.from({ length: 12 }, (_, index) => `${'e'.repeat(60)}_${index}`);
const user = 'U0123456789ABCDEFGHIJ';

export const organization: Organization = {
  id: 'b5f1e6a2-93c4-4f0e-8a51-1d2c3b4a5f60',
  friendlyName: wide(160),
  uniqueName: 'u'.repeat(160),
  url: `https://${'o'.repeat(60)}.crm.dynamics.com`,
};

const fieldOf = (index: number): Field => ({
  name: `${'f'.repeat(70)}_${index}`,
  type: 'String',
  label: { en: 'W'.repeat(75), ja: wide(75) },
});

export const schemas: EntitySchema[] = entityNames.map((name) => ({
  name,
  entitySetName: `${name}s`,
  primaryId: 'id',
  primaryName: 'name',
  changeTracking: true,
  label: { en: wide(75), ja: '名'.repeat(75) },
  fields: [
    { name: 'id', type: 'Uniqueidentifier', label: { en: wide(75) } },
    { name: 'new_synctomkto', type: 'Boolean', label: { en: wide(75) } },
    ...Array.from({ length: 150 }, (_, index) => fieldOf(index)),
  ],
}));

const huge = 987_654_321;

export const rows = Object.fromEntries(entityNames.map((name) => [name, huge]));
export const filterCounts = Object.fromEntries(
  entityNames.map((name) => [name, { yes: huge, empty: huge, no: huge }]),
);

export const selection: Selection = Object.fromEntries(
  schemas.map(({ name, fields }) => [
    name,
    { fields: fields.slice(2).map((field) => field.name), filter: true },
  ]),
);

export const changes = schemas.map(({ name, fields }) => ({
  entity: name,
  added: fields.map((field) => field.name),
  removed: fields.map((field) => field.name),
  filter: 'on' as const,
}));

export const faults: Fault[] = faultCodes.map((code) => ({
  code,
  details: Object.fromEntries(
    ['entity', 'entities', 'privilege', 'field', 'host', 'tenant', 'actual', 'found', 'organization'].map(
      (name) => [name, wide(500)],
    ),
  ),
  original: wide(1_000),
  requestId: wide(1_000),
  at,
}));

export const failedChecks = (fault: Fault): Check[] =>
  checkIds.map((id) => ({ id, outcome: 'failed', fault }));

const entities: EntityProgress[] = entityNames.map((entity) => ({
  entity,
  phase: 'copying',
  stored: huge,
  read: huge,
  total: huge,
  filtered: huge,
  failed: huge,
  deleted: huge,
  backlog: huge,
  oldestPendingAt: at,
  followedAt: at,
}));

export const progress = (waiting: Fault): SyncProgress => ({
  entities,
  rate: 99_999,
  timeLeft: { least: 8_999_999, most: 9_999_999 },
  startedAt: at,
  lastCycle: { startedAt: at, endedAt: at, changed: huge, deleted: huge },
  nextCycleAt: at,
  waiting,
  refreshes: [],
  conditions: conditionKinds.flatMap((kind) =>
    entityNames.map((entity) => ({
      kind,
      entity,
      since: at,
      details: {
        code: waiting.code,
        fields: Array.from({ length: 150 }, (_, index) => fieldOf(index).name).join(','),
        deletes: String(huge),
        rows: String(huge),
        reason: 'link-refused',
      },
    })),
  ),
});

export const tallies = entities.map(({ total: _, backlog: __, ...tally }) => tally);
export const summary: InitialSummary = { startedAt: '2026-01-01T00:00:00.000Z', endedAt: at, entities };

const started = {
  organization,
  enteredBy: user,
  confirmedBy: user,
  confirmedAt: at,
  selection,
  start: {
    notifyChannel: 'C0123456789ABCDEFGHIJ',
    email: `${'m'.repeat(240)}@contoso.com`,
    requestedBy: user,
  },
  startedBy: user,
  startedAt: at,
};

export const requested: SetupAt<'requested'> = { ...started, step: 'requested' };

export const setups = (fault: Fault): Setup[] => [
  { organization, enteredBy: user, step: 'unconfirmed' },
  { ...started, step: 'confirmed' },
  { ...started, step: 'chosen' },
  requested,
  { ...started, step: 'copying' },
  { ...started, step: 'running', initial: summary },
  { ...started, step: 'paused', reason: { kind: 'admin', by: user, at }, resumeAs: 'copying' },
  { ...started, step: 'paused', reason: { kind: 'fault', fault }, resumeAs: 'running', initial: summary },
];

export const groups = Array.from({ length: 60 }, () => ({
  entity: wide(75),
  code: wide(75),
  message: wide(5_000),
  rows: huge,
  lastAt: at,
  examples: Array.from({ length: 3 }, () => '5e9d7c36-41aa-4f0b-8c22-90b3d6f1e874'),
}));

export const entries: AuditEntry[] = Array.from({ length: 300 }, (_, index) => ({
  at,
  by: user,
  action: 'access.refused',
  result: faultCodes[index % faultCodes.length] ?? 'done',
  details: { organization: wide(160), fault: wide(300) },
}));

export const admins = Array.from({ length: 40 }, () => user);

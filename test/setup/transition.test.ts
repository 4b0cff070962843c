import { describe, expect, test } from 'vitest';
import { type Setup, type SetupStep, setupSteps } from '../../src/model/setup.ts';
import { moves, type SetupEvent, type SetupEventKind } from '../../src/setup/event.ts';
import { transition } from '../../src/setup/transition.ts';
import { organization, otherOrganization, setupAt } from './samples.ts';

const at = '2026-11-23T00:00:00.000Z';
const fault = { code: 'secret-expired', details: {}, at } as const;

const events: Record<SetupEventKind, SetupEvent> = {
  'credentials-verified': { kind: 'credentials-verified', organization, by: 'U2', at },
  'organization-confirmed': { kind: 'organization-confirmed', organizationId: organization.id, by: 'U2', at },
  'organization-changed': { kind: 'organization-changed' },
  'fields-saved': { kind: 'fields-saved', selection: { lead: { fields: ['subject'], filter: true } }, at },
  'start-requested': {
    kind: 'start-requested',
    start: { notifyChannel: 'C2', email: null, requestedBy: 'U2' },
  },
  'start-cancelled': { kind: 'start-cancelled' },
  'start-confirmed': { kind: 'start-confirmed', by: 'U2', at },
  'initial-completed': { kind: 'initial-completed', summary: { startedAt: at, endedAt: at, entities: [] } },
  paused: { kind: 'paused', by: 'U2', at },
  resumed: { kind: 'resumed' },
  stopped: { kind: 'stopped', fault },
};

const states: Setup[] = [...setupSteps.map((step) => setupAt(step)), setupAt('paused', 'running')];
const kinds = Object.keys(events) as SetupEventKind[];
const pairs = states.flatMap((state) => kinds.map((kind) => [state, kind] as const));
const nameOf = (state: Setup) => (state.step === 'paused' ? `paused (${state.resumeAs})` : state.step);

describe('every pair of state and event', () => {
  test.each(pairs.map(([state, kind]) => ({ state, kind, name: `${nameOf(state)} + ${kind}` })))(
    '$name',
    ({ state, kind }) => {
      const made = transition(state, events[kind]);
      const allowed = moves[kind][state.step];
      if (!allowed) return expect(made).toHaveProperty('refused');
      if ('refused' in made) throw new Error(`refused with ${made.refused}, though the map allows it`);
      expect(allowed).toContain(made.state.step);
    },
  );
});

test('a confirmed organization is never left, on any path', () => {
  const locked = setupSteps.slice(setupSteps.indexOf('confirmed'));
  const escapes = kinds.flatMap((kind) =>
    locked.flatMap((from) =>
      (moves[kind][from] ?? [])
        .filter((to: SetupStep) => !locked.includes(to))
        .map((to) => `${kind}: ${from} → ${to}`),
    ),
  );
  expect(escapes).toEqual([]);
});

test('nothing takes a confirmed setup to another organization, whatever its URL', () => {
  const same = { ...otherOrganization, url: organization.url };
  for (const state of states.filter(({ step }) => step !== 'new' && step !== 'unconfirmed')) {
    const made = transition(state, { kind: 'credentials-verified', organization: same, by: 'U2', at });
    expect(made).toEqual({ refused: 'other-organization' });
  }
});

test('the same organization under a new URL is taken', () => {
  const renamed = { ...organization, url: 'https://contoso-emea.crm4.dynamics.com' };
  const made = transition(setupAt('confirmed'), {
    kind: 'credentials-verified',
    organization: renamed,
    by: 'U2',
    at,
  });
  expect(made).toMatchObject({
    state: { step: 'confirmed', organization: renamed },
    effects: ['store-credentials'],
  });
});

test('an old card cannot confirm another organization', () => {
  const event: SetupEvent = {
    kind: 'organization-confirmed',
    organizationId: otherOrganization.id,
    by: 'U2',
    at,
  };
  expect(transition(setupAt('unconfirmed'), event)).toEqual({ refused: 'other-organization' });
});

test('a second press on Start starts nothing', () => {
  const first = transition(setupAt('requested'), events['start-confirmed']);
  expect(first).toMatchObject({
    state: { step: 'copying', startedBy: 'U2' },
    effects: ['start-sync', 'tell-started'],
  });
  if ('refused' in first) return;
  expect(transition(first.state, events['start-confirmed'])).toEqual({ refused: 'already' });
});

test('new credentials while the sync runs pause it until an admin resumes', () => {
  const made = transition(setupAt('running'), events['credentials-verified']);
  expect(made).toMatchObject({
    state: { step: 'paused', resumeAs: 'running' },
    effects: ['store-credentials', 'stop-sync'],
  });
  if ('refused' in made) return;
  expect(transition(made.state, events.resumed)).toMatchObject({
    state: { step: 'running' },
    effects: ['start-sync'],
  });
});

test('changing the fields after the review asks for a new review', () => {
  const made = transition(setupAt('requested'), events['fields-saved']);
  expect(made).toMatchObject({ state: { step: 'chosen', selectedAt: at } });
  expect('state' in made && made.state).not.toHaveProperty('start');
});

test('for which rows fields are filled in is kept where there are rows to fill in', () => {
  const period = { by: 'createdon', from: '2026-01-01', to: null, timeZone: 'UTC' } as const;
  const selection = { lead: { fields: ['emailaddress1', 'fax'], filter: false } };
  const event = { kind: 'fields-saved', selection, at, ticked: { period, entities: ['lead'] } } as const;
  const after = (state: Setup) => {
    const made = transition(state, event);
    return 'state' in made && 'selection' in made.state ? made.state.selection : null;
  };
  const kept = { lead: { ...selection.lead, periods: { fax: { period, at } } } };
  expect(after(setupAt('running'))).toEqual(kept);
  expect(after(setupAt('paused', 'running'))).toEqual(kept);
  for (const state of [setupAt('chosen'), setupAt('requested'), setupAt('paused', 'copying')]) {
    expect(after(state)).toEqual(selection);
  }
});

test('with a second admin required, the one who entered the credentials cannot confirm', () => {
  const rules = { secondAdmin: true };
  const by = (person: string): SetupEvent => ({
    kind: 'organization-confirmed',
    organizationId: organization.id,
    by: person,
    at,
  });
  expect(transition(setupAt('unconfirmed'), by('U1'), rules)).toEqual({ refused: 'same-admin' });
  expect(transition(setupAt('unconfirmed'), by('U2'), rules)).toMatchObject({ state: { step: 'confirmed' } });
  // Whoever enters them anew takes the other's place.
  const again = transition(setupAt('unconfirmed'), events['credentials-verified'], rules);
  if ('refused' in again) throw new Error('refused');
  expect(transition(again.state, by('U2'), rules)).toEqual({ refused: 'same-admin' });
  expect(transition(again.state, by('U1'), rules)).toMatchObject({ state: { step: 'confirmed' } });
});

test('new credentials mend what stopped the sync for want of them, and nothing else', () => {
  const stoppedBy = (code: 'secret-expired' | 'field-unknown'): Setup => {
    const paused = setupAt('paused', 'running');
    if (paused.step !== 'paused') throw new Error('not paused');
    return { ...paused, reason: { kind: 'fault', fault: { code, details: {}, at } } };
  };
  expect(transition(stoppedBy('secret-expired'), events['credentials-verified'])).toMatchObject({
    state: { step: 'paused', reason: { kind: 'admin', by: 'U2', at } },
    effects: ['store-credentials'],
  });
  expect(transition(stoppedBy('field-unknown'), events['credentials-verified'])).toMatchObject({
    state: { step: 'paused', reason: { kind: 'fault' } },
  });
});

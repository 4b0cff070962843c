import type { Organization } from '../../src/model/organization.ts';
import type { Setup, SetupStep } from '../../src/model/setup.ts';

const at = '2026-11-23T00:00:00.000Z';

export const organization: Organization = {
  id: '11111111-2222-4333-8444-555555555555',
  friendlyName: 'Contoso Japan',
  uniqueName: 'unq1234567890',
  url: 'https://contoso.crm7.dynamics.com',
};

export const otherOrganization: Organization = {
  ...organization,
  id: '99999999-2222-4333-8444-555555555555',
  friendlyName: 'Fabrikam',
};

/** A setup that has come as far as `step`. */
export function setupAt(step: SetupStep, resumeAs: 'copying' | 'running' = 'copying'): Setup {
  const known = { organization, enteredBy: 'U1' };
  const confirmed = { ...known, confirmedBy: 'U1', confirmedAt: at };
  const chosen = { ...confirmed, selection: { lead: { fields: ['emailaddress1'], filter: false } } };
  const requested = { ...chosen, start: { notifyChannel: 'C1', email: null, requestedBy: 'U1' } };
  const started = { ...requested, startedBy: 'U1', startedAt: at };
  const initial = { startedAt: at, endedAt: at, entities: [] };
  const reason = { kind: 'admin', by: 'U1', at } as const;
  switch (step) {
    case 'new':
      return { step };
    case 'unconfirmed':
      return { step, ...known };
    case 'confirmed':
      return { step, ...confirmed };
    case 'chosen':
      return { step, ...chosen };
    case 'requested':
      return { step, ...requested };
    case 'copying':
      return { step, ...started };
    case 'running':
      return { step, ...started, initial };
    case 'paused':
      return resumeAs === 'copying'
        ? { step, ...started, reason, resumeAs }
        : { step, ...started, reason, resumeAs, initial };
  }
}

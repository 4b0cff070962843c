import { describe, expect, test } from 'vitest';
import { parseCredentials } from '../../src/model/credentials.ts';
import { parseOrganizationUrl } from '../../src/model/organization.ts';

const rules = { allowedHosts: ['contoso.localhost:8443', 'test.example'] };
const good = {
  organization_url: 'https://contoso.crm4.dynamics.com',
  tenant_id: '11111111-2222-4333-8444-555555555555',
  client_id: 'AAAAAAAA-2222-4333-8444-555555555555',
  client_secret: 'abc~DEF.123',
  username: 'sync@contoso.com',
};

describe('every form of an address that people paste', () => {
  test.each([
    'https://contoso.crm4.dynamics.com',
    'https://contoso.crm4.dynamics.com/',
    'contoso.crm4.dynamics.com',
    '  HTTPS://Contoso.CRM4.Dynamics.com/main.aspx?appid=1#x ',
    'http://contoso.crm4.dynamics.com',
    'https://contoso.crm4.dynamics.com.',
    'https://contoso.crm4.dynamics.com:443/main.aspx?pagetype=entitylist&etn=lead',
    'https://contoso.api.crm4.dynamics.com/XRMServices/2011/Organization.svc/web?SDKClientVersion=9.2',
    'https://contoso.crm4.dynamics.com/api/data/v9.2/',
    'CONTOSO.API.CRM4.DYNAMICS.COM',
    'https://contoso.api.crm4.dynamics.com/api/data/v9.2/',
    'https://contoso.api.crm4.dynamics.com/XRMServices/2011/Organization.svc',
    '"https://contoso.crm4.dynamics.com"',
    '<https://contoso.crm4.dynamics.com>',
    '\u200bhttps://contoso.crm4.dynamics.com\u200b\n',
  ])('%s', (text) => {
    expect(parseOrganizationUrl(text, rules)).toEqual({
      origin: 'https://contoso.crm4.dynamics.com',
      authority: 'https://login.microsoftonline.com',
    });
  });
});

test.each([
  ['contoso.crm.dynamics.com', 'https://login.microsoftonline.com'],
  ['contoso.crm9.dynamics.com', 'https://login.microsoftonline.com'],
  ['contoso.crm.microsoftdynamics.us', 'https://login.microsoftonline.us'],
  ['contoso.crm.appsplatform.us', 'https://login.microsoftonline.us'],
  ['contoso.crm.dynamics.cn', 'https://login.partner.microsoftonline.cn'],
])('the cloud of %s', (host, authority) => {
  expect(parseOrganizationUrl(host, rules)).toEqual({ origin: `https://${host}`, authority });
});

test('a test host is taken only when it was allowed, with its port', () => {
  expect(parseOrganizationUrl('https://contoso.localhost:8443/x', rules)).toMatchObject({
    origin: 'https://contoso.localhost:8443',
  });
  expect(parseOrganizationUrl('https://contoso.localhost:8444', rules)).toEqual({
    problem: 'not-dynamics-host',
  });
  expect(parseOrganizationUrl('https://test.example:9000', rules)).toMatchObject({
    origin: 'https://test.example:9000',
  });
});

test('credentials are cleaned of what copying adds', () => {
  const typed = {
    ...good,
    client_secret: ' "abc~DEF.123"\n',
    client_id: '\u200bAAAAAAAA-2222-4333-8444-555555555555 ',
  };
  expect(parseCredentials(typed, rules)).toMatchObject({
    credentials: {
      proof: { kind: 'secret', secret: 'abc~DEF.123' },
      clientId: 'aaaaaaaa-2222-4333-8444-555555555555',
    },
  });
});

test.each([
  'sync@contoso.com',
  "o'brien@contoso.co.jp",
  'CONTOSO\\svc-sync',
  'first.last+crm@sub.contoso.com',
])('the user name %s is taken', (username) => {
  expect(parseCredentials({ ...good, username }, rules)).toHaveProperty('credentials');
});

test('a tenant may be named by its domain', () => {
  expect(parseCredentials({ ...good, tenant_id: 'contoso.onmicrosoft.com' }, rules)).toHaveProperty(
    'credentials',
  );
});

import { describe, expect, test } from 'vitest';
import { type CredentialInput, parseCredentials } from '../../src/model/credentials.ts';
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

describe('what is no organization', () => {
  test.each([
    ['', 'empty'],
    ['   ', 'empty'],
    ['contoso', 'malformed'],
    ['not a url', 'malformed'],
    ['ftp://contoso.crm4.dynamics.com', 'malformed'],
    ['https://user:pass@contoso.crm4.dynamics.com', 'malformed'],
    ['javascript:alert(1)', 'malformed'],
    ['https://contoso.crm4.dynamics.com.evil.example', 'not-dynamics-host'],
    ['https://evil.example/contoso.crm4.dynamics.com', 'not-dynamics-host'],
    ['https://crm4.dynamics.com', 'not-dynamics-host'],
    ['https://www.microsoft.com', 'not-dynamics-host'],
    ['https://169.254.169.254/', 'not-dynamics-host'],
    ['https://contoso.crm4.dynamics.com:8443', 'not-dynamics-host'],
    ['https://a.b.crm4.dynamics.com', 'not-dynamics-host'],
    ['https://localhost', 'not-dynamics-host'],
  ])('%s is %s', (text, problem) => {
    expect(parseOrganizationUrl(text, rules)).toEqual({ problem });
  });
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
    credentials: { clientSecret: 'abc~DEF.123', clientId: 'aaaaaaaa-2222-4333-8444-555555555555' },
  });
});

describe('wrong formats come back on their own input', () => {
  test.each<[CredentialInput, string, string]>([
    ['organization_url', 'contoso', 'malformed'],
    ['tenant_id', '', 'empty'],
    ['tenant_id', '1111', 'tenant-malformed'],
    ['tenant_id', 'contoso', 'tenant-malformed'],
    ['client_id', 'my-app', 'client-id-malformed'],
    ['client_id', '11111111222243338444555555555555', 'client-id-malformed'],
    ['client_secret', '  ', 'empty'],
    ['client_secret', 'abc def', 'secret-has-spaces'],
    ['username', 'aiko', 'username-malformed'],
    ['username', 'aiko@contoso', 'username-malformed'],
    ['username', 'CONTOSO\\', 'username-malformed'],
    ['username', 'CONTOSO\\aiko tanaka', 'username-malformed'],
  ])('%s: "%s"', (input, text, problem) => {
    expect(parseCredentials({ ...good, [input]: text }, rules)).toEqual({ problems: { [input]: problem } });
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

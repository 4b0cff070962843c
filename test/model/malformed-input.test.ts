import { describe, expect, test } from 'vitest';
import { type CredentialInput, parseCredentials } from '../../src/model/credentials.ts';
import { parseOrganizationUrl } from '../../src/model/organization.ts';

const rules = { allowedHosts: [], references: ['env:DYNAMICS_*', 'file:/run/secrets/*'] };
const good = {
  organization_url: 'https://contoso.crm4.dynamics.com',
  tenant_id: '11111111-2222-4333-8444-555555555555',
  client_id: 'aaaaaaaa-2222-4333-8444-555555555555',
  client_secret: 'abc~DEF.123',
  username: 'sync@contoso.com',
};

/** What people paste instead of the address of their organization, and what others try. */
const urls: Readonly<Record<'empty' | 'malformed' | 'not-dynamics-host', readonly string[]>> = {
  empty: ['', ' ', '\n\t', '""', '<>', '\u200b', '\ufeff \u2060', '«»', "''", '「」'],
  malformed: [
    'contoso',
    'not a url',
    'my organization',
    'https://',
    'https:// contoso.crm4.dynamics.com',
    'https://con toso.crm4.dynamics.com',
    'ftp://contoso.crm4.dynamics.com',
    'file:///etc/passwd',
    'javascript:alert(1)',
    'data:text/html,x',
    'mailto:sync@contoso.com',
    'ldap://contoso.crm4.dynamics.com',
    'ws://contoso.crm4.dynamics.com',
    'https://user:pass@contoso.crm4.dynamics.com',
    'https://user@contoso.crm4.dynamics.com',
    'https://:pass@contoso.crm4.dynamics.com',
    'https://contoso.crm4.dynamics.com:notaport',
    'https://contoso.crm4.dynamics.com:99999',
    'https://[::1',
    'https://[::1]',
    'https://[::ffff:127.0.0.1]',
    'sync@contoso.com',
    'https://%zz.crm4.dynamics.com',
    'https://contoso<script>.crm4.dynamics.com',
    'https://contoso|x.crm4.dynamics.com',
    'https://contoso^.crm4.dynamics.com',
    'https://contoso.crm4.dynamics.com contoso2.crm4.dynamics.com',
    '11111111-2222-4333-8444-555555555555',
    'abc~DEF.123 456',
    '組織の URL',
    'C:\\Program Files\\Dynamics',
    'env:DYNAMICS_URL',
    '{"url":"x"}',
    '?appid=1',
    '#',
    '&amp;',
  ],
  'not-dynamics-host': [
    'https://www.microsoft.com',
    'https://dynamics.com',
    'https://www.dynamics.com',
    'https://home.dynamics.com',
    'https://crm4.dynamics.com',
    'https://.crm4.dynamics.com',
    'https://api.crm4.dynamics.com.evil.example',
    'https://make.powerapps.com/environments/1',
    'https://admin.powerplatform.microsoft.com/environments',
    'https://portal.azure.com/#home',
    'https://entra.microsoft.com',
    'https://login.microsoftonline.com/contoso',
    'https://contoso.onmicrosoft.com',
    'https://contoso.sharepoint.com',
    'https://contoso.operations.dynamics.com',
    'https://contoso.crm4.dynamics.com.evil.example',
    'https://evil.example/contoso.crm4.dynamics.com',
    'https://evil.example#contoso.crm4.dynamics.com',
    'https://evil.example?contoso.crm4.dynamics.com',
    'https://evil.example\\@contoso.crm4.dynamics.com',
    'https://contoso.crm4.dynamics.comevil.example',
    'https://contoso-crm4.dynamics.com',
    'https://contoso.crm4-dynamics.com',
    'https://contoso.crm4.dynamics.co',
    'https://contoso.crm4.dynamics.org',
    'https://contoso.crm1234.dynamics.com',
    'https://contoso.crmx.dynamics.com',
    'https://contoso.crm4x.dynamics.com',
    'https://contoso.crm-4.dynamics.com',
    'https://contoso.erp.dynamics.com',
    'https://a.b.crm4.dynamics.com',
    'https://contoso.api.api.crm4.dynamics.com',
    'https://contoso.xapi.crm4.dynamics.com',
    'https://-contoso.crm4.dynamics.com',
    'https://contoso-.crm4.dynamics.com',
    'https://con_toso.crm4.dynamics.com',
    'https://contoso.crm4.dynamics.com:8443',
    'https://contoso.crm4.dynamics.com:80',
    'http://contoso.crm4.dynamics.com:8080',
    'https://globaldisco.crm.dynamics.com',
    'https://disco.crm4.dynamics.com',
    'https://contoso.crm.microsoftdynamics.de',
    'https://contoso.crm4.microsoftdynamics.us',
    'https://contoso.crm.microsoftdynamics.us.example',
    'https://contoso.crm9.appsplatform.us',
    'https://contoso.crm2.dynamics.cn',
    'https://contoso.dynamics.cn',
    'https://localhost',
    'https://localhost:8443',
    'https://127.0.0.1',
    'https://127.1',
    'https://0x7f.0.0.1',
    'https://2130706433.crm',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1',
    'https://192.168.1.1/crm',
    'https://metadata.google.internal',
    'https://contoso.local',
    'https://crm.contoso.com/main.aspx',
    'https://xn--conto-l1a.example',
    'https://contosо.crm4.dynamics.com',
    'https://contoso.crm4.dynаmics.com',
    'https://contoso.crm4.dynamics。com.evil.example',
    'contoso.com',
    'my.organization',
  ],
};

const tenants = [
  'contoso',
  '1111',
  '{',
  'contoso .com',
  'contoso..com',
  '-contoso.com',
  '.com',
  'a@b.com',
  'GUID',
];
const clients = [
  'my-app',
  '11111111222243338444555555555555',
  'aaaaaaaa-2222-4333-8444-55555555555',
  'aaaaaaaa-2222-4333-8444-5555555555555',
  'gggggggg-2222-4333-8444-555555555555',
  'aaaaaaaa 2222 4333 8444 555555555555',
  'https://contoso.crm4.dynamics.com',
];

const users = [
  'aiko',
  'aiko tanaka',
  'aiko@',
  '@contoso.com',
  'aiko@contoso',
  'aiko@@contoso.com',
  'aiko@contoso@com',
  'aiko@.com',
  'aiko@contoso.',
  'aiko@contoso..com',
  'aiko@-contoso.com',
  'aiko@contoso-.com',
  'aiko@contoso.123',
  'aiko@contoso com',
  'ai ko@contoso.com',
  '.aiko@contoso.com',
  'aiko.@contoso.com',
  'ai..ko@contoso.com',
  'aiko@contoso.com, tom@contoso.com',
  'aiko@contoso.com;tom@contoso.com',
  'Aiko <aiko@contoso.com',
  'aiko(at)contoso.com',
  'aiko@[127.0.0.1]',
  'aiko"@contoso.com',
  'ai:ko@contoso.com',
  'CONTOSO\\',
  '\\aiko',
  'CONTOSO\\\\aiko',
  'CONTOSO\\aiko\\tanaka',
  'CONTOSO\\aiko tanaka',
  'CON TOSO\\aiko',
  'CONTOSO\\aiko@contoso.com',
  'CONTOSO/aiko',
  'CONTOSO\\ai*ko',
  'CONTOSO\\ai|ko',
  'CONTOSO\\ai<ko',
  'CONTOSO\\ai?ko',
  'CONTOSO\\ai=ko',
  'CONTOSO\\ai+ko',
  'CONTOSO\\ai,ko',
  'CONTOSO\\ai:ko',
  'CONTOSO\\"aiko"x',
  'https://contoso.crm4.dynamics.com',
  '11111111-2222-4333-8444-555555555555',
  `${'a'.repeat(250)}@contoso.com`,
  '@',
  '\\',
  'アイコ',
  '# Marketing Sync',
];

const secrets: [text: string, problem: string][] = [
  ['abc def', 'secret-has-spaces'],
  ['abc\u3000def', 'secret-has-spaces'],
  ['abc\u00a0def', 'secret-has-spaces'],
  ['Value: abc~DEF', 'secret-has-spaces'],
  ['k~8****************************', 'secret-masked'],
  ['••••••••••••', 'secret-masked'],
  ['abc“def', 'secret-has-odd-letters'],
  ['ａｂｃ', 'secret-has-odd-letters'],
  ['シークレット', 'secret-has-odd-letters'],
  ['abc…', 'secret-has-odd-letters'],
  ['env:', 'reference-malformed'],
  ['env:1NAME', 'reference-malformed'],
  ['env:NA ME', 'reference-malformed'],
  ['env:DYNAMICS-SECRET', 'reference-malformed'],
  ['env:SLACK_BOT_TOKEN', 'reference-not-allowed'],
  ['env:dynamics_secret', 'reference-not-allowed'],
  ['env:XDYNAMICS_SECRET', 'reference-not-allowed'],
  ['file:', 'reference-malformed'],
  ['file:secret', 'reference-malformed'],
  ['file:./secret', 'reference-malformed'],
  ['file:/run/secrets/', 'reference-malformed'],
  ['file:/run/secrets/../../etc/passwd', 'reference-malformed'],
  ['file:/run/./secrets/x', 'reference-malformed'],
  ['file:/run//secrets/x', 'reference-malformed'],
  ['file:///run/secrets/../x', 'reference-malformed'],
  ['file:/etc/passwd', 'reference-not-allowed'],
  ['file:/run/secrets/kubernetes.io/token', 'reference-not-allowed'],
  ['file:/run/secretsx', 'reference-not-allowed'],
  ['FILE:/proc/self/environ', 'reference-not-allowed'],
];

test('there are two hundred of them', () => {
  const all = [...Object.values(urls).flat(), ...users, ...tenants, ...clients, ...secrets];
  expect(all.length).toBeGreaterThanOrEqual(200);
});

describe.each(Object.entries(urls))('an address that is %s', (problem, texts) => {
  test.each(texts)('%s', (text) => {
    expect(parseOrganizationUrl(text, rules)).toEqual({ problem });
    const problems = { organization_url: problem };
    expect(parseCredentials({ ...good, organization_url: text }, rules)).toEqual({ problems });
  });
});

const others: [input: CredentialInput, text: string, problem: string][] = [
  ...users.map((text) => ['username', text, 'username-malformed'] as const),
  ...tenants.map((text) => ['tenant_id', text, 'tenant-malformed'] as const),
  ...clients.map((text) => ['client_id', text, 'client-id-malformed'] as const),
  ...secrets.map(([text, problem]) => ['client_secret', text, problem] as const),
].map((entry) => [...entry]);

test.each(others)('%s: "%s"', (input, text, problem) => {
  expect(parseCredentials({ ...good, [input]: text }, rules)).toEqual({ problems: { [input]: problem } });
});

describe('what copying adds is taken away', () => {
  const dirty = (text: string): string[] => [
    ` ${text} `,
    `${text}\r\n`,
    `\t${text}`,
    `${text.slice(0, 5)}\u200b${text.slice(5)}`,
    `${text.slice(0, 5)}\n${text.slice(5)}`,
    `\ufeff${text}`,
    `"${text}"`,
    `“${text}”`,
    `'${text}'`,
    `\`${text}\``,
    `「${text}」`,
    `\u202a${text}\u202c`,
  ];
  const cases = (Object.keys(good) as (keyof typeof good)[]).flatMap((input) =>
    dirty(good[input]).map((text) => [input, text] as const),
  );
  test.each(cases)('%s: %j', (input, text) => {
    expect(parseCredentials({ ...good, [input]: text }, rules)).toEqual(parseCredentials(good, rules));
  });

  test('full-width letters, braces and the marks of Slack as well', () => {
    const typed = {
      ...good,
      organization_url: 'ｈｔｔｐｓ：／／ｃｏｎｔｏｓｏ．ｃｒｍ４．ｄｙｎａｍｉｃｓ．ｃｏｍ',
      tenant_id: '{11111111-2222-4333-8444-555555555555}',
      username: '<mailto:sync@contoso.com|sync@contoso.com>',
    };
    expect(parseCredentials(typed, rules)).toEqual(parseCredentials(good, rules));
    const slack = '<https://contoso.crm4.dynamics.com/main.aspx|contoso.crm4.dynamics.com>';
    expect(parseCredentials({ ...good, organization_url: slack }, rules)).toEqual(
      parseCredentials(good, rules),
    );
  });
});

test('a reference is kept in one form, whichever input it was typed into', () => {
  const proofOf = (text: string, way?: 'reference' | 'certificate') => {
    const input = way ? { reference: 'secret_reference', certificate: 'certificate' }[way] : 'client_secret';
    const parsed = parseCredentials({ ...good, [input]: text }, rules, way);
    return 'credentials' in parsed ? parsed.credentials.proof : parsed.problems;
  };
  expect(proofOf('env:DYNAMICS_SECRET')).toEqual({ kind: 'reference', reference: 'env:DYNAMICS_SECRET' });
  expect(proofOf('ENV:DYNAMICS_SECRET\n')).toEqual({ kind: 'reference', reference: 'env:DYNAMICS_SECRET' });
  expect(proofOf('file:///run/secrets/crm', 'reference')).toEqual({
    kind: 'reference',
    reference: 'file:/run/secrets/crm',
  });
  expect(proofOf('file:/run/secrets/crm.pem', 'certificate')).toEqual({
    kind: 'reference',
    reference: 'file:/run/secrets/crm.pem',
    expects: 'certificate',
  });
  expect(proofOf('abc~DEF.123', 'reference')).toEqual({ secret_reference: 'reference-malformed' });
  expect(proofOf('', 'certificate')).toEqual({ certificate: 'empty' });
});

import { createServer, type Server } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import { generate } from 'selfsigned';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createDynamics } from '../../src/dynamics/dynamics.ts';
import { createLogger } from '../../src/lib/log.ts';
import { allPassed, type CheckId } from '../../src/model/check.ts';
import type { Credentials } from '../../src/model/credentials.ts';
import { standardEntities } from '../../src/model/entity.ts';
import type { FaultCode } from '../../src/model/fault.ts';
import { createCertificates, createSignInCertificate } from '../../src/sandbox/certificates.ts';
import type { FaultKind } from '../../src/sandbox/dataverse/faults.ts';
import { type Dataverse, startDataverse } from '../../src/sandbox/dataverse/server.ts';
import type { EntraApp } from '../../src/sandbox/entra/directory.ts';
import type { EntraFault } from '../../src/sandbox/entra/faults.ts';
import { type Entra, startEntra } from '../../src/sandbox/entra/server.ts';
import { visibleWords } from '../../src/sandbox/slack/visible-words.ts';
import { textsFor } from '../../src/texts/catalogue.ts';
import { checklistMessage } from '../../src/views/checklist.ts';
import { createHandClock } from './hand-clock.ts';

/**
 * Every way in which connecting can fail, played by the sandbox, by the words that the admin reads about it in either
 * language: the line it is about, why, what to do, and what support asks for.
 */

const secret = 'Q8~a-secret-value';
const clientId = '22222222-2222-4222-8222-222222222222';
const tenantId = '11111111-1111-4111-8111-111111111111';
const hosts = ['contoso.crm7.dynamics.localhost', 'login.microsoftonline.localhost'];

let entra: Entra;
let dataverse: Dataverse;
let app: EntraApp;
let credentials: Credentials;
/** Addresses at which something else than an organization is. */
const places: Record<string, string> = {};
const closing: (() => Promise<void>)[] = [];

beforeAll(async () => {
  const tls = await createCertificates({ hosts });
  const until = new Date(Date.now() - 86_400_000);
  const old = await generate([{ name: 'commonName', value: 'old.localhost' }], {
    keyType: 'ec',
    algorithm: 'sha256',
    notBeforeDate: new Date(until.getTime() - 86_400_000),
    notAfterDate: until,
  });
  setDefaultCACertificates([...getCACertificates('default'), tls.caPem, old.cert]);
  const stranger = await generate([{ name: 'commonName', value: hosts[0] ?? '' }], { keyType: 'ec' });
  app = { clientId, name: 'Sync', secrets: [{ id: '5e9d7c36-41aa-4f0b-8c22-90b3d6f1e874', value: secret }] };
  app.mayReadItself = true;
  entra = await startEntra({ tls, tenants: [{ id: tenantId, domain: 'contoso.example', apps: [app] }] });
  dataverse = await startDataverse({ tls, entra, rows: 60 });
  closing.push(dataverse.close, entra.close);
  credentials = {
    address: { origin: dataverse.origin, authority: entra.origin },
    tenantId,
    clientId,
    proof: { kind: 'secret', secret },
    username: dataverse.applicationUser.email,
  };
  const tlsPort = (keys: { key: string; cert: string }) =>
    listen(createServer(keys, (_q, r) => void r.end('ok')));
  places.nowhere = 'https://contoso.crm7.dynamics.invalid';
  places.closed = 'https://contoso.crm7.dynamics.localhost:1';
  places.untrusted = `https://contoso.crm7.dynamics.localhost:${await tlsPort({ key: stranger.private, cert: stranger.cert })}`;
  places.old = `https://old.localhost:${await tlsPort({ key: old.private, cert: old.cert })}`;
  places.wrongHost = `https://other.localhost:${dataverse.port}`;
  const plain = createTcpServer(
    (socket) => void socket.end('HTTP/1.1 200 OK\r\n\r\n', () => socket.destroy()),
  );
  places.plain = `https://contoso.crm7.dynamics.localhost:${await listen(plain)}`;
});

afterAll(async () => {
  for (const close of closing) await close();
});
afterEach(() => {
  entra.clear();
  dataverse.clear();
  dataverse.setApplicationUser({ isDisabled: false, roles: ['Marketing Sync'] });
  for (const name of standardEntities) dataverse.setReadPrivilege(name, 'Global');
});

async function listen(server: Server | ReturnType<typeof createTcpServer>): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closing.push(async () => void server.close());
  return (server.address() as AddressInfo).port;
}

interface Failure {
  /** What is done to the sandbox. */
  arrange?: () => void;
  /** Other credentials than the right ones. */
  given?: () => Partial<Credentials>;
  line: CheckId;
  code: FaultCode;
  /** As Entra ID, Dataverse or the network call it. */
  original: string;
  en: string;
  ja: string;
  isRemark?: boolean;
}

const playEntra = (fault: EntraFault) => () => entra.play(fault, { count: 5, retryAfterSeconds: 60 });
const playDataverse = (kind: FaultKind, path?: string) => () =>
  dataverse.play({ kind, count: Number.POSITIVE_INFINITY, retryAfterSeconds: 60, ...(path ? { path } : {}) });
const at = (place: string) => () => ({ address: { ...credentials.address, origin: places[place] ?? '' } });
const withSecret = (text: string) => () => ({ proof: { kind: 'secret', secret: text } as const });

const entraCodes: [codes: EntraFault[], code: FaultCode, en: string, ja: string][] = [
  [[7000215, 70002], 'secret-wrong', 'The client secret is wrong.', 'シークレットが正しくありません'],
  [[7000222], 'secret-expired', 'The client secret has expired.', '有効期限が切れています'],
  [[700027, 700030], 'certificate-unknown', 'certificate is not registered', '登録されていません'],
  [[700024, 500133], 'clock-wrong', 'time is wrong', '時刻がずれています'],
  [
    [700016, 700011, 70001],
    'app-unknown',
    'no application with this ID',
    'この ID のアプリケーションがありません',
  ],
  [[7000112], 'app-disabled', 'application is disabled', 'アプリケーションが無効'],
  [[7000229], 'app-not-installed', 'no service principal', 'サービス プリンシパルがありません'],
  [[90002], 'tenant-unknown', 'was not found', 'が見つかりません'],
  [[900023], 'tenant-malformed', 'wrong format', '形式が正しくありません'],
  [[90038, 900382, 900432], 'cloud-wrong', 'another Microsoft cloud', 'クラウドの種類が異なります'],
  [
    [500011, 50001, 650057],
    'organization-not-in-tenant',
    'does not belong to this tenant',
    'テナントのものではありません',
  ],
  [[65001, 650056], 'consent-missing', 'has not been given consent', '同意が済んでいません'],
  [[650052], 'service-missing', 'no Dynamics 365 or Power Platform service', '使われていません'],
  [[53003, 530032, 530035], 'sign-in-blocked', 'policy of your company blocks', 'ポリシーにより'],
  [[50034], 'account-unknown', 'does not know this account', 'このアカウントがありません'],
  [[50053], 'account-locked', 'account is locked', 'アカウントがロック'],
  [[50057], 'account-disabled', 'account is disabled', 'アカウントが無効'],
  [[90055], 'sign-in-throttled', 'there were too many', '回数が多すぎた'],
  [
    [90033, 90012, 90024, 90090],
    'sign-in-unavailable',
    'not available at the moment',
    '一時的に利用できません',
  ],
  [[70011, 1002012, 900144, 7000218], 'sign-in-failed', 'refused the sign-in', 'サインインできませんでした'],
];

const signIn: [name: string, failure: Failure][] = [
  ...entraCodes.flatMap(([codes, code, en, ja]) =>
    codes.map((number): [string, Failure] => {
      const original = `AADSTS${number}`;
      return [original, { arrange: playEntra(number), line: 'sign-in', code, original, en, ja }];
    }),
  ),
  [
    'the id of the secret in the place of its value',
    {
      given: withSecret('5e9d7c36-41aa-4f0b-8c22-90b3d6f1e874'),
      line: 'sign-in',
      code: 'secret-is-id',
      original: 'AADSTS7000215',
      en: 'This is the Secret ID, not the value of the secret.',
      ja: '「シークレット ID」が入力されています',
    },
  ],
  [
    'a gateway',
    {
      arrange: playEntra('unavailable'),
      line: 'sign-in',
      code: 'sign-in-unavailable',
      original: 'HTTP 503',
      en: 'not available at the moment',
      ja: '一時的に利用できません',
    },
  ],
  ...(['html-page', 'proxy-refusal'] as const).map((fault): [string, Failure] => [
    `a proxy: ${fault}`,
    {
      arrange: playEntra(fault),
      line: 'sign-in',
      code: 'not-entra',
      original: `HTTP ${fault === 'html-page' ? 200 : 403}`,
      en: 'Something other than Microsoft Entra ID answered at login.microsoftonline.localhost',
      ja: 'Microsoft Entra ID ではありません',
    },
  ]),
  ...(['empty-token', 'no-token'] as const).map((fault): [string, Failure] => [
    fault,
    {
      arrange: playEntra(fault),
      line: 'sign-in',
      code: 'token-empty',
      original: 'HTTP 200',
      en: 'gave no access token',
      ja: 'アクセス トークンが届きませんでした',
    },
  ]),
  [
    'a broken connection',
    {
      arrange: playEntra('cut-connection'),
      line: 'sign-in',
      code: 'connection-failed',
      original: 'UND_ERR_SOCKET',
      en: 'The connection to login.microsoftonline.localhost',
      ja: 'サーバー login.microsoftonline.localhost',
    },
  ],
];

const refusals: [kind: FaultKind, code: FaultCode, original: string, en: string, ja: string][] = [
  [
    'not-a-member',
    'user-missing',
    '0x80072560',
    'no application user',
    'アプリケーション ユーザーがいません',
  ],
  ['disabled-user', 'user-disabled', '0x80040225', 'is deactivated', '無効になっています'],
  ['no-roles', 'role-missing', '0x80042f09', 'has no security role', 'ロールが割り当てられていません'],
  [
    'app-blocked',
    'application-blocked',
    '0x80095ffc',
    'does not allow the application',
    'アクセスが許可されていません',
  ],
  [
    'location-blocked',
    'location-blocked',
    '0x80072561',
    'only takes requests from certain networks',
    '特定のネットワーク',
  ],
  [
    'tenant-restricted',
    'tenant-restricted',
    '0x80044507',
    'does not allow access from this tenant',
    'このテナントからのアクセス',
  ],
  ['access-denied', 'access-denied', '0x80048405', 'denied access', 'アクセスが拒否されました'],
  ['admin-mode', 'administration-mode', '0x8004a113', 'administration mode', '管理モード'],
  ['organization-disabled', 'organization-disabled', '0x8004a104', 'organization is disabled', '組織は無効'],
  [
    'token-revoked',
    'token-refused',
    'HTTP 401',
    'Dynamics 365 did not accept it',
    '受け付けられませんでした',
  ],
  [
    'ticket-expired',
    'token-refused',
    '0x8004a101',
    'Dynamics 365 did not accept it',
    '受け付けられませんでした',
  ],
  ['html-page', 'not-dynamics', 'HTTP 200', 'it is not Dynamics 365', 'Dynamics 365 ではありません'],
  ['malformed', 'answer-malformed', '', 'could not be read', '読み取れませんでした'],
  ['throttled-requests', 'throttled', '0x80072322', 'is limiting requests', '一時的に制限'],
  ['throttled-time', 'throttled', '0x80072321', 'is limiting requests', '一時的に制限'],
  ['throttled-concurrency', 'throttled', '0x80072326', 'is limiting requests', '一時的に制限'],
  ['server-error', 'server-failed', '0x80040216', 'internal error', '内部エラー'],
  ['sql-timeout', 'server-failed', '0x80044151', 'internal error', '内部エラー'],
  ['bad-gateway', 'server-failed', 'HTTP 502', 'internal error', '内部エラー'],
  ['unavailable', 'server-failed', '0x80044507', 'internal error', '内部エラー'],
];

const inDynamics: [name: string, failure: Failure][] = [
  // Where everything is refused, the first line that needs an answer says why.
  ...refusals.map(([kind, code, original, en, ja]): [string, Failure] => [
    `${kind} (${original})`,
    { arrange: playDataverse(kind, 'WhoAmI'), line: 'user', code, original, en, ja },
  ]),
  [
    'no application user for this application',
    {
      arrange: () => app.secrets.push(),
      given: () => ({ username: 'somebody.else@contoso.example' }),
      line: 'user',
      code: 'user-mismatch',
      original: '',
      en: 'signs in as marketing.sync@contoso.example, not as somebody.else@contoso.example',
      ja: '一致しません',
    },
  ],
  [
    'a user who is disabled',
    {
      arrange: () => dataverse.setApplicationUser({ isDisabled: true }),
      line: 'user',
      code: 'user-disabled',
      original: '0x80040225',
      en: 'is deactivated',
      ja: '無効になっています',
    },
  ],
  [
    'missing privileges',
    {
      arrange: () => {
        dataverse.setReadPrivilege('lead', undefined);
        dataverse.setReadPrivilege('opportunity', 'Local');
      },
      line: 'access',
      code: 'privilege-missing',
      original: '0x80040220',
      en: 'may not read Lead, Opportunity (privilege prvReadLead, prvReadOpportunity)',
      ja: '(prvReadLead, prvReadOpportunity)',
    },
  ],
  [
    'privileges for a part only',
    {
      arrange: () => dataverse.setReadPrivilege('contact', 'Deep'),
      line: 'access',
      code: 'privilege-missing',
      original: '0x80040220',
      en: 'may read only a part of Contact',
      ja: '一部しか読み取れません',
    },
  ],
];

const onTheWay: [name: string, failure: Failure][] = [
  [
    'nowhere',
    'host-unknown',
    'ENOTFOUND',
    'No server was found at contoso.crm7.dynamics.invalid',
    '見つかりません',
  ],
  ['closed', 'connection-failed', 'ECONNREFUSED', 'The connection to contoso', '接続できませんでした'],
  ['untrusted', 'tls-untrusted', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'is not trusted', '信頼できません'],
  ['old', 'tls-dates', 'CERT_HAS_EXPIRED', 'has expired or is not valid yet', '有効期間外'],
  [
    'wrongHost',
    'tls-wrong-host',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'was not made for other.localhost',
    '一致しません',
  ],
  ['plain', 'tls-failed', '', 'No encrypted connection', '暗号化された接続'],
].map(([place = '', code, original = '', en = '', ja = '']) => [
  place,
  { given: at(place), line: 'url', code: code as FaultCode, original, en, ja },
]);

const elsewhere: [name: string, failure: Failure][] = [
  ['not-found-page', 'not-dynamics', 'HTTP 404', 'it is not Dynamics 365', 'Dynamics 365 ではありません'],
  ['redirect', 'not-dynamics', 'HTTP 302', 'it is not Dynamics 365', 'Dynamics 365 ではありません'],
  ['html-page', 'not-dynamics', 'HTTP 200', 'it is not Dynamics 365', 'Dynamics 365 ではありません'],
  ['cut-connection', 'connection-failed', '', 'The connection to contoso', '接続できませんでした'],
].map(([kind = '', code, original = '', en = '', ja = '']) => [
  `${kind} everywhere`,
  { arrange: playDataverse(kind as FaultKind), line: 'url', code: code as FaultCode, original, en, ja },
]);

async function run({ arrange, given }: Failure) {
  arrange?.();
  const lines: string[] = [];
  const dynamics = createDynamics({
    log: createLogger({ level: 'debug', write: (line) => lines.push(line) }),
    clock: createHandClock(),
    random: () => 1,
    graph: entra.origin,
    limits: { headersMs: 500 },
  });
  const report = await dynamics.check(
    { ...credentials, ...given?.() },
    {
      entities: standardEntities,
      lockedTo: null,
      checkDestination: async () => {},
      onProgress: () => {},
      signal: new AbortController().signal,
    },
  );
  const shown = (['en', 'ja'] as const).map((language) =>
    visibleWords(checklistMessage(textsFor(language), report).blocks),
  );
  const everything = [...lines, JSON.stringify(report), ...shown].join('\n');
  expect(everything).not.toContain(secret);
  expect(everything).not.toMatch(/eyJ[\w-]+\.eyJ/);
  return { report, en: shown[0] ?? '', ja: shown[1] ?? '' };
}

async function expectFailure(failure: Failure): Promise<void> {
  const { report, en, ja } = await run(failure);
  const line = report.checks.find(({ id }) => id === failure.line);
  expect(line).toMatchObject({ outcome: 'failed', fault: { code: failure.code } });
  expect(allPassed(report.checks)).toBe(false);
  for (const [words, language] of [
    [en, 'en'],
    [ja, 'ja'],
  ] as const) {
    const t = textsFor(language);
    expect(words).toContain(failure[language]);
    expect(words).toContain(failure.original);
    expect(words).toContain(t.checklist.support);
    expect(words).toContain(t.checklist.names[failure.line]);
    // What to do is there, and is more than a word.
    const { fault } = line as Extract<typeof line, { fault: unknown }>;
    const remedy = t.faults[failure.code].remedy(fault.details);
    expect(remedy.length).toBeGreaterThan(9);
    expect(words.replace(/\s+/g, ' ')).toContain(
      remedy.replaceAll('`', '').replace(/\s+/g, ' ').slice(0, 30),
    );
    expect(Math.abs(Date.parse(fault.at) - Date.now())).toBeLessThan(120_000);
  }
  if (/^(AADSTS|0x)/.test(failure.original)) {
    expect(en).toMatch(/request [0-9a-f-]{36}/);
    expect(ja).toMatch(/要求 ID [0-9a-f-]{36}/);
  }
}

describe('signing in', () => {
  test.each(signIn)('%s', (_name, failure) => expectFailure(failure));
});
describe('in Dynamics', () => {
  test.each(inDynamics)('%s', (_name, failure) => expectFailure(failure));
});
describe('on the way', () => {
  test.each(onTheWay)('%s', (_name, failure) => expectFailure(failure));
  test.each(elsewhere)('%s', (_name, failure) => expectFailure(failure));

  test.each([
    ['Dynamics', () => dataverse.play({ kind: 'slow', delayMs: 2_500, count: 3 }), 'url'],
    ['Entra ID', () => entra.play('slow', { delayMs: 2_500, count: 3 }), 'sign-in'],
  ] as const)('%s that does not answer in time', async (_name, arrange, line) => {
    const en = 'There was no answer in time from';
    await expectFailure({
      arrange,
      line,
      code: 'timed-out',
      original: 'UND_ERR_HEADERS_TIMEOUT',
      en,
      ja: '時間内に応答',
    });
  });
});

describe('certificates', () => {
  test('one that Entra ID does not know, and one that has expired', async () => {
    const [unknown, old] = await Promise.all([createSignInCertificate(), createSignInCertificate(-1)]);
    const given = ({ key, cert }: typeof old) => ({
      proof: { kind: 'certificate', pem: `${key}${cert}` } as const,
    });
    await expectFailure({
      given: () => given(unknown),
      line: 'sign-in',
      code: 'certificate-unknown',
      original: 'AADSTS700027',
      en: 'The certificate is not registered for this application.',
      ja: '登録されていません',
    });
    await expectFailure({
      given: () => given(old),
      line: 'sign-in',
      code: 'certificate-expired',
      original: '',
      en: 'The certificate to sign in with has expired.',
      ja: '証明書の有効期限が切れています',
    });
  });
});

test('who typed the tenant wrong is told the one that the organization itself names', async () => {
  const other = '33333333-3333-4333-8333-333333333333';
  const { en, ja } = await run({
    given: () => ({ tenantId: other }),
    line: 'sign-in',
    code: 'tenant-unknown',
    original: 'AADSTS90002',
    en: '',
    ja: '',
  });
  expect(en).toContain(`The tenant ${other} was not found.`);
  expect(en).toContain(`The organization says that it belongs to the tenant ${tenantId}.`);
  expect(ja).toContain(`組織が属するテナントは ${tenantId} です。`);
});

test('no two failures of different causes read the same', () => {
  for (const language of ['en', 'ja'] as const) {
    const causes = Object.values(textsFor(language).faults).map(({ cause }) => cause({}));
    expect(new Set(causes).size).toBe(causes.length);
  }
});

import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecretInvitations, type SecretInvitations } from '../../src/app/secret-invitations.ts';
import { createSecretPageHandler } from '../../src/app/secret-page.ts';
import type { Clock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/log.ts';
import type { Proof } from '../../src/model/proof.ts';
import { createSignInCertificate } from '../../src/sandbox/certificates.ts';

/** Time that goes on when it is told to. */
function createClock() {
  const sleeping: { at: number; wake: () => void }[] = [];
  let now = Date.parse('2026-11-23T04:05:06Z');
  const clock: Clock = {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        signal?.addEventListener('abort', () => resolve());
        sleeping.push({ at: now + ms, wake: resolve });
      }),
  };
  return {
    clock,
    async advance(ms: number) {
      now += ms;
      for (const { at, wake } of sleeping) if (at <= now) wake();
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

let time: ReturnType<typeof createClock>;
let invitations: SecretInvitations;
let received: Proof[];
let expired: string[];
let isAdmin: boolean;
let lines: string[];
let close: () => Promise<void>;

beforeEach(async () => {
  [received, expired, lines, isAdmin] = [[], [], [], true];
  time = createClock();
  const log = createLogger({ level: 'debug', write: (line) => lines.push(line) });
  let handler: ReturnType<typeof createSecretPageHandler>;
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? '';
    if (!(await handler(request, response, path))) response.writeHead(418).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  invitations = createSecretInvitations({ url: `http://127.0.0.1:${port}/bot/`, clock: time.clock });
  handler = createSecretPageHandler({ invitations, clock: time.clock, log });
  close = () =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
});
afterEach(async () => {
  invitations.stop();
  await close();
});

const invite = (person = 'U0TOM', language: 'en' | 'ja' = 'en') =>
  invitations.invite({
    person,
    language,
    application: {
      address: {
        origin: 'https://contoso.crm7.dynamics.com',
        authority: 'https://login.microsoftonline.com',
      },
      tenantId: 'contoso.example',
      clientId: '22222222-2222-4222-8222-222222222222',
      username: '"><script>alert(1)</script>@contoso.com',
    },
    isAllowed: async () => isAdmin,
    receive: (proof) => received.push(proof),
    expire: () => expired.push(person),
  });

async function get(url: string, headers: Record<string, string> = {}) {
  const answer = await fetch(url, { headers });
  return { status: answer.status, text: await answer.text(), headers: answer.headers };
}

async function post(url: string, fields: Record<string, string>) {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields) });
  return { status: answer.status, text: await answer.text() };
}

const secret = 'abc~DEF.123-secret';

test('takes a secret once, and shows it to nobody', async () => {
  const { url, validUntil } = invite();
  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/bot\/secret\/[\w-]{43}$/);
  expect(validUntil).toBe(time.clock.now() + 600_000);
  const form = await get(url);
  expect(form.status).toBe(200);
  for (const shown of ['contoso.crm7.dynamics.com', '22222222-2222-4222-8222-222222222222', '10 minutes']) {
    expect(form.text).toContain(shown);
  }
  expect(form.text).not.toContain('<script>');
  expect((await get(url)).status).toBe(200);
  const sent = await post(url, { secret: ` "${secret}"\n` });
  expect(sent.status).toBe(200);
  expect(received).toEqual([{ kind: 'secret', secret }]);
  expect((await post(url, { secret: 'another' })).status).toBe(404);
  expect((await get(url)).status).toBe(404);
  expect(received).toHaveLength(1);
  expect([sent.text, ...lines].join()).not.toContain(secret);
});

test('of two who send at once one is taken', async () => {
  const { url } = invite();
  const answers = await Promise.all([post(url, { secret }), post(url, { secret }), post(url, { secret })]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  expect(received).toHaveLength(1);
});

test('takes a certificate as well', async () => {
  const { key, cert } = await createSignInCertificate();
  const { url } = invite();
  expect((await post(url, { secret: '', certificate: `${key}\n${cert}` })).status).toBe(200);
  expect(received[0]?.kind).toBe('certificate');
});

const wrong: [fields: Record<string, string>, words: RegExp][] = [
  [{}, /Enter the client secret/],
  [{ secret: '  ' }, /Enter the client secret/],
  [{ secret: 'abc def' }, /no spaces/],
  [{ secret: 'abc***************' }, /letters hidden/],
  [{ secret: 'シークレット' }, /English keyboard/],
  [{ secret, certificate: 'x' }, /not both/],
  [{ certificate: 'MIIE' }, /not a PEM/],
  [{ certificate: 'x'.repeat(70_000) }, /not a PEM/],
];

test.each(wrong)('%o is refused with the reason, and the link still works', async (fields, words) => {
  const { url } = invite();
  const refused = await post(url, fields);
  expect(refused.status).toBe(422);
  expect(refused.text).toMatch(words);
  if (fields.secret?.trim()) expect(refused.text).not.toContain(`${fields.secret}"`);
  expect((await post(url, { secret })).status).toBe(200);
});

test('after ten minutes it is gone, and whoever waits hears of it', async () => {
  const { url } = invite();
  await time.advance(9 * 60_000 + 1);
  expect((await get(url)).text).toContain('1 minute<');
  await time.advance(60_000);
  expect((await get(url)).status).toBe(404);
  expect((await post(url, { secret })).status).toBe(404);
  expect(expired).toEqual(['U0TOM']);
  expect(received).toEqual([]);
});

test('a newer link of the same person takes the place of the older; those of others stay', async () => {
  const [first, second, aiko] = [invite(), invite(), invite('U0AIKO', 'ja')];
  expect((await get(first.url)).status).toBe(404);
  expect((await get(second.url)).status).toBe(200);
  expect((await get(aiko.url)).text).toContain('クライアント シークレットの入力');
  expect(expired).toEqual([]);
});

test('who is no admin any more connects nothing', async () => {
  const { url } = invite();
  isAdmin = false;
  expect((await post(url, { secret })).status).toBe(403);
  isAdmin = true;
  expect((await post(url, { secret })).status).toBe(404);
  expect(received).toEqual([]);
});

test('a link that was never given out is gone, in the language of the browser', async () => {
  const { url } = invite();
  const guess = url.replace(/[\w-]{43}$/, 'A'.repeat(43));
  expect((await get(guess)).text).toContain('does not work any more');
  const japanese = 'このリンクは使えません';
  expect((await get(guess, { 'accept-language': 'ja-JP,en;q=0.5' })).text).toContain(japanese);
  const { url: used } = invite('U0AIKO', 'ja');
  expect(used).toMatch(/\?lang=ja$/);
  await post(used, { secret });
  expect((await get(used)).text).toContain(japanese);
  expect((await get(url.replace('/secret/', '/other/'))).status).toBe(418);
  expect((await fetch(url, { method: 'PUT' })).status).toBe(405);
});

test('the page keeps its address and its content to itself', async () => {
  const { headers } = await get(invite().url);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.get('referrer-policy')).toBe('no-referrer');
  expect(headers.get('content-security-policy')).toMatch(
    /^default-src 'none'; style-src 'sha256-[^']+'; form-action 'self'; frame-ancestors 'none'/,
  );
  expect(headers.get('x-content-type-options')).toBe('nosniff');
});

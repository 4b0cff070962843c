import { X509Certificate } from 'node:crypto';
import type { INetworkModule, NetworkRequestOptions, NetworkResponse } from '@azure/msal-node';
import { AuthError, ConfidentialClientApplication, type ServerError } from '@azure/msal-node';
import type { Agent } from 'undici';
import { request } from 'undici';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import {
  createCertificates,
  createSignInCertificate,
  type SignInCertificate,
} from '../../src/sandbox/certificates.ts';
import type { EntraTenant } from '../../src/sandbox/entra/directory.ts';
import type { Entra } from '../../src/sandbox/entra/server.ts';
import { startEntra } from '../../src/sandbox/entra/server.ts';
import { CLIENT, createDispatcher, createTenant, HOSTS, SECRET, TENANT } from './dataverse-harness.ts';

const RESOURCE = 'https://contoso.crm7.dynamics.localhost:4711';
const NOWHERE = '99999999-9999-4999-8999-999999999999';

let entra: Entra;
let dispatcher: Agent;
let tenant: EntraTenant;

beforeAll(async () => {
  const tls = await createCertificates({ hosts: HOSTS });
  tenant = createTenant();
  entra = await startEntra({ tls, tenants: [tenant] });
  entra.addResource(TENANT, RESOURCE);
  dispatcher = createDispatcher(tls.caPem);
});
beforeEach(() => entra.clear());
afterAll(async () => {
  await dispatcher.close();
  await entra.close();
});

/** msal's network, over undici. */
function createNetwork(): INetworkModule {
  const go = async <T>(url: string, method: 'GET' | 'POST', options?: NetworkRequestOptions) => {
    const { headers = {}, body = null } = options ?? {};
    const reply = await request(url, { method, headers, body, dispatcher });
    const text = await reply.body.text();
    let parsed: unknown;
    try {
      parsed = JSON.parse(text);
    } catch {
      parsed = { error: 'non_json_response', error_description: text };
    }
    const flat = Object.fromEntries(
      Object.entries(reply.headers).map(([name, value]) => [name, String(value)]),
    );
    return { headers: flat, body: parsed as T, status: reply.statusCode } satisfies NetworkResponse<T>;
  };
  return {
    sendGetRequestAsync: (url, options) => go(url, 'GET', options),
    sendPostRequestAsync: (url, options) => go(url, 'POST', options),
  };
}

interface AppOptions {
  secret?: string;
  certificate?: SignInCertificate;
  clientId?: string;
  tenant?: string;
}

function createApp(options: AppOptions = {}) {
  const { certificate } = options;
  return new ConfidentialClientApplication({
    auth: {
      clientId: options.clientId ?? CLIENT,
      ...(certificate
        ? { clientCertificate: keyOf(certificate) }
        : { clientSecret: options.secret ?? SECRET }),
      authority: `${entra.origin}/${options.tenant ?? TENANT}`,
      knownAuthorities: [new URL(entra.origin).host],
    },
    system: { networkClient: createNetwork() },
  });
}

const keyOf = ({ key, cert }: SignInCertificate) => ({
  thumbprintSha256: new X509Certificate(cert).fingerprint256.replaceAll(':', ''),
  privateKey: key,
});

const acquire = (app: ConfidentialClientApplication, resource = RESOURCE) =>
  app.acquireTokenByClientCredential({ scopes: [`${resource}/.default`] });

async function refusal(
  promise: Promise<unknown>,
): Promise<{ errorNo: unknown; errorCode: string; status: unknown }> {
  const error = await promise.then(
    () => undefined,
    (fault: unknown) => fault,
  );
  if (!(error instanceof AuthError)) throw new Error(`no refusal but ${String(error)}`);
  const { errorNo, status } = error as ServerError;
  return { errorNo: Number(errorNo), errorCode: error.errorCode, status };
}

describe('msal-node', () => {
  test('gets a token for the organisation, and the second time from its cache', async () => {
    const app = createApp();
    const first = await acquire(app);
    const second = await acquire(app);
    expect(first?.accessToken).not.toBe('');
    expect(second?.fromCache).toBe(true);
    const check = entra.checkToken(first?.accessToken ?? '');
    expect(check).toMatchObject({
      kind: 'valid',
      claims: { resource: RESOURCE, tenantId: TENANT, clientId: CLIENT },
    });
  });

  test('is known by its domain name too', async () => {
    const result = await acquire(createApp({ tenant: 'contoso.example' }));
    expect(entra.checkToken(result?.accessToken ?? '').kind).toBe('valid');
  });

  test.each([
    ['a wrong secret', { secret: 'wrong' }, RESOURCE, 7000215, 'invalid_client', 401],
    ["the secret's id", { secret: 'secret-id' }, RESOURCE, 7000215, 'invalid_client', 401],
    ['an unknown app', { clientId: NOWHERE }, RESOURCE, 700016, 'unauthorized_client', 400],
    ['an unknown organisation', {}, 'https://other.crm4.dynamics.com', 500011, 'invalid_resource', 400],
  ])('refuses %s', async (_name, options, resource, errorNo, errorCode, status) => {
    expect(await refusal(acquire(createApp(options), resource))).toEqual({ errorNo, errorCode, status });
  });

  test('refuses an expired secret', async () => {
    tenant.apps[0]?.secrets.push({ id: 'old', value: 'old', expiresAt: Date.now() - 1 });
    expect(await refusal(acquire(createApp({ secret: 'old' })))).toMatchObject({
      errorNo: 7000222,
      status: 401,
    });
  });

  test('signs in by a certificate that the app has, and by no other', async () => {
    const [own, other, old] = await Promise.all([
      createSignInCertificate(),
      createSignInCertificate(),
      createSignInCertificate(-1),
    ]);
    Object.assign(tenant.apps[0] ?? {}, { certificates: [own.cert, old.cert] });
    const result = await acquire(createApp({ certificate: own }));
    expect(entra.checkToken(result?.accessToken ?? '').kind).toBe('valid');
    // Signed by another key, with the registered one's thumbprint.
    const forged = createApp({ certificate: { key: other.key, cert: own.cert } });
    for (const app of [createApp({ certificate: other }), createApp({ certificate: old }), forged]) {
      expect(await refusal(acquire(app))).toMatchObject({ errorNo: 700027, status: 401 });
    }
  });

  test('Microsoft Graph tells an app when its secrets end, if it may know', async () => {
    const app = tenant.apps[0];
    const result = await acquire(createApp(), entra.origin);
    const path = `/v1.0/applications(appId='${CLIENT}')?$select=passwordCredentials`;
    const ask = async (token = result?.accessToken) => {
      const headers = { authorization: `Bearer ${token}` };
      const { statusCode, body } = await request(`${entra.origin}${path}`, { headers, dispatcher });
      return { status: statusCode, body: (await body.json()) as { passwordCredentials?: unknown[] } };
    };
    expect((await ask()).status).toBe(403);
    Object.assign(app ?? {}, { mayReadItself: true });
    const { body } = await ask();
    expect(body.passwordCredentials).toContainEqual(
      expect.objectContaining({ hint: 'cor', endDateTime: '2299-12-31T00:00:00.000Z' }),
    );
    expect(JSON.stringify(body)).not.toContain(SECRET);
    const forDataverse = await acquire(createApp());
    expect((await ask(forDataverse?.accessToken)).status).toBe(401);
  });

  test.each([65001, 53003, 50053, 530032] as const)('plays %i', async (code) => {
    entra.play(code);
    expect(await refusal(acquire(createApp()))).toMatchObject({ errorNo: code });
    await expect(acquire(createApp())).resolves.toBeTruthy();
  });

  test('is throttled with Retry-After', async () => {
    entra.play(90055, { retryAfterSeconds: 7 });
    expect(await refusal(acquire(createApp()))).toMatchObject({ errorNo: 90055, status: 429 });
  });

  test('meets a page instead of JSON', async () => {
    entra.play('unavailable');
    expect(await refusal(acquire(createApp()))).toMatchObject({
      errorCode: 'non_json_response',
      status: 503,
    });
  });
});

describe('the token endpoint', () => {
  const post = async (tenantName: string, form: Record<string, string>) => {
    const reply = await request(`${entra.origin}/${tenantName}/oauth2/v2.0/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(form).toString(),
      dispatcher,
    });
    const body = (await reply.body.json()) as {
      error: string;
      error_codes: number[];
      error_description: string;
    };
    return { status: reply.statusCode, body };
  };
  const form = {
    grant_type: 'client_credentials',
    client_id: CLIENT,
    client_secret: SECRET,
    scope: `${RESOURCE}/.default`,
  };

  test.each([
    ['an unknown tenant', NOWHERE, form, 90002],
    ['something that is no tenant', 'no tenant', form, 900023],
    ['no credential', TENANT, { ...form, client_secret: undefined }, 7000218],
    [
      'an assertion that is none',
      TENANT,
      { ...form, client_secret: undefined, client_assertion: 'x' },
      50027,
    ],
    ['a scope without .default', TENANT, { ...form, scope: RESOURCE }, 1002012],
    ['another grant', TENANT, { ...form, grant_type: 'password' }, 70003],
    ['nothing at all', TENANT, {}, 900144],
  ])('refuses %s', async (_name, name, fields, code) => {
    const given = Object.entries(fields).filter((pair): pair is [string, string] => pair[1] !== undefined);
    const { status, body } = await post(encodeURIComponent(name), Object.fromEntries(given));
    expect(body.error_codes).toEqual([code]);
    expect(body.error_description).toMatch(`AADSTS${code}: `);
    expect(status).toBeGreaterThanOrEqual(400);
  });

  test('an unknown tenant has no discovery document', async () => {
    const url = `${entra.origin}/${NOWHERE}/v2.0/.well-known/openid-configuration`;
    const reply = await request(url, { dispatcher });
    expect(await reply.body.json()).toMatchObject({ error: 'invalid_tenant', error_codes: [90002] });
  });

  test('the instance discovery names its host', async () => {
    const reply = await request(`${entra.origin}/common/discovery/instance?api-version=1.1`, { dispatcher });
    const host = new URL(entra.origin).host;
    expect(await reply.body.json()).toMatchObject({ metadata: [{ aliases: [host] }] });
  });

  test('says no to what it does not know', async () => {
    const reply = await request(`${entra.origin}/${TENANT}/oauth2/v2.0/devicecode`, { dispatcher });
    expect(reply.statusCode).toBe(404);
    await reply.body.dump();
  });
});

test('tokens expire and can be revoked', () => {
  const grant = { tenantId: TENANT, clientId: CLIENT, resource: RESOURCE };
  expect(entra.checkToken(entra.issueToken(grant, -1)).kind).toBe('expired');
  const token = entra.issueToken(grant);
  expect(entra.checkToken(`${token}x`).kind).toBe('invalid');
  entra.revokeTokens();
  expect(entra.checkToken(token).kind).toBe('revoked');
  expect(entra.checkToken(entra.issueToken(grant)).kind).toBe('valid');
});

import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealedBox } from '../../src/lib/sealed-box.ts';
import type { Credentials } from '../../src/model/credentials.ts';
import { openCredentials, sealCredentials } from '../../src/setup/vault.ts';

const box = createSealedBox([randomBytes(32)]);
const application = {
  address: { origin: 'https://contoso.crm.dynamics.com', authority: 'https://login.microsoftonline.com' },
  tenantId: 'contoso.example',
  clientId: '22222222-2222-4222-8222-222222222222',
  username: 'sync@contoso.com',
};

test.each<Credentials['proof']>([
  { kind: 'secret', secret: 'abc~DEF' },
  { kind: 'certificate', pem: '-----BEGIN PRIVATE KEY-----' },
  { kind: 'reference', reference: 'env:DYNAMICS_SECRET' },
])('what was sealed opens as it was, and shows nothing: $kind', (proof) => {
  const sealed = sealCredentials(box, { ...application, proof });
  expect(openCredentials(box, sealed)).toEqual({ ...application, proof });
  for (const part of ['abc~DEF', 'PRIVATE', 'DYNAMICS', 'contoso']) expect(sealed).not.toContain(part);
});

test('credentials of the first version open, too', () => {
  const sealed = box.seal(
    JSON.stringify({ ...application, clientSecret: 'abc~DEF' }),
    'dynamics-credentials',
  );
  expect(openCredentials(box, sealed)).toEqual({
    ...application,
    proof: { kind: 'secret', secret: 'abc~DEF' },
  });
});

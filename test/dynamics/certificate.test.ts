import { generateKeyPairSync } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { parseCertificate } from '../../src/dynamics/certificate.ts';
import {
  createCertificates,
  createSignInCertificate,
  type SignInCertificate,
} from '../../src/sandbox/certificates.ts';

let own: SignInCertificate;
let other: SignInCertificate;
beforeAll(async () => {
  [own, other] = await Promise.all([createSignInCertificate(), createSignInCertificate()]);
});

const parse = (pem: string, now = Date.now()) => parseCertificate(pem, now);

test('takes key and certificate in either order, with others around them', async () => {
  const { caPem } = await createCertificates({ hosts: [] });
  const [first, second] = [
    parse(`${own.key}\n${own.cert}`),
    parse(`Bag\n${caPem}${own.cert}junk\n${own.key}`),
  ];
  expect(first.thumbprint).toMatch(/^[0-9A-F]{64}$/);
  expect(second.thumbprint).toBe(first.thumbprint);
  expect(first.privateKey).toContain('BEGIN PRIVATE KEY');
  // The own one first, then what stands above it.
  expect(second.chain.split('-----BEGIN CERTIFICATE-----')).toHaveLength(3);
  expect(second.chain.startsWith(first.chain.slice(0, 100))).toBe(true);
  expect(Date.parse(first.expiresAt)).toBeGreaterThan(Date.now() + 300 * 86_400_000);
});

test('line breaks may be written as two characters, as in an environment variable', () => {
  expect(parse(`${own.key}\n${own.cert}`.replaceAll('\n', '\\n')).kind).toBe('certificate');
});

const encrypted = (cipher: string) =>
  generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
    type: 'pkcs8',
    format: 'pem',
    cipher,
    passphrase: 'secret',
  });

const useless: [reason: string, pem: () => string][] = [
  ['no-key', () => own.cert],
  ['no-key', () => 'abc~DEF'],
  ['no-certificate', () => own.key],
  ['key-of-another', () => `${other.key}\n${own.cert}`],
  ['key-encrypted', () => `${encrypted('aes-256-cbc')}\n${own.cert}`],
  ['key-damaged', () => `-----BEGIN PRIVATE KEY-----\nTm8=\n-----END PRIVATE KEY-----\n${own.cert}`],
  ['certificate-damaged', () => `${own.key}\n-----BEGIN CERTIFICATE-----\nTm8=\n-----END CERTIFICATE-----`],
  [
    'key-not-rsa',
    () => {
      const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      return `${privateKey.export({ type: 'pkcs8', format: 'pem' })}\n${own.cert}`;
    },
  ],
];

test.each(useless)('says what is wrong with one that is %s', (reason, pem) => {
  expect(() => parse(pem())).toThrow(
    expect.objectContaining({ code: 'certificate-unusable', details: { reason } }),
  );
});

test('one that has expired is not even tried', () => {
  const later = Date.now() + 400 * 86_400_000;
  expect(() => parse(`${own.key}${own.cert}`, later)).toThrow(
    expect.objectContaining({ code: 'certificate-expired', recovery: 'ask-admin' }),
  );
});

test('an error quotes nothing of the key', () => {
  const [, body = ''] = own.key.split('\n');
  try {
    parse(own.key);
  } catch (error) {
    expect(JSON.stringify(error) + String(error)).not.toContain(body.slice(0, 20));
  }
});

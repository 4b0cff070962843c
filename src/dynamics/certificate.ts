import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import type { AppError } from '../lib/errors.ts';
import { dynamicsError } from './dynamics-error.ts';

/** What it takes to sign in by certificate. */
export interface CertificateKey {
  kind: 'certificate';
  /** PEM. */
  privateKey: string;
  /** SHA-256 of the certificate in hex, without colons: with them msal sends a header nobody understands. */
  thumbprint: string;
  /** The certificate and those above it, PEM. */
  chain: string;
  /** ISO 8601. */
  expiresAt: string;
}

const block = /-----BEGIN ([A-Z0-9 ]+)-----[\s\S]+?-----END \1-----/g;

/**
 * Takes a private key and its certificate out of one PEM text, in whatever order they stand in it.
 * @throws AppError `certificate-unusable`, `certificate-expired`
 */
export function parseCertificate(pem: string, now: number): CertificateKey {
  // An environment variable often holds its line breaks as two characters.
  const text = pem.replaceAll('\\n', '\n');
  const blocks = [...text.matchAll(block)].map(([whole, label = '']) => ({ whole, label }));
  const key = parseKey(blocks.find(({ label }) => label.endsWith('PRIVATE KEY')));
  const certificates = blocks
    .filter(({ label }) => label === 'CERTIFICATE')
    .map(({ whole }) => parseX509(whole));
  if (certificates.length === 0) throw unusable('no-certificate');
  const own = certificates.find((certificate) => certificate.checkPrivateKey(key));
  if (!own) throw unusable('key-of-another');
  const expiresAt = own.validToDate.toISOString();
  if (own.validToDate.getTime() <= now) {
    throw dynamicsError('certificate-expired', 'The certificate to sign in with has expired', {
      recovery: 'ask-admin',
      details: { expiresAt },
    });
  }
  return {
    kind: 'certificate',
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    thumbprint: own.fingerprint256.replaceAll(':', ''),
    chain: [own, ...certificates.filter((other) => other !== own)].map(String).join(''),
    expiresAt,
  };
}

function parseKey(found: { whole: string; label: string } | undefined): KeyObject {
  if (!found) throw unusable('no-key');
  const isEncrypted = found.label.startsWith('ENCRYPTED') || found.whole.includes('Proc-Type: 4,ENCRYPTED');
  if (isEncrypted) throw unusable('key-encrypted');
  const key = orNull(() => createPrivateKey(found.whole));
  if (!key) throw unusable('key-damaged');
  // Entra ID takes assertions that are signed by RSA keys only ("Certificate credentials" page).
  if (key.asymmetricKeyType !== 'rsa') throw unusable('key-not-rsa');
  return key;
}

function parseX509(pem: string): X509Certificate {
  const certificate = orNull(() => new X509Certificate(pem));
  if (!certificate) throw unusable('certificate-damaged');
  return certificate;
}

function orNull<T>(make: () => T): T | null {
  try {
    return make();
  } catch {
    // What OpenSSL has to say may quote the key.
    return null;
  }
}

function unusable(reason: string): AppError {
  return dynamicsError('certificate-unusable', `The certificate cannot be used to sign in: ${reason}`, {
    recovery: 'ask-admin',
    details: { reason },
  });
}

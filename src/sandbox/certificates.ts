import { generate } from 'selfsigned';

/** A private CA and one server certificate signed by it, all PEM. */
export interface Certificates {
  /** What a client must trust, for instance through `NODE_EXTRA_CA_CERTS`. */
  caPem: string;
  key: string;
  cert: string;
}

const YEAR_MS = 365 * 24 * 3600 * 1000;
const HOUR_MS = 3600 * 1000;
const DAY_MS = 24 * HOUR_MS;

/**
 * Makes a CA and a leaf for `localhost`, 127.0.0.1 and the host names given. The CA's key is dropped at
 * once: nobody can sign a second certificate that a client of the sandbox would trust.
 */
export async function createCertificates({ hosts }: { hosts: readonly string[] }): Promise<Certificates> {
  // An hour back, so that a client whose clock is a little behind accepts them too.
  const notBeforeDate = new Date(Date.now() - HOUR_MS);
  const validity = { notBeforeDate, notAfterDate: new Date(notBeforeDate.getTime() + YEAR_MS) };
  const ca = await generate(nameOf('Sandbox Root CA'), {
    keyType: 'ec',
    algorithm: 'sha256',
    ...validity,
    extensions: [
      { name: 'basicConstraints', cA: true, critical: true },
      { name: 'keyUsage', keyCertSign: true, cRLSign: true, critical: true },
    ],
  });
  const names = [...new Set(['localhost', ...hosts])];
  const leaf = await generate(nameOf('Sandbox server'), {
    keyType: 'ec',
    algorithm: 'sha256',
    ...validity,
    ca: { key: ca.private, cert: ca.cert },
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          ...names.map((value) => ({ type: 2 as const, value })),
          { type: 7 as const, ip: '127.0.0.1' },
          { type: 7 as const, ip: '::1' },
        ],
      },
    ],
  });
  return { caPem: ca.cert, key: leaf.private, cert: leaf.cert };
}

/** What an app signs in with instead of a secret: a private key and its certificate, PEM. */
export interface SignInCertificate {
  key: string;
  cert: string;
}

/** @param days until it ends; negative: it has ended. */
export async function createSignInCertificate(days = 365): Promise<SignInCertificate> {
  const until = Date.now() + days * DAY_MS;
  const { private: key, cert } = await generate(nameOf('Marketing Sync'), {
    keyType: 'rsa',
    keySize: 2048,
    algorithm: 'sha256',
    notBeforeDate: new Date(Math.min(Date.now() - HOUR_MS, until - DAY_MS)),
    notAfterDate: new Date(until),
  });
  return { key, cert };
}

function nameOf(commonName: string): { name: string; value: string }[] {
  return [
    { name: 'commonName', value: commonName },
    { name: 'organizationName', value: 'Sandbox' },
  ];
}

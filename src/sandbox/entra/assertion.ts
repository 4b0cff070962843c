import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import type { EntraApp } from './directory.ts';
import type { RefusalCode } from './refusals.ts';

interface Claims {
  aud?: string;
  iss?: string;
  sub?: string;
  exp?: number;
  nbf?: number;
}

/**
 * A signed client assertion ("Microsoft identity platform application authentication certificate credentials"): by a
 * certificate of the app's, named by its SHA-256 or SHA-1, within its time, and about the app itself.
 * @returns why it is refused, if so.
 */
export function checkAssertion(app: EntraApp, form: URLSearchParams, now: number): RefusalCode | undefined {
  const [header = '', body = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
  const head = decode<{ alg?: string; x5t?: string; 'x5t#S256'?: string }>(header);
  const claims = decode<Claims>(body);
  if (!head || !claims) return 50027;
  const certificate = (app.certificates ?? [])
    .map((pem) => new X509Certificate(pem))
    .find(({ raw }) => head['x5t#S256'] === digest('sha256', raw) || head.x5t === digest('sha1', raw));
  if (!certificate || !isSigned(certificate, head.alg, `${header}.${body}`, signature)) return 700027;
  if (certificate.validToDate.getTime() <= now) return 700027;
  const { exp = 0, nbf = 0, iss, sub } = claims;
  // Entra allows clocks to differ by five minutes.
  if (exp * 1000 + 300_000 < now || nbf * 1000 - 300_000 > now) return 700024;
  return iss === app.clientId && sub === app.clientId ? undefined : 700030;
}

function isSigned({ publicKey }: X509Certificate, alg: string | undefined, text: string, signature: string) {
  const padding = { PS256: constants.RSA_PKCS1_PSS_PADDING, RS256: constants.RSA_PKCS1_PADDING }[alg ?? ''];
  if (padding === undefined) return false;
  const key = { key: publicKey, padding, ...(alg === 'PS256' ? { saltLength: 32 } : {}) };
  return verify('sha256', Buffer.from(text), key, Buffer.from(signature, 'base64url'));
}

function digest(algorithm: string, raw: Buffer): string {
  return createHash(algorithm).update(raw).digest('base64url');
}

function decode<T>(part: string): T | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as T;
  } catch {
    return undefined;
  }
}

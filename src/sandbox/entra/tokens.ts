import { createHmac, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';

/** What a token says. */
export interface TokenClaims {
  tenantId: string;
  clientId: string;
  /** The API it is for: an origin, without a slash at its end. */
  resource: string;
  /** Seconds since 1970. */
  expiresAt: number;
}

export type TokenCheck = { kind: 'valid'; claims: TokenClaims } | { kind: 'invalid' | 'expired' | 'revoked' };

export interface Tokens {
  issue(grant: Omit<TokenClaims, 'expiresAt'>, lifetimeSeconds: number): string;
  check(token: string): TokenCheck;
  /** Every token issued so far stops being accepted. */
  revokeAll(): void;
}

/**
 * Access tokens in the shape of Entra's (three parts, `aud`, `tid`, `appid`, …). They are signed with a key
 * of this process, so that they need no store; clients must treat access tokens as opaque.
 */
export function createTokens({ origin, now }: { origin: () => string; now: () => number }): Tokens {
  const key = randomBytes(32);
  let generation = 1;
  const sign = (text: string) => createHmac('sha256', key).update(text).digest('base64url');
  const header = encode({ typ: 'JWT', alg: 'HS256', kid: 'sandbox' });

  return {
    issue: ({ tenantId, clientId, resource }, lifetimeSeconds) => {
      const iat = Math.floor(now() / 1000);
      const exp = iat + lifetimeSeconds;
      const iss = `${origin()}/${tenantId}/`;
      const claims = { aud: resource, iss, iat, nbf: iat, exp, appid: clientId, tid: tenantId, ver: '1.0' };
      const body = `${header}.${encode({ ...claims, appidacr: '1', uti: randomUUID(), generation })}`;
      return `${body}.${sign(body)}`;
    },
    check: (token) => {
      const [head, body, signature] = token.split('.');
      if (head === undefined || body === undefined || signature === undefined) return { kind: 'invalid' };
      if (!sameText(signature, sign(`${head}.${body}`))) return { kind: 'invalid' };
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString('utf8')) as {
        aud: string;
        exp: number;
        appid: string;
        tid: string;
        generation: number;
      };
      if (claims.exp <= now() / 1000) return { kind: 'expired' };
      if (claims.generation !== generation) return { kind: 'revoked' };
      const { aud: resource, exp: expiresAt, appid: clientId, tid: tenantId } = claims;
      return { kind: 'valid', claims: { tenantId, clientId, resource, expiresAt } };
    },
    revokeAll: () => {
      generation += 1;
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function sameText(left: string, right: string): boolean {
  const [a, b] = [Buffer.from(left), Buffer.from(right)];
  return a.length === b.length && timingSafeEqual(a, b);
}

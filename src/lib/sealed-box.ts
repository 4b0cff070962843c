import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import { AppError } from './errors.ts';

/** Seals short texts with AES-256-GCM, so that a stolen state file shows no secret. */
export interface SealedBox {
  /** `v1:<key id>:<iv>:<tag>:<text>`, base64url. `purpose` is bound to it and must be the same on opening. */
  seal(text: string, purpose: string): string;
  /** @throws AppError `seal-broken` when no key opens it or it was changed. */
  open(sealed: string, purpose: string): string;
}

const algorithm = 'aes-256-gcm';

/** @param keys 32 bytes each; the first seals, all open, so that keys can be rotated. */
export function createSealedBox(keys: readonly Buffer[]): SealedBox {
  const byId = new Map(keys.map((key) => [keyId(key), key]));
  const [first] = keys;
  if (!first) throw new Error('A sealed box needs at least one key');
  return {
    seal(text, purpose) {
      const iv = randomBytes(12);
      const cipher = createCipheriv(algorithm, first, iv).setAAD(Buffer.from(purpose));
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      const parts = [iv, cipher.getAuthTag(), body].map((part) => part.toString('base64url'));
      return ['v1', keyId(first), ...parts].join(':');
    },
    open(sealed, purpose) {
      const [version, id, iv, tag, body] = sealed.split(':');
      const key = byId.get(id ?? '');
      if (version !== 'v1' || !key || !iv || !tag || body === undefined) throw broken();
      try {
        const decipher = createDecipheriv(algorithm, key, Buffer.from(iv, 'base64url'));
        decipher.setAAD(Buffer.from(purpose)).setAuthTag(Buffer.from(tag, 'base64url'));
        return decipher.update(Buffer.from(body, 'base64url'), undefined, 'utf8') + decipher.final('utf8');
      } catch (cause) {
        throw broken(cause);
      }
    },
  };
}

function keyId(key: Buffer): string {
  return createHash('sha256').update(key).digest('base64url').slice(0, 8);
}

function broken(cause?: unknown): AppError {
  return new AppError('seal-broken', 'A sealed value cannot be opened with the present keys', {
    recovery: 'ask-admin',
    cause,
  });
}

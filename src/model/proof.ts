import type { SecretReference } from './secret-reference.ts';

/** How the application proves to Entra ID that it is the one. */
export type Proof =
  | { kind: 'secret'; secret: string }
  /** Private key and certificate, PEM. */
  | { kind: 'certificate'; pem: string }
  /** Held by the operator, read at use: a secret or the PEM of a certificate, whichever it turns out to be. */
  | { kind: 'reference'; reference: SecretReference; expects?: 'certificate' };

/** Private key and certificate in one text, whatever stands around them. */
export function looksLikePem(text: string): boolean {
  return text.includes('-----BEGIN ');
}

const guid = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Entra ID shows a secret's id beside its value, and the id is what people copy: it is a GUID, a value never is. */
export function looksLikeSecretId(secret: string): boolean {
  return guid.test(secret);
}

export type SecretProblem = 'empty' | 'secret-masked' | 'secret-has-spaces' | 'secret-has-odd-letters';

/** @param secret cleaned of what copying adds. */
export function secretProblem(secret: string): SecretProblem | null {
  if (secret === '') return 'empty';
  // As Entra ID shows a secret once it has been made: three letters, and stars for the rest.
  if (/\*{4}|[•●∙·]{4}/.test(secret)) return 'secret-masked';
  if (/\s/.test(secret)) return 'secret-has-spaces';
  return /^[\u0021-\u007e]+$/.test(secret) ? null : 'secret-has-odd-letters';
}

import { assertNever } from '../lib/errors.ts';
import { looksLikePem, type Proof } from '../model/proof.ts';
import type { SecretReader } from '../ports/secret-reader.ts';
import { type CertificateKey, parseCertificate } from './certificate.ts';

/** What goes into the request for a token. Never kept, never logged. */
export type ProofMaterial = { kind: 'secret'; secret: string } | CertificateKey;

/**
 * Makes of a proof what it takes to sign in, at the moment it is needed. What a reference leads to says itself
 * whether it is a secret or a certificate.
 * @throws AppError when it cannot be read or used.
 */
export async function readProof(proof: Proof, secrets: SecretReader, now: number): Promise<ProofMaterial> {
  switch (proof.kind) {
    case 'secret':
      return proof;
    case 'certificate':
      return parseCertificate(proof.pem, now);
    case 'reference': {
      const text = await secrets.read(proof.reference);
      const isCertificate = proof.expects === 'certificate' || looksLikePem(text);
      return isCertificate ? parseCertificate(text, now) : { kind: 'secret', secret: text.trim() };
    }
    default:
      return assertNever(proof);
  }
}

import { z } from 'zod';
import type { AppError, Recovery } from '../lib/errors.ts';
import type { Application } from '../model/credentials.ts';
import type { FaultCode } from '../model/fault.ts';
import { looksLikeSecretId } from '../model/proof.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { HttpAnswer } from './http-client.ts';
import type { ProofMaterial } from './proof-material.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Entra ID's codes ("Microsoft Entra authentication and authorization error codes") by what an admin has to mend. */
const faultByCode: Readonly<Record<number, FaultCode>> = {
  7000215: 'secret-wrong',
  70002: 'secret-wrong',
  7000222: 'secret-expired',
  700027: 'certificate-unknown',
  700030: 'certificate-unknown',
  700024: 'clock-wrong',
  500133: 'clock-wrong',
  700016: 'app-unknown',
  700011: 'app-unknown',
  70001: 'app-unknown',
  7000112: 'app-disabled',
  7000229: 'app-not-installed',
  90002: 'tenant-unknown',
  900023: 'tenant-malformed',
  90038: 'cloud-wrong',
  900382: 'cloud-wrong',
  900432: 'cloud-wrong',
  500011: 'organization-not-in-tenant',
  50001: 'organization-not-in-tenant',
  650057: 'organization-not-in-tenant',
  65001: 'consent-missing',
  650056: 'consent-missing',
  650052: 'service-missing',
  53003: 'sign-in-blocked',
  530032: 'sign-in-blocked',
  530035: 'sign-in-blocked',
  50034: 'account-unknown',
  50053: 'account-locked',
  50057: 'account-disabled',
  90055: 'sign-in-throttled',
  90033: 'sign-in-unavailable',
  90012: 'sign-in-unavailable',
  90024: 'sign-in-unavailable',
  90090: 'sign-in-unavailable',
};

const entraBody = z.object({
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  error_codes: z.array(z.coerce.number()).optional().catch(undefined),
  timestamp: z.string().optional().catch(undefined),
  trace_id: z.string().optional().catch(undefined),
  correlation_id: z.string().optional().catch(undefined),
});

export interface SignIn {
  application: Application;
  /** What was sent. */
  proof: ProofMaterial;
  now: number;
}

/**
 * What a refusal of Entra ID's token endpoint means. Its description is never taken over, but for the code in it
 * where `error_codes` is missing.
 */
export function entraError(answer: HttpAnswer, { application, proof, now }: SignIn): AppError {
  const body = parseBody(answer.bytes);
  const number = body?.error_codes?.[0] ?? codeIn(body?.error_description);
  const code = faultOfEntra(answer.status, body && { ...body, number }, proof);
  const recovery = recoveryOf(code);
  const wait = parseRetryAfter(answer.headers['retry-after'], now);
  const time = Date.parse(body?.timestamp ?? '');
  const { address, tenantId, clientId } = application;
  return dynamicsError(code, `Entra ID refused to sign in (${answer.status})`, {
    recovery,
    details: {
      tenant: tenantId,
      client: clientId,
      host: new URL(code === 'not-entra' ? address.authority : address.origin).host,
    },
    original: number === undefined ? (body?.error ?? `HTTP ${answer.status}`) : `AADSTS${number}`,
    requestId: body?.trace_id ?? body?.correlation_id ?? answer.headers['x-ms-request-id'],
    at: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
    retryAfterMs: recovery === 'wait' || recovery === 'retry' ? wait : undefined,
  });
}

/** "AADSTS7000215: Invalid client secret provided. …": of the text only the code, which is in no language. */
function codeIn(description: string | undefined): number | undefined {
  const digits = /AADSTS(\d+)/.exec(description ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

type Refusal = z.infer<typeof entraBody> & { number: number | undefined };

/** @param refusal null where the answer is not one of Entra ID's: a proxy's page, or nothing. */
function faultOfEntra(status: number, refusal: Refusal | null, proof: ProofMaterial): FaultCode {
  const known = refusal?.number === undefined ? undefined : faultByCode[refusal.number];
  const isId = proof.kind === 'secret' && looksLikeSecretId(proof.secret);
  if (known === 'secret-wrong' && isId) return 'secret-is-id';
  if (known) return known;
  if (status === 429) return 'sign-in-throttled';
  if (status >= 500) return 'sign-in-unavailable';
  return refusal ? 'sign-in-failed' : 'not-entra';
}

function recoveryOf(code: FaultCode): Recovery {
  if (code === 'sign-in-throttled') return 'wait';
  return code === 'sign-in-unavailable' || code === 'not-entra' ? 'retry' : 'ask-admin';
}

function parseBody(bytes: Buffer): z.infer<typeof entraBody> | null {
  try {
    return entraBody.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    return null;
  }
}

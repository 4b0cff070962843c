import { z } from 'zod';
import type { AppError, Recovery } from '../lib/errors.ts';
import { type Credentials, looksLikeSecretId } from '../model/credentials.ts';
import type { FaultCode } from '../model/fault.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { HttpAnswer } from './http-client.ts';
import { parseRetryAfter } from './retry-after.ts';

/** Entra ID's codes ("Microsoft Entra authentication and authorization error codes") by what an admin has to mend. */
const faultByCode: Readonly<Record<number, FaultCode>> = {
  7000215: 'secret-wrong',
  7000222: 'secret-expired',
  700016: 'app-unknown',
  700011: 'app-unknown',
  7000112: 'app-unknown',
  70001: 'app-unknown',
  7000229: 'app-unknown',
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
  650052: 'consent-missing',
  53003: 'sign-in-blocked',
  530032: 'sign-in-blocked',
  530035: 'sign-in-blocked',
  90055: 'sign-in-throttled',
  90033: 'sign-in-throttled',
  90012: 'sign-in-throttled',
  90024: 'sign-in-throttled',
  90090: 'sign-in-throttled',
};

const entraBody = z.object({
  error: z.string().optional().catch(undefined),
  error_description: z.string().optional().catch(undefined),
  error_codes: z.array(z.coerce.number()).optional().catch(undefined),
  timestamp: z.string().optional().catch(undefined),
  trace_id: z.string().optional().catch(undefined),
  correlation_id: z.string().optional().catch(undefined),
});

/**
 * What a refusal of Entra ID's token endpoint means. Its description is never taken over, but for the code in it
 * where `error_codes` is missing.
 */
export function entraError(answer: HttpAnswer, credentials: Credentials, now: number): AppError {
  const body = parseBody(answer.bytes);
  const number = body.error_codes?.[0] ?? codeIn(body.error_description);
  const code = faultOfEntra(answer.status, number, credentials.clientSecret);
  const recovery = recoveryOf(code, answer.status);
  const wait = parseRetryAfter(answer.headers['retry-after'], now);
  const time = Date.parse(body.timestamp ?? '');
  return dynamicsError(code, `Entra ID refused to sign in (${answer.status})`, {
    recovery,
    details: { tenant: credentials.tenantId, client: credentials.clientId, host: hostOf(credentials) },
    original: number === undefined ? (body.error ?? `HTTP ${answer.status}`) : `AADSTS${number}`,
    requestId: body.trace_id ?? body.correlation_id ?? answer.headers['x-ms-request-id'],
    at: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
    retryAfterMs: recovery === 'wait' || recovery === 'retry' ? wait : undefined,
  });
}

/** "AADSTS7000215: Invalid client secret provided. …": of the text only the code, which is in no language. */
function codeIn(description: string | undefined): number | undefined {
  const digits = /AADSTS(\d+)/.exec(description ?? '')?.[1];
  return digits === undefined ? undefined : Number(digits);
}

function faultOfEntra(status: number, number: number | undefined, secret: string): FaultCode {
  const known = number === undefined ? undefined : faultByCode[number];
  if (known === 'secret-wrong' && looksLikeSecretId(secret)) return 'secret-is-id';
  if (known) return known;
  return status === 429 ? 'sign-in-throttled' : 'sign-in-failed';
}

function recoveryOf(code: FaultCode, status: number): Recovery {
  if (code === 'sign-in-throttled') return 'wait';
  return code === 'sign-in-failed' && status >= 500 ? 'retry' : 'ask-admin';
}

function hostOf({ address }: Credentials): string {
  return new URL(address.origin).host;
}

function parseBody(bytes: Buffer): z.infer<typeof entraBody> {
  try {
    return entraBody.parse(JSON.parse(bytes.toString('utf8')));
  } catch {
    // A proxy's page, or nothing: the status alone has to do.
    return {};
  }
}

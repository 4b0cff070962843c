import { z } from 'zod';
import type { AppError } from '../lib/errors.ts';
import type { CheckNote } from '../model/check.ts';
import { daysLeft, type SecretExpiry } from '../model/secret-expiry.ts';
import type { CheckResult } from './checklist.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { ProofMaterial } from './proof-material.ts';
import type { Session } from './session.ts';
import { parseJson } from './web-api.ts';

export interface ExpiryQuestion {
  session: Session;
  /** Microsoft Graph's origin; null where nobody knows it. */
  graph: string | null;
  signal: AbortSignal;
}

type Unknown = Extract<CheckNote, { kind: 'expiry-unknown' }>;
type Expiry = SecretExpiry | Unknown;

const unknown = (reason: Unknown['reason']): Unknown => ({ kind: 'expiry-unknown', reason });

/** The days before the end from which it is worth a word. */
const soonDays = 30;

/** Until when one can sign in. Known of a certificate; of a secret only Microsoft Graph knows, if it may tell. */
export async function readExpiry({ session, graph, signal }: ExpiryQuestion): Promise<Expiry> {
  const proof = await session.readProof();
  if (proof.kind === 'certificate') return { holds: 'certificate', at: proof.expiresAt };
  if (graph === null) return unknown('not-asked');
  const { clientId } = session.credentials;
  const path = `/v1.0/applications(appId='${clientId}')?$select=passwordCredentials`;
  const token = await session.tokensFor(graph).token(signal);
  const headers = { accept: 'application/json', authorization: `Bearer ${token}` };
  const answer = await session.http.send({ method: 'GET', origin: graph, path, headers, signal });
  if (answer.status === 401 || answer.status === 403) return unknown('not-permitted');
  if (answer.status !== 200) return unknown('not-found');
  const parsed = application.safeParse(parseJson(answer.bytes));
  const at = parsed.success ? endOf(proof, parsed.data.passwordCredentials) : null;
  return at === null ? unknown('not-found') : { holds: 'secret', at };
}

const passwordCredential = z.object({
  hint: z.string().nullish().catch(null),
  endDateTime: z.string().nullish().catch(null),
});
/** "passwordCredential resource type": of the secret itself it has the first three characters. */
const application = z.object({ passwordCredentials: z.array(passwordCredential) });

/** Which of the secrets it is only its beginning tells: where two begin alike, the one that ends first counts. */
function endOf(
  { secret }: Extract<ProofMaterial, { kind: 'secret' }>,
  known: readonly z.infer<typeof passwordCredential>[],
): string | null {
  const hinted = known.filter(({ hint }) => hint && secret.startsWith(hint));
  const candidates = hinted.length > 0 ? hinted : known.filter(({ hint }) => !hint);
  const ends = candidates.flatMap(({ endDateTime }) => {
    const at = Date.parse(endDateTime ?? '');
    return Number.isNaN(at) ? [] : [at];
  });
  return ends.length === 0 ? null : new Date(Math.min(...ends)).toISOString();
}

/** @returns with a remark when it ends within thirty days. */
export async function checkExpiry(question: ExpiryQuestion, now: number): Promise<CheckResult<SecretExpiry>> {
  const found = await readExpiry(question);
  if ('kind' in found) return { unread: found };
  const { holds, at } = found;
  if (daysLeft(found, now) >= soonDays) return { value: found, note: { kind: 'expires', holds, at } };
  return { value: found, warning: expiring(found, now) };
}

function expiring(expiry: SecretExpiry, now: number): AppError {
  const { holds, at: expiresAt } = expiry;
  return dynamicsError('secret-expiring', 'What the application signs in with ends soon', {
    recovery: 'ask-admin',
    details: { holds, expiresAt, days: String(daysLeft(expiry, now)) },
  });
}

import { AppError } from '../lib/errors.ts';
import type { CheckResult } from './checklist.ts';
import { dataverseError, requestIdOf } from './dataverse-error.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { HttpAnswer } from './http-client.ts';
import { webApiRoot } from './local-path.ts';
import { isNotFound } from './refusal.ts';
import type { Session } from './session.ts';
import { whoAmIAnswer } from './web-api-answers.ts';

export interface OriginCheck {
  session: Session;
  now: () => number;
  /** Settles with the sign-in, which goes on side by side. */
  signedIn: Promise<unknown>;
  signal: AbortSignal;
}

/** What an organization says about itself to somebody it does not know. */
export interface Place {
  /** The id of the tenant it belongs to; null where it does not say. */
  tenant: string | null;
}

const guid = '[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}';

/** `Bearer authorization_uri=https://login.microsoftonline.com/<tenant>/oauth2/authorize, resource_id=…` */
function tenantIn({ headers }: HttpAnswer): string | null {
  const challenge = headers['www-authenticate'] ?? '';
  return new RegExp(`authorization_uri="?[^,"]+/(${guid})/`, 'i').exec(challenge)?.[1]?.toLowerCase() ?? null;
}

/**
 * Whether a Dataverse Web API answers there, asked without credentials: it refuses ("Use OAuth authentication with
 * Microsoft Dataverse"). A gateway may answer the bare root in its own way: then `WhoAmI` decides.
 * @returns skipped where that takes a sign-in that has failed.
 * @throws AppError when nothing or something else answers.
 */
export async function checkOrigin(check: OriginCheck): Promise<CheckResult<Place>> {
  const answer = await ask(check, '');
  if (isDataverse(answer)) return { value: { tenant: tenantIn(answer) } };
  if (!isUndecided(answer)) throw notDynamics(check, answer);
  const refusal = await check.signedIn.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  if (refusal === null) return askSignedIn(check, answer);
  const again = await ask(check, 'WhoAmI');
  if (again.status === 401) return { value: { tenant: tenantIn(again) } };
  // Nor does Entra ID know it.
  if (refusal instanceof AppError && refusal.code === 'organization-not-in-tenant') {
    throw notDynamics(check, answer);
  }
  return { skipped: true };
}

/** Without credentials. */
function ask({ session, now, signal }: OriginCheck, target: string): Promise<HttpAnswer> {
  const { origin } = session.credentials.address;
  const path = `${webApiRoot}/${target}`;
  const headers = { accept: 'application/json' };
  return session.retrying(async () => {
    const answer = await session.http.send({ method: 'GET', origin, path, headers, signal });
    if (answer.status === 429 || answer.status >= 500) throw dataverseError(answer, { origin, now: now() });
    return answer;
  }, signal);
}

function isDataverse({ status, headers }: HttpAnswer): boolean {
  return status === 401 || (status === 200 && /json/i.test(headers['content-type'] ?? ''));
}

function isUndecided({ status }: HttpAnswer): boolean {
  return status >= 400;
}

/** A refusal with a reason is for the checks that come after; what Dataverse would never say fails this one. */
async function askSignedIn(check: OriginCheck, bare: HttpAnswer): Promise<CheckResult<Place>> {
  try {
    await check.session.api.getJson('WhoAmI', whoAmIAnswer, { signal: check.signal });
    return { value: { tenant: null } };
  } catch (thrown) {
    if (!(thrown instanceof AppError)) throw thrown;
    const isForeign = ['not-dynamics', 'answer-malformed'].includes(thrown.code) || isNotFound(thrown);
    if (isForeign) throw notDynamics(check, bare);
    if (thrown.recovery === 'ask-admin' && thrown.code !== 'tls-untrusted')
      return { value: { tenant: null } };
    throw thrown;
  }
}

function notDynamics({ session }: OriginCheck, { status, headers }: HttpAnswer): AppError {
  const { origin } = session.credentials.address;
  return dynamicsError('not-dynamics', `${origin} is no Dataverse Web API: ${status}`, {
    recovery: 'ask-admin',
    details: { host: new URL(origin).host },
    original: `HTTP ${status}`,
    requestId: requestIdOf(headers),
  });
}

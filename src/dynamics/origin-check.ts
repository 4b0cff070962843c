import { dataverseError, requestIdOf } from './dataverse-error.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { HttpAnswer } from './http-client.ts';
import type { Session } from './session.ts';
import { webApiRoot } from './web-api.ts';

/**
 * Whether a Dataverse Web API answers there, asked without credentials: it refuses with a Bearer challenge
 * ("Use OAuth authentication with Microsoft Dataverse").
 * @throws AppError when nothing or something else answers.
 */
export async function probeOrigin(session: Session, now: () => number, signal: AbortSignal): Promise<void> {
  const { origin } = session.credentials.address;
  await session.retrying(async () => {
    const answer = await session.http.send({
      method: 'GET',
      origin,
      path: `${webApiRoot}/`,
      headers: { accept: 'application/json' },
      signal,
    });
    if (isDataverse(answer)) return;
    if (answer.status === 429 || answer.status >= 500) throw dataverseError(answer, { origin, now: now() });
    throw dynamicsError('not-dynamics', `${origin} is no Dataverse Web API: ${answer.status}`, {
      recovery: 'ask-admin',
      details: { host: new URL(origin).host },
      original: `HTTP ${answer.status}`,
      requestId: requestIdOf(answer.headers),
    });
  }, signal);
}

function isDataverse({ status, headers }: HttpAnswer): boolean {
  if (status === 401) return /\bbearer\b/i.test(headers['www-authenticate'] ?? '');
  const isJson = /json/i.test(headers['content-type'] ?? '');
  return isJson && (status === 200 || (status >= 400 && status < 500 && status !== 404 && status !== 429));
}

import { AppError } from '../lib/errors.ts';
import type { FaultCode } from '../model/fault.ts';
import type { CheckResult } from './checklist.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { EntityHead } from './entity-heads.ts';
import { isNotFound, isRefusal } from './refusal.ts';
import type { WebApi } from './web-api.ts';

/**
 * Whether a row of each entity can be read. All that cannot are named at once: an admin who is told one privilege
 * at a time comes back five times.
 * @throws AppError `privilege-missing`; `entity-unknown` where none exists.
 */
export async function checkAccess(
  api: WebApi,
  names: readonly string[],
  heads: readonly EntityHead[],
  signal: AbortSignal,
): Promise<CheckResult<null | true>> {
  const found = await Promise.all(heads.map((head) => tryRow(api, head, signal)));
  const refused = found.flatMap((entry) => (entry ? [entry] : []));
  const closed = refused.filter(({ error }) => !isNotFound(error));
  const first = closed[0];
  if (first) throw withoutPrivileges(closed, first.error);
  const isThere = (name: string) =>
    heads.some((head) => head.name === name) && !refused.some(({ entity }) => entity === name);
  const missing = names.filter((name) => !isThere(name));
  if (missing.length > 0 && missing.length === names.length) throw aboutEntities('entity-unknown', missing);
  return missing.length === 0
    ? { value: true }
    : { value: true, warning: aboutEntities('entity-unknown', missing) };
}

interface Refused {
  entity: string;
  error: AppError;
}

/** @returns what stands against it: a missing privilege, or that there is no such set. */
async function tryRow(api: WebApi, head: EntityHead, signal: AbortSignal): Promise<Refused | null> {
  try {
    const isRead = head.changeTracking && (await nullIfRefusedOtherwise(readTracked(api, head, signal)));
    if (!isRead) {
      const target = `${head.entitySetName}?$select=${head.primaryId}&$top=1`;
      await api.get(target, { signal, entity: head.name });
    }
    return null;
  } catch (thrown) {
    const isTold = isPrivilegeMissing(thrown) || isNotFound(thrown);
    if (thrown instanceof AppError && isTold) return { entity: head.name, error: thrown };
    throw thrown;
  }
}

/**
 * One row as the sync will read it: a tracked read needs the privilege for the whole organization, which an
 * ordinary one does not show. It takes no `$top`.
 */
function readTracked(
  api: WebApi,
  { name, entitySetName, primaryId }: EntityHead,
  signal: AbortSignal,
): Promise<Buffer> {
  const prefer = 'odata.track-changes,odata.maxpagesize=1';
  return api.get(`${entitySetName}?$select=${primaryId}`, { signal, prefer, entity: name });
}

async function nullIfRefusedOtherwise<T>(answer: Promise<T>): Promise<T | null> {
  try {
    return await answer;
  } catch (thrown) {
    if (isRefusal(thrown) && !isPrivilegeMissing(thrown)) return null;
    throw thrown;
  }
}

function isPrivilegeMissing(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && thrown.code === 'privilege-missing';
}

function withoutPrivileges(refused: readonly Refused[], first: AppError): AppError {
  const entities = refused.map(({ entity }) => entity).join(', ');
  const privileges = [...new Set(refused.flatMap(({ error }) => error.details.privilege ?? []))].join(', ');
  return dynamicsError('privilege-missing', 'Some entities cannot be read', {
    recovery: 'ask-admin',
    details: { entity: entities, entities, privilege: privileges, privileges },
    original: first.details.original,
    requestId: first.details.requestId,
    cause: first,
  });
}

export function checkChangeTracking(heads: readonly EntityHead[]): CheckResult<true> {
  const off = heads.filter(({ changeTracking }) => !changeTracking).map(({ name }) => name);
  return off.length === 0
    ? { value: true }
    : { value: true, warning: aboutEntities('change-tracking-off', off) };
}

function aboutEntities(code: FaultCode, names: readonly string[]): AppError {
  const entities = names.join(', ');
  const details = { entity: entities, entities };
  return dynamicsError(code, `${code}: ${entities}`, { recovery: 'ask-admin', details });
}

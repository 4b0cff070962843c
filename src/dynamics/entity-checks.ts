import { AppError } from '../lib/errors.ts';
import type { FaultCode } from '../model/fault.ts';
import type { CheckResult } from './checklist.ts';
import { dynamicsError } from './dynamics-error.ts';
import type { EntityHead } from './entity-heads.ts';
import type { ReadPrivilege } from './privileges.ts';
import { isNotFound, isRefusal } from './refusal.ts';
import type { WebApi } from './web-api.ts';

export interface AccessQuestion {
  api: WebApi;
  /** Names of the entities that must be readable. */
  names: readonly string[];
  heads: readonly EntityHead[];
  /** What the user's roles say; null where Dynamics does not tell. */
  privileges: ReadonlyMap<string, ReadPrivilege> | null;
  signal: AbortSignal;
}

/**
 * Whether each entity can be read for the whole organization: a row of it is read as the sync will, and where that
 * shows nothing about the whole, the user's roles decide. All that cannot are named at once: an admin who is told
 * one privilege at a time comes back five times.
 * @throws AppError `privilege-missing`; `entity-unknown` where none exists.
 */
export async function checkAccess(question: AccessQuestion): Promise<CheckResult<true>> {
  const { api, names, heads, privileges, signal } = question;
  const found = await Promise.all(
    heads.map((head) => tryEntity(api, head, privileges?.get(head.name), signal)),
  );
  const closed = found.filter(({ state }) => state === 'closed');
  if (closed.length > 0) throw withoutPrivileges(closed);
  const missing = names.filter(
    (name) => !found.some(({ entity, state }) => entity === name && state !== 'missing'),
  );
  if (missing.length > 0) {
    const unknown = aboutEntities('entity-unknown', missing);
    if (missing.length === names.length) throw unknown;
    return { value: true, warning: unknown };
  }
  const unclear = found.filter(({ state }) => state === 'unclear');
  return unclear.length > 0
    ? { value: true, warning: privilegeError('privilege-unclear', unclear) }
    : { value: true };
}

interface Tried {
  entity: string;
  /** `unclear`: it can be read, though no role of the user's says so for the whole organization. */
  state: 'open' | 'closed' | 'missing' | 'unclear';
  privilege?: string | undefined;
  /** Of the privilege, where the user has it. */
  depth?: string | undefined;
  error?: AppError;
}

async function tryEntity(
  api: WebApi,
  head: EntityHead,
  held: ReadPrivilege | undefined,
  signal: AbortSignal,
): Promise<Tried> {
  const { proven, refused } = await tryRow(api, head, signal);
  const entity = head.name;
  const role = { privilege: held?.name, depth: held?.depth ?? undefined };
  if (refused && isNotFound(refused)) return { entity, state: 'missing' };
  if (refused) {
    const privilege = refused.details.privilege ?? held?.name;
    return { entity, state: 'closed', ...role, privilege, error: refused };
  }
  if (!held || held.depth === 'Global') return { entity, state: 'open' };
  // A tracked read takes the whole organization: where it works, the privilege is there, by a team for instance.
  return { entity, state: proven ? 'unclear' : 'closed', ...role };
}

interface TriedRow {
  /** Whether the read was one that takes the privilege for the whole organization. */
  proven: boolean;
  /** What stands against it: a missing privilege, or that there is no such set. */
  refused?: AppError;
}

async function tryRow(api: WebApi, head: EntityHead, signal: AbortSignal): Promise<TriedRow> {
  try {
    const tracked = head.changeTracking && (await nullIfRefusedOtherwise(readTracked(api, head, signal)));
    if (tracked) return { proven: true };
    const target = `${head.entitySetName}?$select=${head.primaryId}&$top=1`;
    await api.get(target, { signal, entity: head.name });
    return { proven: false };
  } catch (thrown) {
    const isTold = isPrivilegeMissing(thrown) || isNotFound(thrown);
    if (thrown instanceof AppError && isTold) return { proven: false, refused: thrown };
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

function withoutPrivileges(closed: readonly Tried[]): AppError {
  // Where all of them are held, but not far enough, that is another thing to look for than a missing one.
  const isPartial = closed.every(({ depth }) => depth !== undefined);
  return privilegeError('privilege-missing', closed, isPartial ? { partial: 'yes' } : {});
}

function privilegeError(
  code: FaultCode,
  about: readonly Tried[],
  more: Readonly<Record<string, string>> = {},
): AppError {
  const entities = about.map(({ entity }) => entity).join(', ');
  const privileges = [...new Set(about.flatMap(({ privilege }) => privilege ?? []))].join(', ');
  const first = about.find(({ error }) => error)?.error;
  return dynamicsError(code, `${code}: ${entities}`, {
    recovery: 'ask-admin',
    details: { entity: entities, entities, privilege: privileges, privileges, ...more },
    original: first?.details.original,
    requestId: first?.details.requestId,
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

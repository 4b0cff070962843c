import type { z } from 'zod';
import { nullIfRefused } from './refusal.ts';
import type { WebApi } from './web-api.ts';
import { entityPrivilegesAnswer, userPrivilegesAnswer } from './web-api-answers.ts';

/** How far a privilege reaches; null where the user lacks it. `Global` is the whole organization. */
export interface ReadPrivilege {
  /** `prvReadLead`. */
  name: string;
  depth: string | null;
}

/** What every organization calls the read privileges of the standard entities. */
const wellKnown: Readonly<Record<string, string>> = {
  account: 'prvReadAccount',
  contact: 'prvReadContact',
  lead: 'prvReadLead',
  opportunity: 'prvReadOpportunity',
  systemuser: 'prvReadUser',
};

export interface PrivilegeQuestion {
  api: WebApi;
  userId: string;
  /** Of entities. */
  names: readonly string[];
  signal: AbortSignal;
}

/**
 * The read privileges of the user by entity, as its roles say ("RetrieveUserPrivileges Function"); null where
 * Dynamics does not tell. Entities whose privilege has no known name are missing.
 */
export async function readPrivileges(
  question: PrivilegeQuestion,
): Promise<ReadonlyMap<string, ReadPrivilege> | null> {
  const { api, userId, names, signal } = question;
  const target = `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrieveUserPrivileges`;
  const [held, needed] = await Promise.all([
    nullIfRefused(api.getJson(target, userPrivilegesAnswer, { signal, entity: 'systemuser' })),
    readNeeded(question),
  ]);
  // A user without any privilege could not even ask.
  if (!held || held.RolePrivileges.length === 0) return null;
  return new Map(
    names.flatMap((entity) => {
      const name = needed.get(entity)?.name ?? wellKnown[entity];
      const id = needed.get(entity)?.id;
      if (name === undefined) return [];
      const matching = held.RolePrivileges.filter(
        ({ PrivilegeName, PrivilegeId }) => sameName(PrivilegeName, name) || sameName(PrivilegeId, id),
      );
      return [[entity, { name, depth: deepest(matching) }] as const];
    }),
  );
}

interface Needed {
  name: string;
  id: string | undefined;
}

/** What reading an entity takes is in its own definition: names do not always follow from its name. */
async function readNeeded({ api, names, signal }: PrivilegeQuestion): Promise<Map<string, Needed>> {
  const filter = names.map((name) => `LogicalName eq '${name}'`).join(' or ');
  const query = `$select=LogicalName,Privileges&$filter=${encodeURIComponent(filter)}`;
  const answer = await nullIfRefused(
    api.getJson(`EntityDefinitions?${query}`, entityPrivilegesAnswer, { signal, fresh: true }),
  );
  return new Map(
    (answer?.value ?? []).flatMap(({ LogicalName, Privileges }) => {
      const read = Privileges?.find(({ PrivilegeType }) => PrivilegeType === 'Read');
      return read?.Name
        ? [[LogicalName, { name: read.Name, id: read.PrivilegeId ?? undefined }] as const]
        : [];
    }),
  );
}

const depths = ['Basic', 'Local', 'Deep', 'Global'];

/** Several roles may give the same privilege. */
function deepest(held: z.infer<typeof userPrivilegesAnswer>['RolePrivileges']): string | null {
  const ranks = held.map(({ Depth }) => depths.indexOf(Depth ?? ''));
  return depths[Math.max(-1, ...ranks)] ?? null;
}

function sameName(a: string | null | undefined, b: string | undefined): boolean {
  return Boolean(a && b) && a?.toLowerCase() === b?.toLowerCase();
}

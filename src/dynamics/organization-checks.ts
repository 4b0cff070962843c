import type { Organization } from '../model/organization.ts';
import { dynamicsError } from './dynamics-error.ts';
import { nullIfRefused } from './refusal.ts';
import type { WebApi } from './web-api.ts';
import { currentOrganizationAnswer, organizationsAnswer, systemUserAnswer } from './web-api-answers.ts';

const userColumns = 'fullname,internalemailaddress,domainname,isdisabled,applicationid';

/**
 * Whether the application user can work and is the one the admin named.
 * @throws AppError `user-disabled`, `user-mismatch`
 */
export async function checkUser(
  api: WebApi,
  userId: string,
  username: string,
  signal: AbortSignal,
): Promise<void> {
  const target = `systemusers(${userId})?$select=${userColumns}`;
  // Whoever may read nothing of the users, or is not served a row of them, may still be the right one: `WhoAmI` has
  // named it, and the check of access names what is missing.
  const user = await nullIfRefused(api.getJson(target, systemUserAnswer, { signal, entity: 'systemuser' }));
  if (!user) return;
  const details = { username, name: user.fullname ?? undefined };
  if (user.isdisabled) {
    throw dynamicsError('user-disabled', 'The application user is disabled', {
      recovery: 'ask-admin',
      details,
    });
  }
  const names = distinct([user.internalemailaddress, user.domainname]);
  if (names.length === 0 || names.some((name) => sameName(name, username))) return;
  throw dynamicsError('user-mismatch', 'The application user has another name', {
    recovery: 'ask-admin',
    // `expected` is what the admin should have typed, `actual` all the names Dynamics has for the user.
    details: { ...details, expected: names[0], actual: names.join(', ') },
  });
}

function distinct(names: readonly (string | null | undefined)[]): string[] {
  const given = names.flatMap((name) => (name ? [name] : []));
  return given.filter((name, index) => given.findIndex((other) => sameName(other, name)) === index);
}

function sameName(a: string, b: string): boolean {
  return a.trim().toLowerCase() === b.trim().toLowerCase();
}

/** The organization as it names itself; only its id is sure to be known. */
export async function readOrganization(
  api: WebApi,
  organizationId: string,
  signal: AbortSignal,
): Promise<Organization> {
  const access = "AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default'";
  const answer = await nullIfRefused(
    api.getJson(`RetrieveCurrentOrganization(${access})`, currentOrganizationAnswer, { signal }),
  );
  const name = answer?.Detail.UniqueName || (await readOrganizationName(api, signal));
  const host = new URL(api.origin).hostname;
  return {
    id: organizationId,
    friendlyName: readable(answer?.Detail.FriendlyName ?? '') || name || host,
    uniqueName: name || (host.split('.')[0] ?? host),
    url: api.origin,
  };
}

/** Without what would turn round the rest of a sentence, and the address in it: signs of direction, line breaks. */
const readable = (name: string): string =>
  name
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, '')
    .replace(/\p{Cc}+/gu, ' ')
    .trim();

/** There is one row; reading it takes a privilege of its own. */
async function readOrganizationName(api: WebApi, signal: AbortSignal): Promise<string | null> {
  const answer = await nullIfRefused(
    api.getJson('organizations?$select=name,organizationid', organizationsAnswer, {
      signal,
      entity: 'organization',
    }),
  );
  return answer?.value[0]?.name ?? null;
}

/** @throws AppError `organization-other` */
export function assertLocked(organization: Organization, lockedTo: string | null): void {
  if (lockedTo === null || lockedTo.toLowerCase() === organization.id) return;
  throw dynamicsError('organization-other', 'The connection is locked to another organization', {
    recovery: 'ask-admin',
    details: { organization: organization.friendlyName, id: organization.id, expected: lockedTo },
  });
}

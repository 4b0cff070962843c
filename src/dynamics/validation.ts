import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Organization } from '../model/organization.ts';
import type { CheckOptions, CheckReport } from '../ports/dynamics.ts';
import { type Checklist, createChecklist, extraWithinMs } from './checklist.ts';
import { checkAccess, checkChangeTracking } from './entity-checks.ts';
import { readEntityHeads } from './entity-heads.ts';
import { checkFilter } from './filter-check.ts';
import { checkMarketo } from './marketo-check.ts';
import { assertLocked, checkUser, readOrganization } from './organization-checks.ts';
import { checkOrigin, type Place } from './origin-check.ts';
import { readPrivileges } from './privileges.ts';
import { checkExpiry } from './secret-expiry.ts';
import type { Session } from './session.ts';
import { whoAmIAnswer } from './web-api-answers.ts';

export interface ValidationDeps {
  session: Session;
  clock: Clock;
  /** Throws `AppError` where the address is not one to send anything to. */
  assertAllowed: () => void;
  /** Microsoft Graph's origin; null where nobody knows it. */
  graph: string | null;
}

/** A validation while it goes on. */
interface Validation extends ValidationDeps {
  list: Checklist;
  options: CheckOptions;
  signal: AbortSignal;
}

/**
 * The checklist. What does not depend on one another runs side by side: an admin waits three seconds for it, not
 * for two dozen round trips. @throws the signal's reason when aborted
 */
export async function validate(deps: ValidationDeps, options: CheckOptions): Promise<CheckReport> {
  const { session, clock } = deps;
  const signal = AbortSignal.any([session.life, options.signal]);
  const list = createChecklist({ onProgress: options.onProgress, clock, signal });
  const validation: Validation = { ...deps, list, options, signal };

  const token = fetchToken(validation);
  const reached = runUrl(validation, token);
  const signedIn = runSignIn(validation, token, reached);
  const reading = startReading(validation, [reached, signedIn]);
  const { organization, lines } = runOrganization(validation, reading);
  const expiry = list.runExtra('secret-expiry', [signedIn], (late) =>
    checkExpiry({ ...deps, signal: late }, clock.now()),
  );
  await Promise.all([
    reached,
    signedIn,
    expiry,
    runUser(validation, reading, [reached, signedIn]),
    ...lines,
    ...runEntities(validation, reading),
    ...runMarketing(validation, reading),
  ]);
  return { checks: list.lines(), organization: organization(), expiry: await expiry };
}

type Reading = ReturnType<typeof startReading>;

/**
 * What several checks need, asked for as soon as one is signed in. Null where it was not reached; the variants
 * `OrNull` are null also where it failed, for the checks that are not about it.
 */
function startReading(
  { session: { api }, options: { entities }, signal }: Validation,
  needs: readonly Promise<unknown>[],
) {
  const ready = Promise.all(needs).then((found) => !found.includes(null));
  const self = ready.then((is) => (is ? api.getJson('WhoAmI', whoAmIAnswer, { signal }) : null));
  const heads = ready.then((is) => (is ? readEntityHeads(api, entities, signal) : null));
  const privileges = self.then((user) => {
    if (!user) return null;
    const late = AbortSignal.any([signal, AbortSignal.timeout(extraWithinMs)]);
    return readPrivileges({ api, userId: user.UserId, names: entities, signal: late });
  });
  return {
    self,
    heads,
    selfOrNull: self.catch(() => null),
    headsOrNull: heads.catch(() => null),
    // What it takes is known without it: that it cannot be read fails nothing.
    privilegesOrNull: privileges.catch(() => null),
  };
}

/** Asked for once, for whoever needs to know how it ends. */
function fetchToken({ session, assertAllowed, signal }: Validation): Promise<string> {
  const ask = async (): Promise<string> => {
    assertAllowed();
    return await session.retrying(() => session.tokens.token(signal), signal);
  };
  const token = ask();
  // Its failure belongs to the line `sign-in`.
  token.catch(() => {});
  return token;
}

function runUrl(
  { list, session, clock, assertAllowed, signal }: Validation,
  signedIn: Promise<unknown>,
): Promise<Place | null> {
  return list.run('url', [], async () => {
    assertAllowed();
    return checkOrigin({ session, now: clock.now, signedIn, signal });
  });
}

/** Side by side with `url`: both can be wrong, and then both are told. */
function runSignIn(
  { list, session }: Validation,
  token: Promise<string>,
  reached: Promise<Place | null>,
): Promise<true | null> {
  return list.run<true>('sign-in', [], async () => {
    try {
      await token;
      return { value: true };
    } catch (thrown) {
      // Only the address is wrong: Entra ID cannot know an organization that does not exist.
      const isAboutUrl =
        thrown instanceof AppError && ['not-dynamics', 'organization-not-in-tenant'].includes(thrown.code);
      const place = await reached;
      if (isAboutUrl && place === null) return { skipped: true };
      throw withTenant(thrown, place?.tenant ?? null, session.credentials.tenantId);
    }
  });
}

/** Refusals that a wrong tenant leads to. */
const tenantFaults = [
  'app-unknown',
  'app-not-installed',
  'tenant-unknown',
  'tenant-malformed',
  'organization-not-in-tenant',
];

/** The organization has said itself which tenant it belongs to: the admin need not look for it. */
function withTenant(thrown: unknown, tenant: string | null, given: string): unknown {
  const isAboutTenant = thrown instanceof AppError && tenantFaults.includes(thrown.code);
  if (!isAboutTenant || tenant === null || tenant === given) return thrown;
  const { code, message, recovery, details } = thrown;
  return new AppError(code, message, {
    recovery,
    details: { ...details, homeTenant: tenant },
    cause: thrown,
  });
}

function runUser(
  { list, session, signal }: Validation,
  { self }: Reading,
  needs: readonly Promise<unknown>[],
): Promise<true | null> {
  return list.run<true>('user', needs, async () => {
    const { UserId } = present(await self);
    await checkUser(session.api, UserId, session.credentials.username, signal);
    return { value: true };
  });
}

/** The organization, and the database that is to hold its rows and no other's. */
function runOrganization({ list, session, options, signal }: Validation, { self, selfOrNull }: Reading) {
  let organization: Organization | null = null;
  const known = list.run('organization', [selfOrNull], async () => {
    const { OrganizationId } = present(await self);
    organization = await readOrganization(session.api, OrganizationId, signal);
    assertLocked(organization, options.lockedTo);
    return { value: organization };
  });
  const destination = list.run('destination', [known], async () => {
    await options.checkDestination(present(await known).id);
    return { value: true };
  });
  return { organization: () => organization, lines: [known, destination] };
}

function runEntities({ list, session, options, signal }: Validation, reading: Reading) {
  const { heads, selfOrNull, headsOrNull, privilegesOrNull } = reading;
  const access = list.run('access', [selfOrNull], async () =>
    checkAccess({
      api: session.api,
      names: options.entities,
      heads: present(await heads),
      privileges: await privilegesOrNull,
      signal,
    }),
  );
  const tracking = list.run('change-tracking', [selfOrNull, headsOrNull], async () =>
    checkChangeTracking(present(await heads)),
  );
  return [access, tracking];
}

/** What marketing has left in the organization: nothing of it is needed. */
function runMarketing({ list, session: { api } }: Validation, { selfOrNull, headsOrNull }: Reading) {
  const filter = list.runExtra('filter', [selfOrNull, headsOrNull], async (signal) => {
    const names = present(await headsOrNull).map(({ name }) => name);
    return checkFilter(api, names, signal);
  });
  const marketo = list.runExtra('marketo', [selfOrNull], async (signal) =>
    checkMarketo({ api, userId: present(await selfOrNull).UserId, signal }),
  );
  return [filter, marketo];
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('A check ran before what it needs');
  return value;
}

import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Organization } from '../model/organization.ts';
import type { CheckOptions, CheckReport } from '../ports/dynamics.ts';
import { type Checklist, createChecklist } from './checklist.ts';
import { checkAccess, checkChangeTracking } from './entity-checks.ts';
import { readEntityHeads } from './entity-heads.ts';
import { assertLocked, checkUser, readOrganization } from './organization-checks.ts';
import { checkOrigin } from './origin-check.ts';
import type { Session } from './session.ts';
import { whoAmIAnswer } from './web-api-answers.ts';

export interface ValidationDeps {
  session: Session;
  clock: Clock;
  /** Throws `AppError` where the address is not one to send anything to. */
  assertAllowed: () => void;
}

/**
 * The checklist. What does not depend on one another runs side by side: an admin waits three seconds for it, not
 * for a dozen round trips. @throws the signal's reason when aborted
 */
export async function validate(deps: ValidationDeps, options: CheckOptions): Promise<CheckReport> {
  const { session, clock } = deps;
  const signal = AbortSignal.any([session.life, options.signal]);
  const list = createChecklist({ onProgress: options.onProgress, clock, signal });
  let organization: Organization | null = null;

  const token = fetchToken(deps, signal);
  const reached = runUrl(list, deps, token, signal);
  const signedIn = runSignIn(list, token, reached);
  const { self, heads, selfOrNull, headsOrNull } = startReading(
    session,
    options,
    [reached, signedIn],
    signal,
  );

  const user = list.run('user', [reached, signedIn], async () => {
    const { UserId } = present(await self);
    await checkUser(session.api, UserId, session.credentials.username, signal);
    return { value: true };
  });
  const known = list.run('organization', [selfOrNull], async () => {
    const { OrganizationId } = present(await self);
    organization = await readOrganization(session.api, OrganizationId, signal);
    assertLocked(organization, options.lockedTo);
    return { value: organization };
  });
  const access = list.run('access', [selfOrNull], async () =>
    checkAccess(session.api, options.entities, present(await heads), signal),
  );
  const tracking = list.run('change-tracking', [selfOrNull, headsOrNull], async () =>
    checkChangeTracking(present(await heads)),
  );
  const destination = list.run('destination', [known], async () => {
    await options.checkDestination(present(await known).id);
    return { value: true };
  });
  await Promise.all([reached, signedIn, user, known, access, tracking, destination]);
  return { checks: list.lines(), organization };
}

/**
 * What several checks need, asked for as soon as one is signed in. Null where it was not reached; the variants
 * `OrNull` are null also where it failed, for the checks that are not about it.
 */
function startReading(
  { api }: Session,
  { entities }: CheckOptions,
  needs: readonly Promise<true | null>[],
  signal: AbortSignal,
) {
  const ready = Promise.all(needs).then((found) => !found.includes(null));
  const self = ready.then((is) => (is ? api.getJson('WhoAmI', whoAmIAnswer, { signal }) : null));
  const heads = ready.then((is) => (is ? readEntityHeads(api, entities, signal) : null));
  return { self, heads, selfOrNull: self.catch(() => null), headsOrNull: heads.catch(() => null) };
}

/** Asked for once, for whoever needs to know how it ends. */
function fetchToken({ session, assertAllowed }: ValidationDeps, signal: AbortSignal): Promise<string> {
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
  list: Checklist,
  { session, clock, assertAllowed }: ValidationDeps,
  signedIn: Promise<unknown>,
  signal: AbortSignal,
): Promise<true | null> {
  return list.run<true>('url', [], async () => {
    assertAllowed();
    return checkOrigin({ session, now: clock.now, signedIn, signal });
  });
}

/** Side by side with `url`: both can be wrong, and then both are told. */
function runSignIn(
  list: Checklist,
  token: Promise<string>,
  reached: Promise<true | null>,
): Promise<true | null> {
  return list.run<true>('sign-in', [], async () => {
    try {
      await token;
      return { value: true };
    } catch (thrown) {
      // Only the address is wrong: Entra ID cannot know an organization that does not exist.
      const isAboutUrl =
        thrown instanceof AppError && ['not-dynamics', 'organization-not-in-tenant'].includes(thrown.code);
      if (isAboutUrl && (await reached) === null) return { skipped: true };
      throw thrown;
    }
  });
}

function present<T>(value: T | null): T {
  if (value === null) throw new Error('A check ran before what it needs');
  return value;
}

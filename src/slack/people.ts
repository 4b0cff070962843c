import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { languageOf, type Person } from '../model/person.ts';

/** Who somebody in Slack is, and what they may do. */
export interface People {
  /** Never throws, and never takes longer than `answerWithinMs`: whom Slack does not tell about may do nothing. */
  find(userId: string): Promise<Person>;
  /** Some of those who can help, for a refusal; those known by heart when Slack does not say. */
  adminIds(): Promise<string[]>;
  /** Those of them who are admins, and whom Slack does not tell about; where none is, some who can help. */
  adminsAmong(userIds: readonly string[]): Promise<string[]>;
  /** Forgets what is known of somebody, because Slack said it has changed. */
  forget(userId: string): void;
}

export interface PeopleDeps {
  client: WebClient;
  /** Of `ADMIN_USERS`. */
  adminUsers: readonly string[];
  /** The workspace the bot is installed in; null when Slack does not say. */
  teamId: string | null;
  clock: Clock;
  log: Logger;
}

const keptMs = 5 * 60_000;
const mostAdminsNamed = 5;
/** Slack waits three seconds for an acknowledgement, which may have to wait for this. */
const answerWithinMs = 1_500;

/** What is missing or odd in an answer counts as not said. */
const flag = z.boolean().nullish().catch(undefined);
const word = z.string().nullish().catch(undefined);
const userSchema = z.object({
  id: word,
  team_id: word,
  is_admin: flag,
  is_owner: flag,
  is_primary_owner: flag,
  is_restricted: flag,
  is_ultra_restricted: flag,
  is_bot: flag,
  is_stranger: flag,
  deleted: flag,
  locale: word,
  tz: word,
  enterprise_user: z
    .object({ teams: z.array(z.string()) })
    .nullish()
    .catch(undefined),
});
type SlackUser = z.infer<typeof userSchema>;

/** What somebody is taken for while Slack does not say who they are. */
const unknown = {
  isAdmin: false,
  isOutsider: false,
  isKnown: false,
  language: 'en',
  timeZone: 'UTC',
} as const;

export function createPeople(deps: PeopleDeps): People {
  const { client, clock, log } = deps;
  const known = new Map<string, { person: Person; until: number }>();
  let admins: { ids: string[]; until: number } | null = null;

  async function ask(userId: string): Promise<Person> {
    const answer = await client.users.info({ user: userId, include_locale: true });
    const person = describePerson(deps, userId, userSchema.parse(answer.user ?? {}));
    known.set(userId, { person, until: clock.now() + keptMs });
    return person;
  }

  async function find(userId: string): Promise<Person> {
    const kept = known.get(userId);
    if (kept && kept.until > clock.now()) return kept.person;
    try {
      return await within(ask(userId), clock, answerWithinMs);
    } catch (error) {
      log.warn('Slack did not say who somebody is', { user: userId, error });
      const isGone = error instanceof WebAPIPlatformError && error.data.error === 'user_not_found';
      // What was true a while ago is still the best guess for the language, not for what they may do.
      const before = isGone || !kept ? unknown : { ...kept.person, isAdmin: false, isKnown: false };
      return { ...before, id: userId };
    }
  }

  async function adminIds(): Promise<string[]> {
    if (!admins || admins.until <= clock.now()) {
      const ids = await askAdmins(deps);
      admins = { ids: ids.slice(0, mostAdminsNamed), until: clock.now() + keptMs };
    }
    return admins.ids;
  }

  return {
    find,
    adminIds,
    async adminsAmong(userIds) {
      const found = await Promise.all(userIds.map(find));
      const still = found.filter(({ isAdmin, isKnown }) => isAdmin || !isKnown).map(({ id }) => id);
      return still.length > 0 ? still : await adminIds();
    },
    forget(userId) {
      known.delete(userId);
      admins = null;
    },
  };
}

function describePerson(
  { adminUsers, teamId }: Pick<PeopleDeps, 'adminUsers' | 'teamId'>,
  id: string,
  user: SlackUser,
): Person {
  const isOutsider = isFromElsewhere(user, teamId);
  const isGuest = user.is_restricted || user.is_ultra_restricted || user.is_bot || user.deleted;
  const isNamed = user.is_admin || user.is_owner || user.is_primary_owner || adminUsers.includes(id);
  return {
    id,
    isKnown: true,
    isOutsider,
    // Guests, bots and people of other workspaces are never admins, whatever list they are on.
    isAdmin: Boolean(isNamed) && !isOutsider && !isGuest,
    language: languageOf(user.locale ?? undefined),
    timeZone: user.tz ?? 'UTC',
  };
}

/** Slack has no single mark for it ("Slack Connect" page): a stranger, or of another team on no grid of ours. */
function isFromElsewhere(user: SlackUser, teamId: string | null): boolean {
  if (user.is_stranger) return true;
  if (!teamId || !user.team_id || user.team_id === teamId) return false;
  return !user.enterprise_user?.teams.includes(teamId);
}

/** Those of the workspace that Slack lists, and of `ADMIN_USERS` those it does not speak of. */
async function askAdmins({ client, clock, log, ...deps }: PeopleDeps): Promise<string[]> {
  try {
    const { members = [] } = await within(client.users.list({ limit: 1_000 }), clock, answerWithinMs);
    const listed = members.map((member) => userSchema.parse(member));
    const admins = listed.flatMap((user) =>
      user.id && describePerson(deps, user.id, user).isAdmin ? [user.id] : [],
    );
    return [...admins, ...deps.adminUsers.filter((id) => !listed.some((user) => user.id === id))];
  } catch (error) {
    log.warn('Slack did not say who the admins are', { error });
    return [...deps.adminUsers];
  }
}

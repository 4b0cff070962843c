import { z } from 'zod';
import { languageOf, type Person } from '../model/person.ts';

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
export type SlackUser = z.infer<typeof userSchema>;

/** What `users.info` or `users.list` says of somebody. */
export const parseUser = (answer: unknown): SlackUser => userSchema.parse(answer ?? {});

/** What decides about somebody besides Slack. */
export interface Rules {
  /** Of `ADMIN_USERS`. */
  adminUsers: readonly string[];
  /** The workspace the bot is installed in; null when Slack does not say. */
  teamId: () => string | null;
}

/** Somebody as Slack tells, before what admins of ours have allowed and people have chosen. */
export function describePerson({ adminUsers, teamId }: Rules, id: string, user: SlackUser): Person {
  const isOutsider = isFromElsewhere(user, teamId());
  const isGuest = user.is_restricted || user.is_ultra_restricted || user.is_bot || user.deleted;
  const isNamed = user.is_admin || user.is_owner || user.is_primary_owner || adminUsers.includes(id);
  // Guests, bots and people of other workspaces are never admins, whatever list they are on.
  const canBeAllowed = !isOutsider && !isGuest;
  return {
    id,
    isKnown: true,
    isOutsider,
    isAdmin: Boolean(isNamed) && canBeAllowed,
    canBeAllowed,
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

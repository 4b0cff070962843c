import type { WebClient } from '@slack/web-api';
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { languageOf, type Person } from '../model/person.ts';

/** Who somebody in Slack is, and what they may do. */
export interface People {
  /** Never throws: whom Slack does not tell about may do nothing. */
  find(userId: string): Promise<Person>;
  /** Some of those who can help, for a refusal. */
  adminIds(): Promise<string[]>;
  /** Forgets what is known of somebody, because Slack said it has changed. */
  forget(userId: string): void;
}

export interface PeopleDeps {
  client: WebClient;
  /** Of `ADMIN_USERS`. */
  adminUsers: readonly string[];
  /** The workspace the bot is installed in. */
  teamId: string;
  clock: Clock;
  log: Logger;
}

const keptMs = 5 * 60_000;
const mostAdminsNamed = 5;

const userSchema = z.object({
  id: z.string(),
  team_id: z.string().optional(),
  is_admin: z.boolean().optional(),
  is_owner: z.boolean().optional(),
  is_primary_owner: z.boolean().optional(),
  is_restricted: z.boolean().optional(),
  is_ultra_restricted: z.boolean().optional(),
  is_bot: z.boolean().optional(),
  is_stranger: z.boolean().optional(),
  deleted: z.boolean().optional(),
  locale: z.string().optional(),
  tz: z.string().optional(),
});
type SlackUser = z.infer<typeof userSchema>;

export function createPeople({ client, adminUsers, teamId, clock, log }: PeopleDeps): People {
  const known = new Map<string, { person: Person; until: number }>();
  let admins: { ids: string[]; until: number } | null = null;

  /** Guests, bots and people of other workspaces are never admins, whatever list they are on. */
  function mayAdminister(user: SlackUser): boolean {
    const outsider = user.is_stranger || (user.team_id !== undefined && user.team_id !== teamId);
    if (outsider || user.is_restricted || user.is_ultra_restricted || user.is_bot || user.deleted)
      return false;
    return Boolean(user.is_admin || user.is_owner || user.is_primary_owner) || adminUsers.includes(user.id);
  }

  async function ask(userId: string): Promise<Person> {
    const answer = await client.users.info({ user: userId, include_locale: true });
    const user = userSchema.parse(answer.user);
    const language = languageOf(user.locale);
    return { id: userId, isAdmin: mayAdminister(user), language, timeZone: user.tz ?? 'UTC' };
  }

  return {
    async find(userId) {
      const kept = known.get(userId);
      if (kept && kept.until > clock.now()) return kept.person;
      try {
        const person = await ask(userId);
        known.set(userId, { person, until: clock.now() + keptMs });
        return person;
      } catch (error) {
        log.warn('Slack did not say who somebody is', { user: userId, error });
        return kept
          ? { ...kept.person, isAdmin: false }
          : { id: userId, isAdmin: false, language: 'en', timeZone: 'UTC' };
      }
    },
    async adminIds() {
      if (admins && admins.until > clock.now()) return admins.ids;
      const ids = new Set(adminUsers);
      try {
        const { members = [] } = await client.users.list({ limit: 1_000 });
        for (const member of members) {
          const user = userSchema.safeParse(member);
          if (user.success && mayAdminister(user.data)) ids.add(user.data.id);
        }
      } catch (error) {
        log.warn('Slack did not say who the admins are', { error });
      }
      admins = { ids: [...ids].slice(0, mostAdminsNamed), until: clock.now() + keptMs };
      return admins.ids;
    },
    forget(userId) {
      known.delete(userId);
      admins = null;
    },
  };
}

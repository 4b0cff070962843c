import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import type { Person } from '../model/person.ts';
import { involvedAdmins } from '../model/setup.ts';
import type { ConnectionDocument } from '../ports/connection-store.ts';
import { describePerson, parseUser, type Rules } from './slack-user.ts';

/** Who somebody in Slack is, and what they may do. */
export interface People {
  /** Never throws, and never takes longer than `answerWithinMs`: whom Slack does not tell about may do nothing. */
  find(userId: string): Promise<Person>;
  /** Some of those who can help, those who know the setup first; known by heart when Slack does not say. */
  adminIds(): Promise<string[]>;
  /** Those of them who are admins, and whom Slack does not tell about; where none is, some who can help. */
  adminsAmong(userIds: readonly string[]): Promise<string[]>;
  /** Forgets what is known of somebody, because Slack said it has changed. */
  forget(userId: string): void;
}

export interface PeopleDeps extends Rules {
  client: WebClient;
  /** Whom admins of ours have allowed, who has set it up, and what people have chosen to read. */
  choices: () => Promise<Pick<ConnectionDocument, 'allowed' | 'languages' | 'setup'>>;
  clock: Clock;
  log: Logger;
}

const keptMs = 5 * 60_000;
const mostAdminsNamed = 5;
const mostAdminsAsked = 10;
/** A list that Slack has not told is asked for again soon. */
const askAgainMs = 30_000;
/** Slack waits three seconds for an acknowledgement, which may have to wait for this. */
const answerWithinMs = 1_500;
/** It comes on top of that. */
const listWithinMs = 1_000;

/** What somebody is taken for while Slack does not say who they are. */
const unknown = {
  isAdmin: false,
  isOutsider: false,
  isKnown: false,
  canBeAllowed: false,
  language: 'en',
  timeZone: 'UTC',
} as const;

export function createPeople(deps: PeopleDeps): People {
  const { clock, choices } = deps;
  const slack = createSlackPeople(deps);
  let admins: { ids: readonly string[]; until: number } | null = null;

  async function find(userId: string): Promise<Person> {
    const [person, { allowed, languages }] = await Promise.all([slack.find(userId), choices()]);
    return {
      ...person,
      // Asked anew each time: what an admin allows or takes back counts at once.
      isAdmin: person.isAdmin || (person.canBeAllowed && allowed.includes(userId)),
      language: languages[userId] ?? person.language,
    };
  }

  /** Those who have to do with the setup, and whom the operator or an admin has named, as far as they are admins. */
  async function knownAdmins(): Promise<string[]> {
    const { allowed, setup } = await choices();
    const named = [...new Set([...involvedAdmins(setup), ...deps.adminUsers, ...allowed])];
    const found = await Promise.all(named.slice(0, mostAdminsAsked).map(find));
    return found.filter(({ isAdmin, isKnown }) => isAdmin || !isKnown).map(({ id }) => id);
  }

  async function listedAdmins(): Promise<readonly string[]> {
    if (!admins || admins.until <= clock.now()) {
      const { ids, isWhole } = await askAdmins(deps);
      admins = { ids, until: clock.now() + (isWhole ? keptMs : askAgainMs) };
    }
    return admins.ids;
  }

  async function adminIds(): Promise<string[]> {
    const [known, listed] = await Promise.all([knownAdmins(), listedAdmins()]);
    return [...new Set([...known, ...listed])].slice(0, mostAdminsNamed);
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
      slack.forget(userId);
      admins = null;
    },
  };
}

/** People as Slack tells, each kept for five minutes. */
function createSlackPeople(deps: PeopleDeps): Pick<People, 'find' | 'forget'> {
  const { client, clock, log } = deps;
  const known = new Map<string, { person: Person; until: number }>();
  /** Counts the forgettings: an answer that was asked for before one may be the old truth. */
  let generation = 0;

  async function ask(userId: string): Promise<Person> {
    const mine = generation;
    const answer = await client.users.info({ user: userId, include_locale: true });
    const person = describePerson(deps, userId, parseUser(answer.user));
    if (mine === generation) known.set(userId, { person, until: clock.now() + keptMs });
    return person;
  }

  return {
    async find(userId) {
      const kept = known.get(userId);
      if (kept && kept.until > clock.now()) return kept.person;
      try {
        return await within(ask(userId), clock, answerWithinMs);
      } catch (error) {
        log.warn('Slack did not say who somebody is', { user: userId, error });
        // Whom the workspace does not know is not of it.
        if (isNobody(error)) return { ...unknown, isKnown: true, isOutsider: true, id: userId };
        // What was true a while ago is still the best guess for the language, not for what they may do.
        const before = kept
          ? { ...kept.person, isAdmin: false, canBeAllowed: false, isKnown: false }
          : unknown;
        return { ...before, id: userId };
      }
    },
    forget(userId) {
      generation++;
      known.delete(userId);
    },
  };
}

const isNobody = (error: unknown): boolean =>
  error instanceof WebAPIPlatformError && ['user_not_found', 'user_not_visible'].includes(error.data.error);

/**
 * Those of the workspace that Slack lists, as many as one would name. A large workspace comes in pages.
 * @returns not the whole where Slack does not tell, or not in time
 */
async function askAdmins({ client, clock, log, ...rules }: PeopleDeps): Promise<Listed> {
  const ids: string[] = [];
  const list = async (): Promise<void> => {
    for (let cursor: string | undefined = ''; cursor !== undefined && ids.length < mostAdminsNamed; ) {
      const answer = await client.users.list({ limit: 1_000, ...(cursor ? { cursor } : {}) });
      for (const user of (answer.members ?? []).map(parseUser)) {
        if (user.id && describePerson(rules, user.id, user).isAdmin) ids.push(user.id);
      }
      cursor = answer.response_metadata?.next_cursor || undefined;
    }
  };
  try {
    await within(list(), clock, listWithinMs);
    return { ids, isWhole: true };
  } catch (error) {
    log.warn('Slack did not say who the admins are', { error });
    return { ids: [...ids], isWhole: false };
  }
}

interface Listed {
  ids: readonly string[];
  isWhole: boolean;
}

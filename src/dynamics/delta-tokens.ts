import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { EntityPlan } from '../model/selection.ts';
import { webApiRoot } from './local-path.ts';
import { readPageLinks, walkToDeltaLink } from './page-walk.ts';
import { isRefusal, nullIfRefused } from './refusal.ts';
import { deltaTokenOf, deltaVersionOf } from './row-query.ts';
import type { WebApi } from './web-api.ts';

type Table = Pick<EntityPlan, 'entity' | 'entitySetName' | 'primaryId'>;

/** A token of another table, as it was just given. */
interface Token {
  /** `$deltatoken=…`, as it stands in its link. */
  query: string;
  version: bigint;
  at: number;
}

/** A token must be of before the copy, and not so old that the changes since would be a walk of their own. */
const freshMs = 60_000;
/** Every organization has it, with a handful of rows. */
const smallTable: Table = {
  entity: 'businessunit',
  entitySetName: 'businessunits',
  primaryId: 'businessunitid',
};

/** The delta tokens that walks have just given. */
export function createDeltaTokens(api: WebApi, clock: Clock, maxPageSize: number) {
  const underway = new Set<Promise<unknown>>();
  let latest: Token | null = null;
  const isFresh = (token: Token | null) => token !== null && clock.now() - token.at < freshMs;

  /** The first page of a walk: its delta link, or where the walk goes on. */
  async function begin(table: Table, signal: AbortSignal, isLeft?: (thrown: unknown) => boolean) {
    const { entity, primaryId } = table;
    const options = { entity, primaryId, prefer: trackingOf(maxPageSize), signal };
    const reading = readPageLinks(api, startOf(table), { ...options, ...(isLeft ? { isLeft } : {}) });
    const noted = reading.then(({ deltaLink }) => deltaLink !== null && note(deltaLink)).catch(() => {});
    underway.add(noted);
    await noted.finally(() => underway.delete(noted));
    return reading;
  }
  function note(link: string): void {
    latest = tokenOf(link, clock.now()) ?? latest;
  }

  /** Whether the table knows what to do with another one's token. */
  async function isTaken(table: Table, token: Token, signal: AbortSignal): Promise<boolean> {
    const { entity, primaryId } = table;
    const prefer = `odata.maxpagesize=${maxPageSize}`;
    const options = { entity, primaryId, prefer, signal, isLeft: isRefusal };
    const walking = walkToDeltaLink(api, linkBy(api, table, token), options);
    const link = await nullIfLost(nullIfRefused(walking));
    const given = link === null ? null : tokenOf(link, clock.now());
    return given !== null && given.version >= token.version;
  }

  return {
    begin,
    note,
    isTaken,
    /** Another table's, or null. @param highest the highest version in the table that is to have it. */
    async borrow(highest: string, signal: AbortSignal): Promise<Token | null> {
      const isGood = (token: Token | null) =>
        token !== null && isFresh(token) && token.version >= BigInt(highest);
      while (!isGood(latest) && underway.size > 0) await Promise.race(underway);
      // Where rows change all the time, the table may be ahead of a token that is a moment old.
      if (!isGood(latest)) {
        const asked = nullIfRefused<unknown>(begin(smallTable, signal, isRefusal));
        await unlessUntracked(asked, async () => null);
      }
      return isGood(latest) ? latest : null;
    },
  };
}

export function trackingOf(maxPageSize: number): string {
  return `odata.track-changes,odata.maxpagesize=${maxPageSize}`;
}

function startOf({ entitySetName, primaryId }: Table): string {
  return `${entitySetName}?$select=${primaryId}`;
}

/** A link of the table with another one's token. */
export function linkBy({ origin }: WebApi, table: Table, { query }: Token): string {
  return `${origin}${webApiRoot}/${startOf(table)}&${query}`;
}

function tokenOf(link: string, at: number): Token | null {
  const [query, version] = [deltaTokenOf(link), deltaVersionOf(link)];
  return query !== null && version !== null ? { query, version, at } : null;
}

/** Metadata is cached and can be behind: a table may turn out not to be tracked. */
export async function unlessUntracked<T>(work: Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'change-tracking-off') return await otherwise();
    throw thrown;
  }
}

/** A table whose columns have changed takes no token of before, whosever it is. */
async function nullIfLost<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof AppError && ['delta-expired', 'change-tracking-off'].includes(thrown.code))
      return null;
    throw thrown;
  }
}

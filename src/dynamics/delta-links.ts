import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import { writeWindow } from '../model/modified-window.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { CopyStart } from '../ports/dynamics.ts';
import { takeWindow } from './modified-rows.ts';
import { readPageLinks, walkToDeltaLink } from './page-walk.ts';
import { isRefusal, nullIfRefused } from './refusal.ts';
import { deltaTokenOf, deltaVersionOf } from './row-query.ts';
import { findSpan, takesRanges } from './row-span.ts';
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

/** Takes delta links, and finds out on the way how a table can be read. */
export interface DeltaLinks {
  take(plan: EntityPlan, signal: AbortSignal): Promise<string | null>;
  startCopy(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart>;
  readSpan(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart['span']>;
  /** A link that was just given with changes: its token is as good. */
  note(link: string): void;
}

/**
 * A delta link comes after the last page of a walk ("Use change tracking to synchronize data with external systems"):
 * for a large table that means all of its pages, twice. But the token in it is the organization's version and not the
 * table's, so one that a small table has just given is tried with the large one; where that is not taken, or does not
 * look like such a version, the table is walked after all.
 */
export function createDeltaLinks(api: WebApi, clock: Clock, maxPageSize: number): DeltaLinks {
  const prefer = trackingOf(maxPageSize);
  const tokens = createTokens(api, clock, maxPageSize);

  async function startCopy(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart> {
    // At the same time: a small table has then cost two small requests more, a large one begins a round trip earlier.
    const [links, found] = await Promise.all([tokens.begin(plan, signal), findSpan(api, plan, signal)]);
    if (links.next === null) return { link: links.deltaLink, span: null };
    const [borrowed, isTaken] = await Promise.all([
      found ? tokens.borrow(plan, found.highest, signal) : null,
      found ? takesRanges(api, plan, found.lowest, signal) : false,
    ]);
    const span = isTaken ? found : null;
    if (borrowed !== null) return { link: borrowed, span };
    const { entity, primaryId } = plan;
    return { link: await walkToDeltaLink(api, links.next, { entity, primaryId, prefer, signal }), span };
  }

  async function readSpan(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart['span']> {
    const links = await tokens.begin(plan, signal);
    const found = links.next === null ? null : await findSpan(api, plan, signal);
    return found && (await takesRanges(api, plan, found.lowest, signal)) ? found : null;
  }

  async function start(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart> {
    // Without change tracking there is no index by version either.
    const plain: CopyStart = { link: null, span: null };
    const begun = plan.changeTracking
      ? await unlessUntracked(startCopy(plan, signal), async () => plain)
      : plain;
    if (begun.link !== null) return begun;
    const window = await takeWindow(api, plan, signal);
    const refused = plan.changeTracking ? { isRefused: true as const } : {};
    return { ...begun, link: window && writeWindow({ ...window, ...refused }) };
  }

  return {
    take: async (plan, signal) => (await start(plan, signal)).link,
    startCopy: start,
    readSpan: async (plan, signal) =>
      plan.changeTracking ? unlessUntracked(readSpan(plan, signal), async () => null) : null,
    note: tokens.note,
  };
}

/** The tokens that walks have just given. */
function createTokens(api: WebApi, clock: Clock, maxPageSize: number) {
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

  return {
    begin,
    note,
    /** A link of the table by another one's token, or null. @param highest the highest version in the table. */
    async borrow(table: Table, highest: string, signal: AbortSignal): Promise<string | null> {
      const isGood = (token: Token | null) =>
        token !== null && isFresh(token) && token.version >= BigInt(highest);
      while (!isGood(latest) && underway.size > 0) await Promise.race(underway);
      // Where rows change all the time, the table may be ahead of a token that is a moment old.
      if (!isGood(latest)) {
        const asked = nullIfRefused<unknown>(begin(smallTable, signal, isRefusal));
        await unlessUntracked(asked, async () => null);
      }
      const token = latest;
      if (!token || !isGood(token)) return null;
      const { entity, primaryId, entitySetName } = table;
      const prefer = `odata.maxpagesize=${maxPageSize}`;
      const options = { entity, primaryId, prefer, signal, isLeft: isRefusal };
      const target = `${entitySetName}?$select=${primaryId}&${token.query}`;
      const link = await unlessExpired(nullIfRefused(walkToDeltaLink(api, target, options)));
      const given = link === null ? null : tokenOf(link, clock.now());
      return given && given.version >= token.version ? link : null;
    },
  };
}

function trackingOf(maxPageSize: number): string {
  return `odata.track-changes,odata.maxpagesize=${maxPageSize}`;
}

/** Metadata is cached and can be behind: a table may turn out not to be tracked. */
async function unlessUntracked<T>(work: Promise<T>, otherwise: () => Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'change-tracking-off') return await otherwise();
    throw thrown;
  }
}

/** A table whose columns have changed takes no token of before, whosever it is. */
async function unlessExpired<T>(work: Promise<T>): Promise<T | null> {
  try {
    return await work;
  } catch (thrown) {
    if (thrown instanceof AppError && thrown.code === 'delta-expired') return null;
    throw thrown;
  }
}

function startOf({ entitySetName, primaryId }: Table): string {
  return `${entitySetName}?$select=${primaryId}`;
}

function tokenOf(link: string, at: number): Token | null {
  const [query, version] = [deltaTokenOf(link), deltaVersionOf(link)];
  return query !== null && version !== null ? { query, version, at } : null;
}

import type { Clock } from '../lib/clock.ts';
import { writeWindow } from '../model/modified-window.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { CopyStart } from '../ports/dynamics.ts';
import { createDeltaTokens, linkBy, trackingOf, unlessUntracked } from './delta-tokens.ts';
import { takeWindow } from './modified-rows.ts';
import { walkToDeltaLink } from './page-walk.ts';
import { findSpan, takesRanges } from './row-span.ts';
import type { WebApi } from './web-api.ts';

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
  const tokens = createDeltaTokens(api, clock, maxPageSize);

  async function look(plan: EntityPlan, signal: AbortSignal) {
    // At the same time: a small table has then cost two small requests more, a large one begins a round trip earlier.
    const [links, found] = await Promise.all([tokens.begin(plan, signal), findSpan(api, plan, signal)]);
    const token = links.next !== null && found ? await tokens.borrow(found.highest, signal) : null;
    return { links, found, token };
  }

  async function startCopy(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart> {
    const { links, found, token } = await look(plan, signal);
    if (links.next === null) return { link: links.deltaLink, span: null };
    const trial = found ? takesRanges(api, plan, found.lowest, signal) : false;
    if (!token) {
      const [link, isGood] = await Promise.all([walkOn(plan, links.next, signal), trial]);
      return { link, span: isGood ? found : null };
    }
    const trials = Promise.all([trial, tokens.isTaken(plan, token, signal)]);
    const holds = trials.then((each) => each.every(Boolean));
    // Whoever ends before asking for it misses nothing.
    holds.catch(() => {});
    return { link: linkBy(api, plan, token), span: found, holds };
  }

  async function takeLink(plan: EntityPlan, signal: AbortSignal): Promise<string | null> {
    const { links, token } = await look(plan, signal);
    if (links.next === null) return links.deltaLink;
    if (token && (await tokens.isTaken(plan, token, signal))) return linkBy(api, plan, token);
    return walkOn(plan, links.next, signal);
  }

  function walkOn(plan: EntityPlan, from: string, signal: AbortSignal): Promise<string | null> {
    const { entity, primaryId } = plan;
    return walkToDeltaLink(api, from, { entity, primaryId, prefer, signal });
  }

  async function readSpan(plan: EntityPlan, signal: AbortSignal): Promise<CopyStart['span']> {
    const links = await tokens.begin(plan, signal);
    const found = links.next === null ? null : await findSpan(api, plan, signal);
    return found && (await takesRanges(api, plan, found.lowest, signal)) ? found : null;
  }

  return {
    async take(plan, signal) {
      const link = await ifTracked(plan, () => takeLink(plan, signal), null);
      return link ?? (await windowOf(api, plan, signal));
    },
    async startCopy(plan, signal) {
      const begun = await ifTracked(plan, () => startCopy(plan, signal), plain);
      return begun.link === null ? { ...begun, link: await windowOf(api, plan, signal) } : begun;
    },
    readSpan: (plan, signal) => ifTracked(plan, () => readSpan(plan, signal), null),
    note: tokens.note,
  };
}

/** Without change tracking there is no index by version either. */
const plain: CopyStart = { link: null, span: null };

/** @param otherwise for a table without change tracking, also where that shows only now. */
function ifTracked<T>(plan: EntityPlan, work: () => Promise<T>, otherwise: T): Promise<T> {
  return plan.changeTracking ? unlessUntracked(work(), async () => otherwise) : Promise.resolve(otherwise);
}

async function windowOf(api: WebApi, plan: EntityPlan, signal: AbortSignal): Promise<string | null> {
  const window = await takeWindow(api, plan, signal);
  const refused = plan.changeTracking ? { isRefused: true as const } : {};
  return window && writeWindow({ ...window, ...refused });
}

import { AppError } from '../lib/errors.ts';
import type { Page, PageRows, ReadOptions } from '../ports/dynamics.ts';
import type { CopyPart } from './copy-parts.ts';
import type { EntityContext } from './entity-context.ts';
import { rowsWhere, versionsOf } from './page-rows.ts';

/** @param isLast whether the part is done with it. Until it returns, the page is not held to be read. */
export type TakePage = (rows: PageRows, isLast: boolean) => { room: Promise<void> };

/** A part that is being read. Another one may take over its end meanwhile. */
export interface PartReader {
  part: CopyPart;
  /** @throws AppError of which `wasRefusedAtResume` says whether its stored link was not taken any more. */
  read(take: TakePage, signal: AbortSignal): Promise<void>;
  /**
   * Gives away the second half of what is left.
   * @param highest where the rows end, for a part that has no end of its own.
   * @returns null where so little is left that it is not worth a request.
   */
  split(highest: bigint): CopyPart | null;
  /** Rows left, by how dense those read so far lie; null before the first page. */
  left(highest: bigint): number | null;
}

/** With less left, in pages, another reader only gets in the way. */
const leastPages = 2;

export function createPartReader(
  { source, plan }: Pick<EntityContext, 'source' | 'plan'>,
  part: CopyPart,
  ahead: Pick<ReadOptions, 'isAheadWanted'> = {},
): PartReader {
  const frontier = createFrontier(plan.entity, part);
  return {
    part,
    left: frontier.left,
    split(highest) {
      const place = frontier.isWorthSplitting(highest) ? frontier.middle(highest) : null;
      if (place === null || !part.range) return null;
      const rest: CopyPart = { range: { from: place, to: part.range.to }, next: null };
      part.range = { ...part.range, to: place };
      return rest;
    },
    async read(take, signal) {
      const resumesAt = part.next;
      let hasPage = false;
      try {
        const options = { range: part.range, ...ahead };
        for await (const page of source.readPages(plan, part.next, signal, options)) {
          hasPage = true;
          const { rows, isLast } = frontier.pass(page);
          const { room } = take(rows, isLast);
          // Or each reader would hold its last page while it waits for the next one.
          page.giveBack?.();
          part.next = page.next;
          await room;
          if (isLast) return;
          if (signal.aborted) break;
        }
      } catch (error) {
        if (!hasPage && resumesAt !== null && isRefusal(error)) refusedAtResume.add(error);
        throw error;
      }
      if (signal.aborted) throw signal.reason;
      throw new AppError('answer-malformed', `The pages of ${plan.entity} ended before the last one`, {
        recovery: 'retry',
        details: { entity: plan.entity },
      });
    },
  };
}

/** How far a part has been read, and how much of it seems to be left. */
function createFrontier(entity: string, part: CopyPart) {
  /** The version of the last row read. */
  let reached: bigint | null = null;
  let begunAt = part.next === null && part.range ? BigInt(part.range.from) : null;
  let rowsRead = 0;
  let pageRows = 0;
  const endOf = (highest: bigint): bigint => (part.range?.to ? BigInt(part.range.to) : highest + 1n);
  const left = (highest: bigint): number | null => {
    if (reached === null || begunAt === null || reached <= begunAt) return null;
    const open = Number(endOf(highest) - reached);
    return Math.max(0, open * (rowsRead / Number(reached - begunAt)));
  };
  return {
    /** The rows of a page that are the part's, and whether it ends with them. @throws AppError see `isOutOfOrder` */
    pass({ rows, next }: Page): { rows: PageRows; isLast: boolean } {
      if (!part.range || rows.length === 0) return { rows, isLast: next === null };
      const versionAt = versionsOf(rows);
      const version = versionAt(rows.length - 1);
      if (version === null || (reached !== null && version <= reached)) throw outOfOrder(entity);
      reached = version;
      begunAt ??= versionAt(0);
      rowsRead += rows.length;
      pageRows = Math.max(pageRows, rows.length);
      const to = part.range.to === null ? null : BigInt(part.range.to);
      if (to === null || version < to) return { rows, isLast: next === null };
      return { rows: rowsWhere(rows, (row) => (versionAt(row) ?? 0n) < to), isLast: true };
    },
    left,
    isWorthSplitting: (highest: bigint) => (left(highest) ?? 0) >= leastPages * pageRows,
    middle(highest: bigint): string | null {
      return reached === null ? null : String(reached + (endOf(highest) - reached) / 2n + 1n);
    },
  };
}

/** What a link may be answered with whose fields are not there any more, or that is too old. */
const refusals = ['entity-unknown', 'field-unknown', 'request-refused'];

const refusedAtResume = new WeakSet<AppError>();

function isRefusal(error: unknown): error is AppError {
  return error instanceof AppError && refusals.includes(error.code);
}

export function wasRefusedAtResume(error: unknown): boolean {
  return error instanceof AppError && refusedAtResume.has(error);
}

function outOfOrder(entity: string): AppError {
  return new AppError(
    'answer-malformed',
    `The rows of ${entity} do not come in the order of their versions`,
    {
      recovery: 'retry',
      details: { entity, original: outOfOrderCode },
    },
  );
}

const outOfOrderCode = 'rows out of order';

export function isOutOfOrder(error: unknown): boolean {
  return error instanceof AppError && error.details.original === outOfOrderCode;
}

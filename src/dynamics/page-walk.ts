import { setImmediate } from 'node:timers/promises';
import type { ChangePage, Page } from '../ports/dynamics.ts';
import { giveBack } from './body-bytes.ts';
import { dynamicsError } from './dynamics-error.ts';
import { findLink, type PageShape, parsePage, scanOrParsePage } from './page-body.ts';
import { createPageGetter } from './page-size.ts';
import { createPageScanner } from './row-scan.ts';
import type { WebApi } from './web-api.ts';

export interface WalkOptions {
  entity: string;
  primaryId: string;
  prefer: string;
  signal: AbortSignal;
  /** What is not to be asked again. */
  isLeft?: (thrown: unknown) => boolean;
  /** See `GetOptions`. */
  onServerTime?: (time: number) => void;
  /** See `ReadOptions`. */
  isAheadWanted?: () => boolean;
}

/** Pages from `start` to the last one, each next one on its way while the one before is parsed and used. */
export function walkPages(api: WebApi, start: string, options: WalkOptions): AsyncGenerator<ChangePage> {
  const shape = shapeOf(api, options);
  return walk(api, start, options, (bytes) => {
    const page = parsePage(bytes, shape);
    giveBack(bytes);
    return page;
  });
}

/** The same of a table that is copied. @param names of the values that are looked at. */
export function walkScanned(
  api: WebApi,
  start: string,
  options: WalkOptions,
  names: readonly string[],
): AsyncGenerator<Page> {
  const shape = shapeOf(api, options);
  const scan = createPageScanner(names);
  return walk(api, start, options, (bytes) => scanOrParsePage(bytes, shape, scan));
}

function shapeOf({ origin }: WebApi, { entity, primaryId }: WalkOptions): PageShape {
  return { origin, entity, primaryId };
}

/** @param toPage may end the body. Stopping early stops the request in flight. */
async function* walk<P extends Pick<Page, 'next'>>(
  api: WebApi,
  start: string,
  { entity, prefer, signal, onServerTime, isAheadWanted = () => true }: WalkOptions,
  toPage: (bytes: Buffer) => P,
): AsyncGenerator<P> {
  const stop = new AbortController();
  const either = AbortSignal.any([signal, stop.signal]);
  const seen = createSeenLinks(entity);
  const getPage = createPageGetter(api, {
    ...{ signal: either, prefer, exactNumbers: true, entity },
    ...(onServerTime ? { onServerTime } : {}),
  });
  const fetchPage = (target: string): Promise<Buffer> => {
    seen.add(target);
    const page = getPage(target);
    // Its failure belongs to whoever waits for it; until then nobody does.
    page.catch(() => {});
    return page;
  };
  const fetchAhead = (target: string | null): Promise<Buffer> | null =>
    target !== null && isAheadWanted() ? fetchPage(target) : null;
  /** A function of its own, so that nothing holds the body while its page is used. */
  const readPage = async (
    request: Promise<Buffer>,
  ): Promise<{ page: P; following: Promise<Buffer> | null }> => {
    const bytes = await request;
    const guess = findLink(bytes, 'nextLink');
    const ahead = fetchAhead(guess);
    // Or the request would leave only after the page has been read.
    if (ahead) await setImmediate();
    const page = toPage(bytes);
    return { page, following: guess === page.next ? ahead : fetchAhead(page.next) };
  };
  try {
    for (let request = fetchPage(start); ; ) {
      const { page, following } = await readPage(request);
      yield page;
      if (page.next === null) return;
      request = following ?? fetchPage(page.next);
    }
  } finally {
    stop.abort();
  }
}

/** The delta link at the end of a walk, without parsing its pages; null where none is given. */
export async function walkToDeltaLink(
  api: WebApi,
  start: string,
  options: WalkOptions,
): Promise<string | null> {
  const seen = createSeenLinks(options.entity);
  for (let target = start; ; ) {
    seen.add(target);
    const { next, deltaLink } = await readPageLinks(api, target, options);
    if (next === null) return deltaLink;
    target = next;
  }
}

/** Where a page leads to. */
export async function readPageLinks(
  api: WebApi,
  target: string,
  { entity, primaryId, ...options }: WalkOptions,
): Promise<{ next: string | null; deltaLink: string | null }> {
  const bytes = await createPageGetter(api, { ...options, entity })(target);
  const next = findLink(bytes, 'nextLink');
  if (next !== null) return { next, deltaLink: null };
  const last = parsePage(bytes, { origin: api.origin, entity, primaryId });
  return { next: last.next, deltaLink: last.deltaLink };
}

/** A server that hands out a link twice would be followed for ever. */
function createSeenLinks(entity: string): { add(link: string): void } {
  const seen = new Set<string>();
  return {
    add(link) {
      if (seen.has(link)) {
        throw dynamicsError('answer-malformed', `The pages of ${entity} go round in a circle`, {
          recovery: 'retry',
          details: { entity },
        });
      }
      seen.add(link);
    },
  };
}

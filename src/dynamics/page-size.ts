import { isQueryTimeout } from './dataverse-error.ts';
import { isTooLarge } from './network-error.ts';
import type { GetOptions, WebApi } from './web-api.ts';

const leastForSize = 64;
const leastForTime = 250;

/**
 * Gets the pages of one walk. A page that is too large, or takes Dataverse too long, is so each time: it is asked
 * for again with fewer rows, and so are those after it.
 */
export function createPageGetter(
  api: WebApi,
  options: GetOptions & { prefer: string },
): (target: string) => Promise<Buffer> {
  let size = Number(/odata\.maxpagesize=(\d+)/.exec(options.prefer)?.[1] ?? 0);
  return async (target) => {
    for (;;) {
      const asked = size;
      const prefer = options.prefer.replace(/odata\.maxpagesize=\d+/, `odata.maxpagesize=${asked}`);
      const isLeft = (thrown: unknown): boolean =>
        smallerSize(thrown, asked) !== null || options.isLeft?.(thrown) === true;
      try {
        return await api.get(target, { ...options, prefer, isLeft });
      } catch (thrown) {
        const smaller = smallerSize(thrown, asked);
        if (smaller === null) throw thrown;
        size = Math.min(size, smaller);
      }
    }
  };
}

/** @returns null where fewer rows do not help, or are not worth a request. */
function smallerSize(thrown: unknown, size: number): number | null {
  if (isTooLarge(thrown)) {
    const quarter = Math.floor(size / 4);
    return quarter >= leastForSize ? quarter : null;
  }
  if (!isQueryTimeout(thrown) || size <= leastForTime) return null;
  return Math.max(leastForTime, Math.floor(size / 2));
}

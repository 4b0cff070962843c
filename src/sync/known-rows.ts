import { readWindow } from '../model/modified-window.ts';
import type { EntityContext } from './entity-context.ts';
import type { MappedPage } from './map.ts';

/**
 * A page of changes without the rows that are stored as they are: a window of `modifiedon` has the latest ones again,
 * and they have not changed again.
 */
export async function withoutKnown(
  { destination, plan }: Pick<EntityContext, 'destination' | 'plan'>,
  link: string,
  page: MappedPage,
): Promise<MappedPage> {
  if (!readWindow(link) || page.read === 0) return page;
  const versions = new Map<string, bigint>();
  for (const { values, version } of page.upserts)
    if (version !== null) versions.set(String(values[0]), version);
  const differing = new Set(await destination.findDiffering(plan, versions));
  const upserts = page.upserts.filter(
    ({ values, version }) => version === null || differing.has(String(values[0])),
  );
  return { ...page, upserts, read: upserts.length + page.failures.length };
}

import type { ChangePage } from '../ports/dynamics.ts';
import { type Filling, idOf, readRowsById } from './row-columns.ts';

/**
 * Settles what comes both as changed and as deleted in one walk, whose order says nothing: whether the row is there
 * tells.
 */
export async function* settleDeletes(
  filling: Filling,
  pages: AsyncIterable<ChangePage>,
): AsyncGenerator<ChangePage> {
  const { primaryId } = filling.plan;
  const changed = new Set<string>();
  const deleted = new Set<string>();
  for await (const page of pages) {
    const ids = page.rows.map((row) => idOf(row, primaryId));
    for (const id of ids) changed.add(id);
    for (const id of page.deleted) deleted.add(id);
    const doubtful = new Set([...ids, ...page.deleted].filter((id) => changed.has(id) && deleted.has(id)));
    if (doubtful.size === 0) {
      yield page;
      continue;
    }
    const found = await readRowsById(filling, [...doubtful]);
    const present = new Set(found.map((row) => idOf(row, primaryId)));
    const certain = page.rows.filter((row) => !doubtful.has(idOf(row, primaryId)));
    yield {
      ...page,
      rows: [...certain, ...found],
      deleted: [
        ...page.deleted.filter((id) => !doubtful.has(id)),
        ...[...doubtful].filter((id) => !present.has(id)),
      ],
    };
  }
}

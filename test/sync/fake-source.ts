import { AppError } from '../../src/lib/errors.ts';
import { readWindow, writeWindow } from '../../src/model/modified-window.ts';
import type { PeriodBounds } from '../../src/model/period.ts';
import type { EntityPlan } from '../../src/model/selection.ts';
import type { ChangePage, Page, RowSource, WireRow } from '../../src/ports/dynamics.ts';

export interface Call {
  kind: 'link' | 'page' | 'changes' | 'rows';
  entity: string;
  /** The link that is followed; null for the first page. */
  from: string | null;
}

/** Tables in memory that can be changed and read as Dataverse's are. */
export interface FakeSource extends RowSource {
  calls: Call[];
  put(entity: string, id: string, columns: WireRow): void;
  remove(entity: string, id: string): void;
  /** Every link given out so far is forgotten. */
  expireLinks(): void;
  /** Called before each answer; may change the tables, throw, or wait. */
  before: (call: Call) => void | Promise<void>;
  pagesOf(entity: string): Call[];
  /** Tables of more than a page are offered in ranges of versions. */
  inRanges: boolean;
  /** Whether link and ranges hold, where that takes longer than to name them. */
  trial: ((signal: AbortSignal) => Promise<boolean>) | null;
}

interface Table {
  rows: Map<string, WireRow>;
  /** Ids by their first coming; deleted ones keep their place, so that no page shifts under a reader. */
  order: string[];
  /** The last change of each id, deleted ones too. */
  changed: Map<string, number>;
}

/** What a window of `modifiedon` reads again; times are the numbers of changes here. */
const overlap = 3;

export function createFakeSource({ pageSize = 10 } = {}): FakeSource {
  const tables = new Map<string, Table>();
  let sequence = 1;
  let oldest = 0;
  const calls: Call[] = [];

  const table = (entity: string): Table => {
    const found = tables.get(entity) ?? { rows: new Map(), order: [], changed: new Map() };
    tables.set(entity, found);
    return found;
  };
  const link = (entity: string) => `${entity}?deltatoken=${sequence}`;
  const linkOf = ({ entity, changeTracking, hasModifiedOn }: EntityPlan): string | null => {
    if (changeTracking) return link(entity);
    return hasModifiedOn ? writeWindow({ mark: String(sequence), seenAt: null }) : null;
  };
  const announce = async (call: Call, signal: AbortSignal): Promise<void> => {
    calls.push(call);
    await source.before(call);
    signal.throwIfAborted();
  };
  const changesSince = (entity: string, since: number): { rows: WireRow[]; deleted: string[] } => {
    const { rows, changed } = table(entity);
    const ids = [...changed].filter(([, at]) => at > since).map(([id]) => id);
    return {
      rows: present(rows, ids),
      deleted: ids.filter((id) => !rows.has(id)),
    };
  };

  /** Links say from which version on, and below which: `lead?range=7,90`. */
  async function* readRange(
    entity: string,
    first: string,
    signal: AbortSignal,
  ): AsyncGenerator<Page & { rows: WireRow[] }> {
    for (let at: string | null = first; at !== null; ) {
      await announce({ kind: 'page', entity, from: at }, signal);
      const [from, to]: string[] = (at.split('=')[1] ?? '').split(',');
      const rows: WireRow[] = [...table(entity).rows.values()]
        .filter((row) => versionOf(row) >= Number(from) && (!to || versionOf(row) < Number(to)))
        .sort((a, b) => versionOf(a) - versionOf(b));
      const following: WireRow | undefined = rows[pageSize];
      at = following ? `${entity}?range=${versionOf(following)},${to ?? ''}` : null;
      yield { rows: rows.slice(0, pageSize), next: at };
    }
  }

  const source: FakeSource = {
    calls,
    inRanges: false,
    trial: null,
    before: () => {},
    pagesOf: (entity) => calls.filter((call) => call.kind === 'page' && call.entity === entity),
    put(entity, id, columns) {
      const version = ++sequence;
      const before = table(entity).rows.get(id);
      if (!table(entity).changed.has(id)) table(entity).order.push(id);
      const tag = { '@odata.etag': `W/"${version}"` };
      table(entity).rows.set(id, { ...before, [`${entity}id`]: id, ...columns, ...tag });
      table(entity).changed.set(id, version);
    },
    remove(entity, id) {
      table(entity).rows.delete(id);
      table(entity).changed.set(id, ++sequence);
    },
    expireLinks() {
      oldest = ++sequence;
    },
    async takeDeltaLink(plan, signal) {
      const taken = linkOf(plan);
      if (taken !== null) await announce({ kind: 'link', entity: plan.entity, from: null }, signal);
      return taken;
    },
    async startCopy(plan, signal) {
      const link = await source.takeDeltaLink(plan, signal);
      const span = await source.readSpan(plan, signal);
      const { trial } = source;
      return { link, span, ...(trial ? { holds: trial(signal) } : {}) };
    },
    async readSpan({ entity }) {
      const versions = [...table(entity).rows.values()].map(versionOf);
      if (!source.inRanges || versions.length <= pageSize) return null;
      return { lowest: `${Math.min(...versions)}`, highest: `${Math.max(...versions)}` };
    },
    capacity: () => 48,
    async *readPages({ entity, within }, from, signal, { range } = {}): AsyncGenerator<Page> {
      if (range) {
        const first = from ?? `${entity}?range=${range.from},${range.to ?? ''}`;
        for await (const page of readRange(entity, first, signal)) {
          yield { ...page, rows: rowsWithin(page.rows, within) };
        }
        return;
      }
      for (let next = from; ; ) {
        await announce({ kind: 'page', entity, from: next }, signal);
        const { rows, order } = table(entity);
        const offset = Number(next?.split('=')[1] ?? 0);
        const end = offset + pageSize;
        next = end < order.length ? `${entity}?skip=${end}` : null;
        yield { rows: rowsWithin(present(rows, order.slice(offset, end)), within), next };
        if (next === null) return;
      }
    },
    async *readChanges({ entity }, from, signal): AsyncGenerator<ChangePage> {
      const window = readWindow(from);
      const since = window ? Number(window.mark) - overlap : Number(from.split('=')[1]);
      const { rows, deleted } = changesSince(entity, since);
      if (window) deleted.length = 0;
      const deltaLink = window ? writeWindow({ ...window, mark: String(sequence) }) : link(entity);
      for (let offset = 0; ; offset += pageSize) {
        await announce({ kind: 'changes', entity, from }, signal);
        if (since < oldest) throw new AppError('delta-expired', 'expired', { recovery: 'retry' });
        const last = offset + pageSize >= rows.length;
        yield {
          rows: rows.slice(offset, offset + pageSize),
          next: last ? null : `${entity}?more=${offset}`,
          deleted: last ? deleted : [],
          deltaLink: last ? deltaLink : null,
        };
        if (last) return;
      }
    },
    async readRows({ entity }, ids, signal) {
      await announce({ kind: 'rows', entity, from: null }, signal);
      return present(table(entity).rows, ids);
    },
    countChanges: async ({ entity }, from) => {
      const { rows, deleted } = changesSince(entity, Number(from.split('=')[1]));
      return rows.length + deleted.length;
    },
    oldestChange: async () => null,
  };
  return source;
}

function present(rows: ReadonlyMap<string, WireRow>, ids: readonly string[]): WireRow[] {
  return ids.map((id) => rows.get(id)).filter((row) => row !== undefined);
}

function rowsWithin(rows: readonly WireRow[], within: PeriodBounds | undefined): WireRow[] {
  if (!within) return [...rows];
  const { by, from, before } = within;
  return rows.filter((row) => String(row[by]) >= from && (before === null || String(row[by]) < before));
}

function versionOf(row: WireRow): number {
  return Number(/\d+/.exec(String(row['@odata.etag']))?.[0]);
}

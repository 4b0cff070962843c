import { requireColumn } from '../query/property.ts';
import type { Column } from '../tables/column.ts';
import type { Row } from '../tables/row.ts';
import type { Table } from '../tables/table.ts';
import type { ChunkPool } from './chunk-pool.ts';
import { CHUNK_BYTES } from './chunk-pool.ts';
import type { WriteRow } from './row-writer.ts';

/**
 * The columns of an answer: those selected or all, always the primary id, and with any amount the row's
 * currency (page "Select columns").
 */
export function selectColumns(table: Table, select: readonly string[] | undefined): Column[] {
  const { schema } = table;
  if (!select || select.length === 0) return [...schema.properties.values()];
  const columns = new Set(select.map((property) => requireColumn(table, property)));
  const currency = schema.columns.get('transactioncurrencyid');
  if (currency && [...columns].some(({ type }) => type === 'Money')) columns.add(currency);
  const primary = schema.columns.get(schema.primaryId);
  if (primary) columns.add(primary);
  return [...columns];
}

/** `#leads` or `#leads(fullname,leadid)`, the end of `@odata.context`. */
export function contextOf(
  base: string,
  set: string,
  select: readonly string[] | undefined,
  end = '',
): string {
  const selection = select && select.length > 0 ? `(${select.join(',')})` : '';
  return `${base}$metadata#${set}${selection}${end}`;
}

/** Rows written between two looks at the event loop; they take about ten milliseconds. */
const ROWS_AT_ONCE = 1000;

/** Writes rows as the elements of an array, letting other requests in from time to time. */
export async function writeRows(rows: readonly Row[], write: WriteRow, chunks: ChunkPool): Promise<Buffer[]> {
  const sink = createSink(chunks);
  for (let i = 0; i < rows.length; i++) {
    if (i > 0 && i % ROWS_AT_ONCE === 0) await new Promise((resolve) => setImmediate(resolve));
    const row = rows[i];
    if (row) sink.add(i > 0 ? `,${write(row)}` : write(row));
  }
  return sink.end();
}

/**
 * Collects text as bytes. Row by row, because a page as one string is a tree of a million pieces that takes
 * longer to flatten than to write.
 */
function createSink(chunks: ChunkPool) {
  const full: Buffer[] = [];
  let chunk: Buffer = Buffer.alloc(0);
  let used = 0;
  return {
    add: (text: string): void => {
      // UTF-8 takes three bytes at most for one unit of a string.
      const room = text.length * 3;
      if (used + room > chunk.length) {
        if (used > 0) full.push(chunk.subarray(0, used));
        chunk = room > CHUNK_BYTES ? Buffer.allocUnsafe(room) : chunks.take();
        used = 0;
      }
      used += chunk.write(text, used);
    },
    end: (): Buffer[] => (used > 0 ? [...full, chunk.subarray(0, used)] : full),
  };
}

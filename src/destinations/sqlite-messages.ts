import type { AppErrorOptions } from '../lib/errors.ts';
import type { PackedPage } from '../model/packed-rows.ts';
import type { EntityPlan } from '../model/selection.ts';
import type { UpsertRow } from '../model/upsert-row.ts';
import type { Batch, Destination, Fill } from '../ports/destination.ts';

/** To the thread that writes. Calls are answered in their order. */
export interface WriterCall {
  method: keyof Destination;
  /** As the port has them, but for plans and batches. */
  args: readonly unknown[];
}

/** A plan travels once, when it is prepared; then its number stands for it. */
export interface NumberedPlan {
  number: number;
  plan: EntityPlan;
}

/** The pages of packed rows, or other rows as they are. */
export type RowsMessage = { pages: readonly PackedPage[] } | { rows: readonly UpsertRow[] };

export type BatchMessage = Omit<Batch, 'upserts' | 'fill'> & {
  upserts: RowsMessage;
  fill: (Omit<Fill, 'rows'> & { rows: RowsMessage }) | null;
};

/** An error of ours keeps what people and the engine go by. */
export type WriterAnswer =
  | { kind: 'done'; value: unknown }
  | { kind: 'failed'; error: unknown; ours: { code: string; options: AppErrorOptions } | null };

import type { Period } from './period.ts';

/** Fields that are fetched for the rows that are there, and for nothing else. */
export interface Refresh {
  /** Names it; no two are the same. */
  key: string;
  entity: string;
  /** Logical names. */
  fields: readonly string[];
  /** Only the rows of it; null: all. */
  period: Period | null;
  /** ISO 8601. */
  startedAt: string;
  /** Null while it is not done. */
  endedAt: string | null;
  /** Rows read so far, and those of them whose values were stored. */
  read: number;
  stored: number;
}

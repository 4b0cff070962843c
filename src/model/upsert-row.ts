/** A row to be stored. */
export interface UpsertRow {
  values: StoredRow;
  /** `versionnumber` of the row, to refuse an older one; null where it is not known. */
  version: bigint | null;
}

/** Values by position of `storedColumns(plan)`. */
export type StoredRow = readonly StoredValue[];
export type StoredValue = string | number | bigint | null;

/** Each time it is gone through it gives the same rows. */
export type UpsertRows = Iterable<UpsertRow> & { readonly length: number };

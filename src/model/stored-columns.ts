import type { ColumnPlan, EntityPlan } from './selection.ts';

/** One column of a stored row, besides the destination's housekeeping. */
export interface StoredColumn {
  name: string;
  kind: 'value' | 'label';
  of: ColumnPlan;
}

/**
 * The columns of an entity's stored rows, in their order: each planned field, and its label right after it. A
 * label whose name is that of another planned field is left out: the field is what was asked for.
 */
export function storedColumns(plan: EntityPlan): StoredColumn[] {
  const fields = new Set(plan.columns.map(({ name }) => name));
  return plan.columns.flatMap((of): StoredColumn[] => {
    const value: StoredColumn = { name: of.name, kind: 'value', of };
    const label = `${of.name}_label`;
    return of.label && !fields.has(label) ? [value, { name: label, kind: 'label', of }] : [value];
  });
}

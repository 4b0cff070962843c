import { filterField } from './entity.ts';
import { versionNames } from './row-version.ts';
import type { ColumnPlan, EntityPlan } from './selection.ts';

/** One column of a stored row, besides the destination's housekeeping. */
export interface StoredColumn {
  name: string;
  kind: 'value' | 'label' | 'table';
  of: ColumnPlan;
}

/**
 * The columns of an entity's stored rows, in their order: each planned field, its label and its
 * table right after it. One whose name is that of another planned field is left out: the field is what was asked for.
 */
export function storedColumns(plan: EntityPlan): StoredColumn[] {
  const fields = new Set(plan.columns.map(({ name }) => name));
  return plan.columns.flatMap((of): StoredColumn[] => {
    const value: StoredColumn = { name: of.name, kind: 'value', of };
    const label: StoredColumn = { name: `${of.name}_label`, kind: 'label', of };
    const table: StoredColumn = { name: `${of.name}_table`, kind: 'table', of };
    const beside = [...(of.label ? [label] : []), ...(of.table ? [table] : [])];
    return [value, ...beside.filter(({ name }) => !fields.has(name))];
  });
}

const annotations = {
  value: '',
  label: '@OData.Community.Display.V1.FormattedValue',
  table: '@Microsoft.Dynamics.CRM.lookuplogicalname',
};

/** Its name in the rows Dataverse sends. */
export function wireNameOf({ kind, of }: Pick<StoredColumn, 'kind' | 'of'>): string {
  return of.select + annotations[kind];
}

/** The same of the primary id. */
export function wireIdOf({ columns, primaryId }: EntityPlan): string {
  return columns.find(({ name }) => name === primaryId)?.select ?? primaryId;
}

/** All that is looked at of a row. */
export function wireNamesOf(plan: EntityPlan): string[] {
  const filter = plan.filter ? [filterField] : [];
  const stored = storedColumns(plan).map(wireNameOf);
  return [...new Set([wireIdOf(plan), ...stored, ...filter, ...versionNames])];
}

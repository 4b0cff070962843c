import { hasLabel, hasTable, isLookup } from '../model/entity.ts';
import type { ColumnPlan, EntityPlan, OtherType } from '../model/selection.ts';
import { isOtherKind } from '../model/type-change.ts';
import type { StoredField } from '../ports/destination.ts';

/**
 * The plans, with each field that has come to be of another type as it is stored so far: another type would empty what
 * does not read the same in it, and change the table under those who query it. That is for an admin to say, who does so
 * by saving the fields once it was noticed.
 * @param selectedAt when the selection was saved, ISO 8601.
 */
export function holdTypes(
  plans: readonly EntityPlan[],
  stored: readonly StoredField[],
  selectedAt: string,
): EntityPlan[] {
  const byName = new Map(stored.map((field) => [`${field.entity} ${field.field}`, field]));
  return plans.map((plan) => holdOne(plan, (name) => byName.get(`${plan.entity} ${name}`), selectedAt));
}

function holdOne(
  plan: EntityPlan,
  storedOf: (name: string) => StoredField | undefined,
  selectedAt: string,
): EntityPlan {
  const otherTypes: OtherType[] = [];
  const columns = plan.columns.flatMap((column) => {
    const { name, type } = column;
    const stored = storedOf(name);
    if (!stored || name === plan.primaryId || !isOtherKind(stored.type, type)) return column;
    if (stored.changedAt !== null && selectedAt > stored.changedAt) return column;
    otherTypes.push({ field: name, type, stored: stored.type });
    return asStored(column, stored);
  });
  return otherTypes.length > 0 ? { ...plan, columns, otherTypes } : plan;
}

/** Lookups have another name in the rows: what is asked for by that cannot be stored as anything else. */
function asStored(column: ColumnPlan, { type }: StoredField): ColumnPlan[] {
  if (isLookup(type) !== isLookup(column.type)) return [];
  const { table: _table, ...rest } = column;
  return [{ ...rest, type, label: hasLabel(type), ...(hasTable({ type }) ? { table: true } : {}) }];
}

import { type FieldType, hasLabel, isLookup } from '../../src/model/entity.ts';
import type { EntityPlan } from '../../src/model/selection.ts';

/** A plan as `planEntity` makes it; the primary id first. */
export function samplePlan(
  entity: string,
  fields: Readonly<Record<string, FieldType>>,
  more: Partial<EntityPlan> = {},
): EntityPlan {
  const primaryId = `${entity}id`;
  const all: [string, FieldType][] = [[primaryId, 'Uniqueidentifier'], ...Object.entries(fields)];
  return {
    entity,
    entitySetName: `${entity}s`,
    primaryId,
    changeTracking: true,
    columns: all.map(([name, type]) => ({
      name,
      type,
      select: isLookup(type) ? `_${name}_value` : name,
      label: hasLabel(type),
    })),
    filter: false,
    ...more,
  };
}

/** A GUID, the same for the same number. */
export function sampleId(number: number): string {
  return `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
}

export const label = (name: string) => `${name}@OData.Community.Display.V1.FormattedValue`;

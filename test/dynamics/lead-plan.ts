import type { EntityPlan } from '../../src/model/selection.ts';
import type { Page } from '../../src/ports/dynamics.ts';

/** An entity with a plain field and a labelled lookup. */
export const plan: EntityPlan = {
  entity: 'lead',
  entitySetName: 'leads',
  primaryId: 'leadid',
  changeTracking: true,
  filter: false,
  columns: [
    { name: 'leadid', type: 'Uniqueidentifier', select: 'leadid', label: false },
    { name: 'lastname', type: 'String', select: 'lastname', label: false },
    { name: 'ownerid', type: 'Owner', select: '_ownerid_value', label: true },
  ],
};

export async function collect<T extends Page>(pages: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const page of pages) found.push(page);
  return found;
}

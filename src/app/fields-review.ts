import type { Logger } from '../lib/log.ts';
import { defaultSelection, hasFilterField, type Selection } from '../model/selection.ts';
import { selectionChanges } from '../model/selection-change.ts';
import type { Setup } from '../model/setup.ts';
import type { CardFacts } from '../notify/setup-card.ts';
import type { FilterCount } from '../ports/dynamics.ts';
import type { SchemaCache } from '../setup/schema-cache.ts';

/** What the last save of the fields changed, and how many rows the filters let through, for the card. */
export interface FieldsReview {
  saved(before: Setup, after: Setup): void;
  facts(): Pick<CardFacts, 'changes' | 'filterCounts'>;
}

export function createFieldsReview(deps: {
  schemas: SchemaCache;
  /** The facts have changed. */
  changed: () => Promise<void>;
  log: Logger;
}): FieldsReview {
  let changes: CardFacts['changes'] = null;
  let filterCounts: Readonly<Record<string, FilterCount>> | null = null;

  async function count(selection: Selection): Promise<void> {
    const schemas = await deps.schemas.schemas();
    const filtered = schemas.filter((schema) => selection[schema.name]?.filter && hasFilterField(schema));
    const counts = await Promise.all(
      filtered.map(async (schema) => [schema.name, await deps.schemas.countFilter(schema)] as const),
    );
    filterCounts = Object.fromEntries(counts);
  }

  async function review(before: Setup, after: Setup): Promise<void> {
    if (!('selection' in after)) return;
    const schemas = deps.schemas.atHand() ?? [];
    const defaults = Object.fromEntries(schemas.map((schema) => [schema.name, defaultSelection(schema)]));
    changes = selectionChanges('selection' in before ? before.selection : defaults, after.selection);
    filterCounts = null;
    await deps.changed();
    // Counting takes as long as Dynamics takes: the card shows the rest meanwhile.
    await count(after.selection);
    await deps.changed();
  }

  return {
    saved(before, after) {
      review(before, after).catch((error: unknown) =>
        deps.log.warn('The filter cannot be counted', { error }),
      );
    },
    facts: () => ({ changes, filterCounts }),
  };
}

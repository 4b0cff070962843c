import type { EntityCounts, SyncProgress } from '../model/progress.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';
import type { Notices } from '../ports/notices.ts';
import type { SchemaCache } from '../setup/schema-cache.ts';

/** Tells of entities that were added after the initial sync when they are copied. */
export interface AddedEntities {
  /** Called with every news of the sync, so that what could not be told is told the next time. */
  look(progress: SyncProgress): Promise<void>;
}

export function createAddedEntities(deps: {
  store: ConnectionStore;
  notices: Pick<Notices, 'added'>;
  schemas: Pick<SchemaCache, 'atHand'>;
}): AddedEntities {
  const { store, notices, schemas } = deps;
  let isLooking = false;
  return {
    async look(progress) {
      // News come often, and Slack may be away for long.
      if (isLooking) return;
      isLooking = true;
      try {
        const document = await store.read();
        const entities = copiedSince(document, progress);
        if (document.setup.step !== 'running' || entities.length === 0) return;
        await notices.added(document.setup, { entities, schemas: schemas.atHand() ?? [] });
      } finally {
        isLooking = false;
      }
    },
  };
}

/** By what the initial sync has brought, and by what was told. */
function copiedSince({ setup, addedTold }: ConnectionDocument, { entities }: SyncProgress): EntityCounts[] {
  if (setup.step !== 'running') return [];
  const known = new Set([...setup.initial.entities.map(({ entity }) => entity), ...addedTold]);
  return entities.filter(({ entity, phase }) => phase === 'current' && !known.has(entity));
}

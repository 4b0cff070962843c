import type { EntityCounts, SyncProgress } from '../model/progress.ts';
import type { Refresh } from '../model/refresh.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';
import type { Notices } from '../ports/notices.ts';
import type { SchemaCache } from '../setup/schema-cache.ts';

/**
 * Tells of what was asked for after the initial sync when it is there: entities that were added, and fields that were
 * ticked.
 */
export interface LateNews {
  /** Called with every news of the sync, so that what could not be told is told the next time. */
  look(progress: SyncProgress): Promise<void>;
}

export function createLateNews(deps: {
  store: ConnectionStore;
  notices: Pick<Notices, 'added' | 'refreshed'>;
  schemas: Pick<SchemaCache, 'atHand'>;
}): LateNews {
  const { store, notices } = deps;
  let isLooking = false;

  async function tellOf(progress: SyncProgress): Promise<void> {
    const document = await store.read();
    const { setup } = document;
    if (setup.step !== 'running') return;
    const entities = copiedSince(document, progress);
    const refreshes = endedSince(document, progress);
    const schemas = deps.schemas.atHand() ?? [];
    if (entities.length > 0) await notices.added(setup, { entities, schemas });
    if (refreshes.length > 0) await notices.refreshed(setup, { refreshes, schemas });
  }

  return {
    async look(progress) {
      // News come often, and Slack may be away for long.
      if (isLooking) return;
      isLooking = true;
      try {
        await tellOf(progress);
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

function endedSince({ refreshesTold }: ConnectionDocument, { refreshes }: SyncProgress): Refresh[] {
  return refreshes.filter(({ key, endedAt }) => endedAt !== null && !refreshesTold.includes(key));
}

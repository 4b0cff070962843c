import type { SyncProgress } from '../model/progress.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { Notices } from '../ports/notices.ts';
import type { SchemaCache } from '../setup/schema-cache.ts';

/** Tells of fields that were ticked later when they have been fetched for the rows that were there. */
export interface RefreshNews {
  /** Called with every news of the sync, so that what could not be told is told the next time. */
  look(progress: SyncProgress): Promise<void>;
}

export function createRefreshNews(deps: {
  store: ConnectionStore;
  notices: Pick<Notices, 'refreshed'>;
  schemas: Pick<SchemaCache, 'atHand'>;
}): RefreshNews {
  const { store, notices, schemas } = deps;
  let isLooking = false;
  return {
    async look({ refreshes }) {
      const ended = refreshes.filter(({ endedAt }) => endedAt !== null);
      // News come often, and Slack may be away for long.
      if (isLooking || ended.length === 0) return;
      isLooking = true;
      try {
        const { setup, refreshesTold } = await store.read();
        const untold = ended.filter(({ key }) => !refreshesTold.includes(key));
        if (setup.step !== 'running' || untold.length === 0) return;
        await notices.refreshed(setup, { refreshes: untold, schemas: schemas.atHand() ?? [] });
      } finally {
        isLooking = false;
      }
    },
  };
}

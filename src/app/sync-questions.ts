import type { SyncReply, SyncRequest } from '../ports/sync-runner.ts';
import type { SyncCommand } from './sync-messages.ts';

/** What the sync thread is asked, until it answers. */
export type SyncQuestions = ReturnType<typeof createSyncQuestions>;

export function createSyncQuestions() {
  const open = new Map<number, (reply: SyncReply | null) => void>();
  let lastId = 0;
  let post: ((command: SyncCommand) => void) | null = null;

  const answer = (id: number, reply: SyncReply | null): void => {
    open.get(id)?.(reply);
    open.delete(id);
  };
  return {
    /** Null when there is nobody to ask, or the thread ended before it answered. */
    ask: (request: SyncRequest): Promise<SyncReply | null> =>
      new Promise((resolve) => {
        if (!post) return resolve(null);
        const id = ++lastId;
        open.set(id, resolve);
        post({ kind: 'ask', id, request });
      }),
    answer,
    /** @param to the thread that runs now; null: none does any more. */
    attach(to: ((command: SyncCommand) => void) | null): void {
      post = to;
      if (!to) for (const id of [...open.keys()]) answer(id, null);
    },
  };
}

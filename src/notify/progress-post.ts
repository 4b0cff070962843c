import { createSerial } from '../lib/serial.ts';
import type { EntityCounts, SyncProgress } from '../model/progress.ts';
import type { MessageRef, Setup, SetupAt } from '../model/setup.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import { progressMessage } from '../views/progress.ts';
import { assertKeepable } from './keepable.ts';
import type { Poster, Written } from './poster.ts';

type Started = SetupAt<'copying' | 'running' | 'paused'>;

export interface ProgressPost {
  /**
   * Shows it in the message that was posted before, or in a new one where that is gone: somebody deleted it, or the
   * channel is archived. Null where no conversation takes it.
   */
  show(setup: Started, progress: SyncProgress): Promise<MessageRef | null>;
  /** The same where it was posted before and the copy still goes on: what comes late must not overwrite its end. */
  refresh(progress: SyncProgress): Promise<void>;
}

/** Once the copy is complete its message stays as it is; where the sync stands is another matter. */
export const isCopy = (setup: Setup): setup is Started =>
  setup.step === 'copying' || (setup.step === 'paused' && setup.resumeAs === 'copying');

/** The one message that shows how the initial sync comes on. */
export function createProgressPost({
  poster,
  store,
}: {
  poster: Poster;
  store: ConnectionStore;
}): ProgressPost {
  /** One edit after the other: the last one asked for is the last one seen. */
  const inTurn = createSerial();

  async function show(setup: Started, progress: SyncProgress): Promise<MessageRef | null> {
    const { progressPost } = await store.read();
    const written = progressWritten(setup, progress);
    if (progressPost && (await poster.edit(progressPost, written)) !== 'gone') return progressPost;
    await assertKeepable(store);
    const { notifyChannel, requestedBy } = setup.start;
    const places = [...(progressPost ? [progressPost.channel] : []), notifyChannel, requestedBy];
    const next = await poster.postFirst([...new Set(places)], written);
    if (next) await store.update((document) => ({ document: { ...document, progressPost: next } }));
    return next;
  }

  return {
    show: (setup, progress) => inTurn(() => show(setup, progress)),
    refresh: (progress) =>
      inTurn(async () => {
        const { setup, progressPost } = await store.read();
        if (progressPost && isCopy(setup)) await show(setup, progress);
      }),
  };
}

function progressWritten(setup: Started, progress: SyncProgress): Written {
  const { organization } = setup;
  if (setup.step !== 'paused')
    return (t) => progressMessage(t, { organization, progress, state: setup.step });
  const { reason } = setup;
  return (t) =>
    reason.kind === 'fault'
      ? progressMessage(t, { organization, progress, state: 'stopped', fault: reason.fault })
      : progressMessage(t, { organization, progress, state: 'paused' });
}

/** Before anything was heard of the sync. */
export function noProgress(setup: SetupAt<'copying'>): SyncProgress {
  const counts = { stored: 0, read: 0, total: null, filtered: 0, failed: 0, deleted: 0 };
  const entities = Object.keys(setup.selection).map((entity) => ({
    entity,
    phase: 'waiting' as const,
    ...counts,
  }));
  return progressAt(setup, entities);
}

/** As these counts say, with nothing known besides. */
export function progressAt({ startedAt }: Started, entities: readonly EntityCounts[]): SyncProgress {
  const unknown = { backlog: null, oldestPendingAt: null, followedAt: null };
  return {
    entities: entities.map((counts) => ({ ...unknown, ...counts })),
    rate: null,
    timeLeft: null,
    startedAt,
    lastCycle: null,
    nextCycleAt: null,
    waiting: null,
    conditions: [],
    refreshes: [],
  };
}

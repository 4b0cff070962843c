import type { ConnectionStore } from '../ports/connection-store.ts';

/**
 * What is told is remembered right after. Where nothing can be written down, as with a full disk, it would be told
 * again and again: so that is tried first.
 * @throws AppError `state-unwritable`
 */
export async function assertKeepable(store: Pick<ConnectionStore, 'update'>): Promise<void> {
  await store.update((document) => ({ document: { ...document } }));
}

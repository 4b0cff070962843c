import type { Logger } from '../lib/log.ts';
import { involvedAdmins, type Setup } from '../model/setup.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { Poster, Written } from './poster.ts';

export interface AdminTellingDeps {
  poster: Poster;
  store: Pick<ConnectionStore, 'read'>;
  /** Of these people those who are admins still; where none is, some who are. */
  admins: (candidates: readonly string[]) => Promise<readonly string[]>;
  log: Logger;
}

/**
 * Tells something that needs an admin: in the thread of the progress message, where everybody who follows the sync
 * sees it, and to the admins who set it up, each by a direct message.
 * @returns whether anybody could be told.
 */
export async function tellAdmins(
  { poster, store, admins, log }: AdminTellingDeps,
  setup: Setup,
  written: Written,
): Promise<boolean> {
  const { progressPost } = await store.read();
  const people = await admins(involvedAdmins(setup));
  const posts = [
    ...(progressPost ? [() => poster.post(progressPost.channel, written, progressPost.ts)] : []),
    ...people.map((person) => () => poster.post(person, written)),
  ];
  // Side by side, and each by itself: what one place does not take must not be lost for the others.
  const told = await Promise.allSettled(posts.map((post) => post()));
  for (const result of told) {
    if (result.status === 'rejected') log.warn('Somebody could not be told', { error: result.reason });
  }
  return told.some(({ status }) => status === 'fulfilled');
}

import { expect, test } from 'vitest';
import type { Poster } from '../../src/notify/poster.ts';
import { createProgressPost, progressAt } from '../../src/notify/progress-post.ts';
import { type ConnectionStore, emptyDocument } from '../../src/ports/connection-store.ts';
import { textsFor } from '../../src/texts/catalogue.ts';
import { setups } from '../views/samples.ts';

test('an edit that is still under way when the copy ends, or comes later, does not overwrite its end', async () => {
  let document = {
    ...emptyDocument,
    setup: setups.copying,
    progressPost: { channel: 'C1', ts: '1.1' },
  } as typeof emptyDocument;
  const store: ConnectionStore = {
    read: async () => document,
    update: async (change) => (document = change(document).document),
    history: async () => [],
  };
  const edits: string[] = [];
  const release: (() => void)[] = [];
  const poster: Poster = {
    post: async (channel) => ({ channel, ts: '2.2' }),
    postFirst: async () => null,
    isExternal: async () => false,
    async edit(_, written) {
      const { text } = written(textsFor('en'), 'en');
      await new Promise<void>((resolve) => release.push(resolve));
      edits.push(text);
      return 'edited';
    },
  };
  const post = createProgressPost({ poster, store });
  const late = post.refresh(progressAt(setups.copying, []));
  await expect.poll(() => release.length).toBe(1);
  document = { ...document, setup: setups.running };
  const end = post.show(setups.running, progressAt(setups.running, []));
  const later = post.refresh(progressAt(setups.running, []));
  release[0]?.();
  await expect.poll(() => release.length).toBe(2);
  release[1]?.();
  await Promise.all([late, end, later]);
  expect(edits).toHaveLength(2);
  expect(edits[1]).toContain('Initial sync completed');
});

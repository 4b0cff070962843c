import { expect, test } from 'vitest';
import { silentLogger } from '../../src/lib/log.ts';
import type { Files, Upload } from '../../src/slack/files.ts';
import { createStatusPicture } from '../../src/slack/status-picture.ts';
import { createManualClock } from '../sync/manual-clock.ts';

const thread = { channel: 'C0TEAM', ts: '1.1' };
const reader = { language: 'en', timeZone: 'Asia/Tokyo' } as const;

function openDesk() {
  const clock = createManualClock();
  const uploads: Upload[] = [];
  let drawings = 0;
  let refused = false;
  const files: Files = {
    isRefused: () => refused,
    upload: async (upload) => {
      uploads.push(upload);
      return { id: `F${uploads.length}` };
    },
  };
  const at = new Date(clock.now() - 3_600_000).toISOString();
  const picture = createStatusPicture({
    destination: { activity: async () => [{ entity: 'lead', at, changed: 5, deleted: 0 }] },
    waiting: () => ({}),
    schemas: () => [],
    painter: {
      drawActivity: async () => new Uint8Array([++drawings]),
      stop: async () => {},
    },
    files,
    clock,
    log: silentLogger,
  });
  return {
    ...{ picture, files, uploads, clock },
    refuse: () => {
      refused = true;
    },
    drawings: () => drawings,
  };
}

test('one picture serves everybody of the same language and zone for a minute', async () => {
  const { picture, uploads, clock } = openDesk();
  const [first, again] = await Promise.all([picture.of(reader), picture.of(reader)]);
  expect(first).toMatchObject({ fileId: 'F1', alt: expect.stringContaining('Lead: 5 rows') });
  expect(again).toEqual(first);
  expect(await picture.of({ ...reader, language: 'ja' })).toMatchObject({ fileId: 'F2' });
  clock.advance(61_000);
  expect(await picture.of(reader)).toMatchObject({ fileId: 'F3' });
  expect(uploads.every((upload) => upload.thread === undefined)).toBe(true);
});

test('in a thread it is a file with its words; where none is taken nothing is drawn', async () => {
  const { picture, files, uploads, refuse, drawings } = openDesk();
  await picture.share(reader, { thread, files });
  expect(uploads).toMatchObject([
    { filename: 'activity.png', thread, alt: expect.stringContaining('5 rows') },
  ]);
  refuse();
  await picture.share(reader, { thread, files });
  expect(await picture.of(reader)).toEqual({ missing: 'refused' });
  expect(drawings()).toBe(1);
});

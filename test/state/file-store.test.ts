import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { setupSteps } from '../../src/model/setup.ts';
import { emptyDocument } from '../../src/ports/connection-store.ts';
import { openFileStore } from '../../src/state/file-store.ts';
import { lockFolder } from '../../src/state/folder-lock.ts';
import { setupAt } from '../setup/samples.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'state-'));
  path = join(folder, 'state.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

const entry = { at: '2026-11-23T00:00:00.000Z', by: 'U1', action: 'fields.saved', result: 'done' } as const;

test('starts empty', async () => {
  expect(await (await openFileStore(path)).read()).toEqual(emptyDocument);
});

test.each([...setupSteps.map((step) => setupAt(step)), setupAt('paused', 'running')])(
  'keeps a setup at $step over a restart',
  async (setup) => {
    const store = await openFileStore(path);
    await store.update((document) => ({ document: { ...document, setup }, audit: [entry] }));
    const again = await openFileStore(path);
    expect((await again.read()).setup).toEqual(setup);
    expect(await again.history(10)).toEqual([entry]);
  },
);

test('fifty changes at once are all made, one after the other', async () => {
  const store = await openFileStore(path);
  const add = (index: number) =>
    store.update((document) => ({
      document: { ...document, sealedCredentials: `${document.sealedCredentials ?? ''}${index},` },
    }));
  await Promise.all(Array.from({ length: 50 }, (_, index) => add(index)));
  const expected = Array.from({ length: 50 }, (_, index) => `${index},`).join('');
  expect((await (await openFileStore(path)).read()).sealedCredentials).toBe(expected);
});

test('a change that throws changes nothing and does not stop the next one', async () => {
  const store = await openFileStore(path);
  const failing = store.update(() => {
    throw new Error('no');
  });
  await expect(failing).rejects.toThrow('no');
  await store.update((document) => ({ document: { ...document, completionPosted: true } }));
  expect((await store.read()).completionPosted).toBe(true);
});

test('what cannot be written has not happened, and is said to be so', async () => {
  const store = await openFileStore(path);
  // In the place where the file is written before it takes the place of the old one.
  mkdirSync(join(folder, '.state.json.tmp'));
  const change = () => store.update((document) => ({ document: { ...document, homes: ['U1'] } }));
  await expect(change()).rejects.toMatchObject({ code: 'state-unwritable' });
  expect((await store.read()).homes).toEqual([]);
  rmSync(join(folder, '.state.json.tmp'), { recursive: true });
  await change();
  expect((await (await openFileStore(path)).read()).homes).toEqual(['U1']);
});

test('the history gives the newest first, as many as asked for', async () => {
  const store = await openFileStore(path);
  for (const by of ['U1', 'U2', 'U3'])
    await store.update((document) => ({ document, audit: [{ ...entry, by }] }));
  expect((await store.history(2)).map(({ by }) => by)).toEqual(['U3', 'U2']);
});

test.each(['{ "version": 1', '{"version":1,"connection":{"setup":{"step":"elsewhere"}},"history":[]}'])(
  'a damaged file is refused and left as it is: %s',
  async (text) => {
    writeFileSync(path, text);
    await expect(openFileStore(path)).rejects.toThrow('cannot be read');
    expect(readFileSync(path, 'utf8')).toBe(text);
  },
);

test('a folder has one owner at a time', () => {
  const release = lockFolder(folder);
  expect(() => lockFolder(folder)).toThrow('Another process');
  release();
  lockFolder(folder)();
});

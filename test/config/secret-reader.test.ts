import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSecretReader, createSecretSource } from '../../src/config/secret-reader.ts';
import type { SecretReference } from '../../src/model/secret-reference.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const environment = {
  DYNAMICS_SECRET: 'from-the-environment',
  DYNAMICS_EMPTY: '  ',
  DYNAMICS_ALLOWED_HOSTS: 'one of our own settings',
  SLACK_BOT_TOKEN: 'xoxb-1',
  ENCRYPTION_KEY: 'key',
  OTHER: 'not allowed',
};

const readerFor = (...allowed: string[]) => createSecretReader(createSecretSource(environment, allowed));
const file = (name: string): SecretReference => `file:${join(folder, name) as `/${string}`}`;

test('reads what is allowed, as it is at that moment, without its last line break', async () => {
  const reader = readerFor('env:DYNAMICS_*', `file:${folder}/*`);
  expect(await reader.read('env:DYNAMICS_SECRET')).toBe('from-the-environment');
  writeFileSync(join(folder, 'secret'), 'first\n');
  expect(await reader.read(file('secret'))).toBe('first');
  writeFileSync(join(folder, 'secret'), 'second\r\n');
  expect(await reader.read(file('secret'))).toBe('second');
});

test('a file may be a link, as container platforms mount secrets', async () => {
  mkdirSync(join(folder, '..data'));
  writeFileSync(join(folder, '..data', 'crm'), 'mounted');
  symlinkSync(join(folder, '..data', 'crm'), join(folder, 'crm'));
  expect(await readerFor(`file:${folder}/*`).read(file('crm'))).toBe('mounted');
});

const refused: [name: string, reference: (folder: string) => string, allowed: string[], code: string][] = [
  ['a name that is not allowed', () => 'env:OTHER', ['env:DYNAMICS_*'], 'reference-refused'],
  ['anything where nothing is allowed', () => 'env:DYNAMICS_SECRET', [], 'reference-refused'],
  ['a file elsewhere', () => 'file:/etc/hostname', ['file:/run/secrets/*'], 'reference-refused'],
  ['a file further down', (at) => `file:${at}/a/b`, ['file:/tmp/*'], 'reference-refused'],
  ['a name that is not set', () => 'env:DYNAMICS_NOTHING', ['env:*'], 'reference-missing'],
  ["the bot's own token, whatever is allowed", () => 'env:SLACK_BOT_TOKEN', ['env:*'], 'reference-missing'],
  ["the bot's own key", () => 'env:ENCRYPTION_KEY', ['env:*'], 'reference-missing'],
  [
    'a setting that looks allowed',
    () => 'env:DYNAMICS_ALLOWED_HOSTS',
    ['env:DYNAMICS_*'],
    'reference-missing',
  ],
  ['an empty one', () => 'env:DYNAMICS_EMPTY', ['env:*'], 'reference-unreadable'],
  ['a file that is not there', (at) => `file:${at}/none`, ['file:/tmp/*/*'], 'reference-missing'],
  ['a folder', (at) => `file:${at}`, ['file:/tmp/*'], 'reference-unreadable'],
];

test.each(refused)('does not read %s', async (_name, reference, allowed, code) => {
  const asked = reference(folder) as SecretReference;
  await expect(readerFor(...allowed).read(asked)).rejects.toMatchObject({
    code,
    recovery: 'ask-admin',
    details: { reference: asked },
  });
});

test('does not read what is too large for a secret', async () => {
  writeFileSync(join(folder, 'large'), 'x'.repeat(70_000));
  await expect(readerFor(`file:${folder}/*`).read(file('large'))).rejects.toMatchObject({
    code: 'reference-unreadable',
    details: { original: 'EFBIG' },
  });
});

test('what is handed to another thread holds only what may be read', () => {
  expect(createSecretSource(environment, ['env:DYNAMICS_*']).environment).toEqual({
    DYNAMICS_SECRET: 'from-the-environment',
    DYNAMICS_EMPTY: '  ',
  });
});

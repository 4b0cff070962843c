import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createExpiryWatch, type ExpiryWatch } from '../../src/app/expiry-watch.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { SecretExpiry } from '../../src/model/secret-expiry.ts';
import type { ConnectionStore } from '../../src/ports/connection-store.ts';
import { openFileStore } from '../../src/state/file-store.ts';
import { setupAt } from '../setup/samples.ts';

const hour = 3_600_000;
const day = 24 * hour;
const start = Date.parse('2026-11-23T00:00:00Z');

let folder: string;
let now: number;
let told: number[];
let fresh: SecretExpiry | null;
let canTell: boolean;
let watch: ExpiryWatch;
let wake: () => void;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'expiry-'));
  [now, told, fresh, canTell] = [start, [], null, true];
});
afterEach(() => {
  watch.stop();
  rmSync(folder, { recursive: true });
});

const endsIn = (ms: number): SecretExpiry => ({ holds: 'secret', at: new Date(start + ms).toISOString() });

async function open(): Promise<ConnectionStore> {
  const store = await openFileStore(join(folder, 'state.json'));
  watch = createExpiryWatch({
    store,
    conversation: {
      credentials: async () => ({
        address: {
          origin: 'https://contoso.crm.dynamics.com',
          authority: 'https://login.microsoftonline.com',
        },
        tenantId: 't',
        clientId: 'c',
        username: 'u',
        proof: { kind: 'secret', secret: 's' },
      }),
    },
    dynamics: { readSecretExpiry: async () => fresh },
    notices: {
      expiring: async (_setup, _expiry, days) => {
        if (canTell) told.push(days);
        return canTell;
      },
    },
    clock: {
      now: () => now,
      sleep: (_ms, signal) =>
        new Promise((resolve) => {
          wake = resolve;
          signal?.addEventListener('abort', () => resolve());
        }),
    },
    log: silentLogger,
  });
  return store;
}

/** Lets the watch look, at a time; it is asleep again afterwards. */
async function lookAt(ms: number): Promise<void> {
  now = start + ms;
  const slept = wake;
  slept();
  await expect.poll(() => wake !== slept).toBe(true);
}

async function begin(expiry: SecretExpiry | null): Promise<void> {
  const store = await open();
  await store.update((document) => ({
    document: { ...document, setup: setupAt('running'), secretExpiry: expiry, sealedCredentials: 'x' },
  }));
  const before = wake;
  watch.start();
  await expect.poll(() => wake !== before).toBe(true);
}

test('tells 30, 7 and 1 days before, each once', async () => {
  await begin(endsIn(40 * day));
  expect(told).toEqual([]);
  for (const ms of [
    9 * day,
    10 * day,
    10 * day + hour,
    20 * day,
    33 * day,
    34 * day,
    39 * day,
    39 * day + hour,
  ]) {
    await lookAt(ms);
  }
  expect(told).toEqual([30, 7, 1]);
  await lookAt(41 * day);
  expect(told).toEqual([30, 7, 1]);
});

test('tells once over restarts, and says how many days are really left when it comes late', async () => {
  await begin(endsIn(5 * day + hour));
  expect(told).toEqual([5]);
  watch.stop();
  await open();
  const before = wake;
  watch.start();
  await expect.poll(() => wake !== before).toBe(true);
  await lookAt(hour);
  expect(told).toEqual([5]);
  await lookAt(4 * day + 2 * hour);
  expect(told).toEqual([5, 0]);
});

test('what nobody could be told is told the next time', async () => {
  canTell = false;
  await begin(endsIn(6 * day));
  expect(told).toEqual([]);
  canTell = true;
  await lookAt(hour);
  expect(told).toEqual([5]);
});

test('a secret that was exchanged counts anew, and one nobody knows the end of is left alone', async () => {
  await begin(null);
  await lookAt(hour);
  expect(told).toEqual([]);
  fresh = endsIn(20 * day);
  await lookAt(2 * hour);
  expect(told).toEqual([19]);
  fresh = endsIn(200 * day);
  await lookAt(19 * day);
  expect(told).toEqual([19]);
  await lookAt(171 * day);
  expect(told).toEqual([19, 29]);
});

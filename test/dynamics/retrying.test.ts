import { expect, test } from 'vitest';
import { dynamicsError } from '../../src/dynamics/dynamics-error.ts';
import { patientLimits } from '../../src/dynamics/limits.ts';
import { createRetrying } from '../../src/dynamics/retrying.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { createHandClock } from './hand-clock.ts';

const limits = { ...patientLimits, waits: 4 };

async function waitsFor(retryAfterMs: number): Promise<number[]> {
  const clock = createHandClock();
  const retrying = createRetrying({ clock, log: silentLogger, limits });
  const refused = () =>
    Promise.reject(dynamicsError('throttled', 'refused', { recovery: 'wait', retryAfterMs }));
  await expect(retrying(refused, new AbortController().signal)).rejects.toMatchObject({ code: 'throttled' });
  return clock.waits;
}

test('being told to wait is no failure: one waits as long as is said, however often', async () => {
  expect(await waitsFor(0)).toEqual([500, 500, 500, 500]);
  expect(await waitsFor(1500)).toEqual([1500, 1500, 1500, 1500]);
});

test('a wait that is too long is not waited', async () => {
  expect(await waitsFor(limits.longestWaitMs)).toHaveLength(4);
  expect(await waitsFor(limits.longestWaitMs + 1)).toEqual([]);
});

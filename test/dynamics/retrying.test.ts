import { expect, test } from 'vitest';
import { dynamicsError } from '../../src/dynamics/dynamics-error.ts';
import { patientLimits } from '../../src/dynamics/limits.ts';
import { createRetrying } from '../../src/dynamics/retrying.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { createHandClock } from './hand-clock.ts';

async function waitsFor(retryAfterMs: number): Promise<number[]> {
  const clock = createHandClock();
  const retrying = createRetrying({ clock, log: silentLogger, limits: patientLimits });
  const refused = () =>
    Promise.reject(dynamicsError('throttled', 'refused', { recovery: 'wait', retryAfterMs }));
  await expect(retrying(refused, new AbortController().signal)).rejects.toMatchObject({ code: 'throttled' });
  return clock.waits;
}

test('a wait of none, as told by the other side, grows all the same', async () => {
  expect(await waitsFor(0)).toEqual([500, 1000, 2000, 4000]);
  expect(await waitsFor(1500)).toEqual([1500, 1500, 2000, 4000]);
});

test('a wait that is too long is not waited', async () => {
  expect(await waitsFor(patientLimits.longestWaitMs)).toHaveLength(4);
  expect(await waitsFor(patientLimits.longestWaitMs + 1)).toEqual([]);
});

import { expect, test } from 'vitest';
import { dynamicsError } from '../../src/dynamics/dynamics-error.ts';
import { createThrottle, type Throttle } from '../../src/dynamics/throttle.ts';
import { createManualClock } from '../sync/manual-clock.ts';

const never = new AbortController().signal;

/** A server in virtual time that refuses what is beyond its limits, and counts. */
function createServer(limits: { concurrent: number; requests: number; executionMs: number }) {
  const clock = createManualClock();
  const windowMs = 300_000;
  let finished: { at: number; ms: number }[] = [];
  let running = 0;
  const counts = { answered: 0, refused: 0, most: 0 };
  async function send(ms: number) {
    finished = finished.filter(({ at }) => at > clock.now() - windowMs);
    const time = finished.reduce((sum, one) => sum + one.ms, 0);
    if (
      running >= limits.concurrent ||
      finished.length + running >= limits.requests ||
      time >= limits.executionMs
    ) {
      counts.refused += 1;
      throw dynamicsError('throttled', 'too much', { recovery: 'wait', retryAfterMs: 20_000 });
    }
    running += 1;
    counts.most = Math.max(counts.most, running);
    await clock.sleep(ms);
    running -= 1;
    counts.answered += 1;
    finished.push({ at: clock.now(), ms });
    return { headers: {}, executionMs: ms };
  }
  return { clock, counts, send };
}

/** Keeps as many requests waiting as are of use, for so long. */
async function keepBusy(
  throttle: Throttle,
  server: ReturnType<typeof createServer>,
  ms: number,
  forMs: number,
) {
  const stop = new AbortController();
  const lane = async () => {
    while (!stop.signal.aborted) await throttle.run(() => server.send(ms), stop.signal).catch(() => {});
  };
  const lanes = Array.from({ length: 60 }, lane);
  for (let passed = 0; passed < forMs; passed += 50) {
    await new Promise((resolve) => setImmediate(resolve));
    server.clock.advance(50);
  }
  stop.abort();
  while (server.counts.most > 0 && !(await Promise.race([Promise.all(lanes).then(() => true), turn()]))) {
    server.clock.advance(1_000);
  }
}
const turn = () => new Promise<false>((resolve) => setImmediate(() => resolve(false)));

test('the number of requests in a window is used nearly to the full, and none is refused', async () => {
  const server = createServer({ concurrent: 52, requests: 600, executionMs: 1e9 });
  const budget = { requests: 600, executionMs: 1e9, windowMs: 300_000 };
  await keepBusy(createThrottle({ clock: server.clock, budget }), server, 500, 900_000);
  expect(server.counts.refused).toBe(0);
  expect(server.counts.answered).toBeGreaterThanOrEqual(0.9 * 600 * 3);
});

test('so is the time of execution', async () => {
  const server = createServer({ concurrent: 52, requests: 1e6, executionMs: 400_000 });
  const budget = { requests: 1e6, executionMs: 400_000, windowMs: 300_000 };
  await keepBusy(createThrottle({ clock: server.clock, budget }), server, 2_000, 900_000);
  expect(server.counts.refused).toBe(0);
  expect(server.counts.answered * 2_000).toBeGreaterThanOrEqual(0.9 * 400_000 * 3);
});

test('a server that takes fewer at once is found out, and used', async () => {
  const server = createServer({ concurrent: 10, requests: 1e6, executionMs: 1e9 });
  await keepBusy(createThrottle({ clock: server.clock }), server, 1_000, 600_000);
  expect(server.counts.most).toBe(10);
  expect(server.counts.refused).toBeLessThan(server.counts.answered / 20);
});

test('everything waits for as long as one was told to wait, and says so', async () => {
  const server = createServer({ concurrent: 0, requests: 1, executionMs: 1 });
  const throttle = createThrottle({ clock: server.clock });
  const told: (string | null)[] = [];
  throttle.onHold((hold) => told.push(hold?.reason.code ?? null));
  await expect(throttle.run(() => server.send(1), never)).rejects.toMatchObject({ code: 'throttled' });
  expect(throttle.capacity()).toBe(0);
  let sent = false;
  const later = throttle.run(async () => {
    sent = true;
    return { headers: {}, executionMs: 1 };
  }, never);
  await server.clock.nextSleep();
  server.clock.advance(19_999);
  await turn();
  expect(sent).toBe(false);
  server.clock.advance(1);
  await later;
  expect(told).toEqual(['throttled', null]);
  expect(throttle.capacity()).toBeGreaterThan(0);
});

test('who waits for a turn can be called off', async () => {
  const server = createServer({ concurrent: 0, requests: 1, executionMs: 1 });
  const throttle = createThrottle({ clock: server.clock });
  await expect(throttle.run(() => server.send(1), never)).rejects.toMatchObject({ code: 'throttled' });
  const stop = new AbortController();
  const waiting = throttle.run(() => server.send(1), stop.signal);
  stop.abort(new Error('called off'));
  await expect(waiting).rejects.toThrow('called off');
});

test('a clock that is set back by a day holds nothing up for longer than the window', async () => {
  const clock = createManualClock(Date.parse('2026-11-24T00:00:00Z'));
  const budget = { requests: 100, executionMs: 1_200_000, windowMs: 300_000 };
  const throttle = createThrottle({ clock, budget });
  const send = async () => ({ headers: {}, executionMs: 0 });
  for (let n = 0; n < 97; n++) await throttle.run(send, never);
  clock.advance(-24 * 3_600_000);
  const one = throttle.run(send, never);
  const wait = await clock.nextSleep();
  expect(wait).toBeLessThanOrEqual(300_000);
  clock.advance(wait);
  await one;
});

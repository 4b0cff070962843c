import { parseRetryAfter } from '../src/dynamics/retry-after.ts';
import { createThrottle } from '../src/dynamics/throttle.ts';
import { AppError } from '../src/lib/errors.ts';
import type { Finding } from './report.ts';
import { createVirtualClock, type VirtualClock } from './virtual-clock.ts';

const rows = 10_000_000;
const pageRows = 5_000;
/** Of one page, on the server. An assumption: it depends on the table and the hour. */
const executionMs = 2_500;
const spreadMs = 1_000;
/** On the way there and back; the page itself takes as long again. */
const networkMs = 120;
/** What one user may use of each server ("Service protection API limits"). */
const limits = { requests: 6_000, executionMs: 1_200_000, atOnce: 52, windowMs: 300_000 };

/**
 * Ten million rows under the service protection limits, in virtual time: the bot's own throttle against servers that
 * keep the limits, and a plain loop against the same.
 */
export async function simulate(): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const servers of [1, 4]) {
    const suffix = servers === 1 ? 'one server' : `${servers} servers`;
    const parallel = await copy(servers, true);
    const loop = await copy(servers, false);
    const line = (what: string, value: number, unit: Finding['unit'], goal?: Finding['goal']): Finding => ({
      what: `simulated, 10,000,000 rows, ${suffix}: ${what}`,
      pageMs: null,
      value,
      unit,
      goal,
    });
    findings.push(
      line('hours', parallel.hours, ''),
      line('share of the budget used', parallel.share, '%', { atLeast: 90 }),
      line('refusals (429)', parallel.refusals, '', { atMost: 0 }),
      line('hours of a plain loop', loop.hours, ''),
      line('share of the budget the loop uses', loop.share, '%'),
    );
  }
  return findings.map((finding) => ({ ...finding, value: Math.round((finding.value ?? 0) * 100) / 100 }));
}

async function copy(servers: number, isParallel: boolean) {
  const clock = createVirtualClock();
  const farm = Array.from({ length: servers }, () => createServer(clock));
  const { signal } = new AbortController();
  const throttle = createThrottle({ clock });
  let pages = rows / pageRows;
  let turn = 0;
  const send = async () => {
    const answer = await farm[turn++ % farm.length]?.answer();
    if (!answer) throw new Error('There is no server');
    return answer;
  };
  const lane = async (): Promise<void> => {
    while (pages > 0) {
      pages -= 1;
      try {
        await (isParallel ? throttle.run(send, signal) : send());
        // The page comes down, and is stored.
        await clock.sleep(networkMs);
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        pages += 1;
        await clock.sleep(error.retryAfterMs ?? 1_000);
      }
    }
  };
  await clock.run(Promise.all(Array.from({ length: isParallel ? 48 : 1 }, lane)));
  const passedMs = clock.now();
  // While there was work: the window that was under way at the end is left out.
  const windows = Math.max(1, Math.floor(passedMs / limits.windowMs));
  const used = farm.reduce((sum, server) => sum + server.usedBefore(windows * limits.windowMs), 0);
  return {
    hours: passedMs / 3_600_000,
    share: (100 * used) / (servers * limits.executionMs * windows),
    refusals: farm.reduce((sum, server) => sum + server.refusals(), 0),
  };
}

/** One server: the limits in a sliding window, and what it says of itself. */
function createServer(clock: VirtualClock) {
  let done: { at: number; ms: number }[] = [];
  const all: { at: number; ms: number }[] = [];
  let [running, refusals, seed] = [0, 0, 7];
  const random = () => {
    seed = (seed * 16_807) % 2_147_483_647;
    return seed / 2_147_483_647;
  };
  const inWindow = () => {
    done = done.filter(({ at }) => at > clock.now() - limits.windowMs);
    return done.reduce((sum, { ms }) => sum + ms, 0);
  };
  return {
    usedBefore: (time: number) => all.reduce((sum, { at, ms }) => sum + (at <= time ? ms : 0), 0),
    refusals: () => refusals,
    async answer() {
      await clock.sleep(networkMs / 2);
      const spent = inWindow();
      if (
        running >= limits.atOnce ||
        done.length + running >= limits.requests ||
        spent >= limits.executionMs
      ) {
        refusals += 1;
        const free = ((done[0]?.at ?? clock.now()) + limits.windowMs - clock.now()) / 1_000;
        const retryAfterMs = parseRetryAfter(String(Math.ceil(free)), clock.now());
        throw new AppError('throttled', 'refused', {
          recovery: 'wait',
          ...(retryAfterMs ? { retryAfterMs } : {}),
        });
      }
      running += 1;
      const ms = executionMs + (random() - 0.5) * spreadMs;
      await clock.sleep(ms);
      running -= 1;
      done.push({ at: clock.now(), ms });
      all.push({ at: clock.now(), ms });
      await clock.sleep(networkMs / 2);
      const left = {
        'x-ms-ratelimit-burst-remaining-xrm-requests': String(limits.requests - done.length),
        'x-ms-ratelimit-time-remaining-xrm-requests': String(limits.executionMs - inWindow()),
      };
      return { headers: left, executionMs: ms + networkMs };
    },
  };
}

import type { DataverseError } from './errors.ts';
import { throttled } from './faults.ts';

/** A budget after the manner of the service protection limits; small numbers make tests short. */
export interface Limits {
  /** Requests in a window; the service's is 6,000. */
  requests?: number;
  /** Execution time in a window; the service's is 1,200,000. */
  executionMs?: number;
  /** Requests at once; the service's is 52. */
  concurrent?: number;
  /** The sliding window; the service's is 300. */
  windowSeconds?: number;
}

export interface Limiter {
  /** Admits a request or says why not. */
  admit(): { refusal: DataverseError } | { done: () => void };
  headers(): Record<string, string>;
}

/** Without `limits` everything is admitted, and the headers show what the service's own budget would be. */
export function createLimiter(limits: Limits | undefined, now: () => number): Limiter {
  const { requests = 6000, executionMs = 1_200_000, concurrent = 52, windowSeconds = 300 } = limits ?? {};
  const windowMs = windowSeconds * 1000;
  let finished: { at: number; ms: number }[] = [];
  let running = 0;
  let refusals = 0;

  const used = () => finished.reduce((total, { ms }) => total + ms, 0);
  const forget = () => {
    const from = now() - windowMs;
    const first = finished.findIndex(({ at }) => at > from);
    finished = first < 0 ? [] : first > 0 ? finished.slice(first) : finished;
  };
  // Whoever keeps sending while refused waits longer (page "Service protection API limits").
  const refuse = (limit: Parameters<typeof throttled>[0]) => {
    refusals += 1;
    const free = ((finished[0]?.at ?? now()) + windowMs - now()) / 1000;
    const base = limit === 'concurrency' ? 1 : Math.max(1, Math.ceil(free));
    return { refusal: throttled(limit, base + Math.floor(refusals / 3)) };
  };

  return {
    admit: () => {
      forget();
      if (limits) {
        if (running >= concurrent) return refuse('concurrency');
        if (finished.length + running >= requests) return refuse('requests');
        if (used() >= executionMs) return refuse('time');
      }
      refusals = 0;
      running += 1;
      const started = now();
      return {
        done: () => {
          running -= 1;
          finished.push({ at: now(), ms: now() - started });
        },
      };
    },
    headers: () => ({
      'x-ms-ratelimit-burst-remaining-xrm-requests': String(
        Math.max(0, requests - finished.length - running),
      ),
      'x-ms-ratelimit-time-remaining-xrm-requests': `${Math.max(0, executionMs - used()).toFixed(2)}`,
      'x-ms-dop-hint': '4',
    }),
  };
}

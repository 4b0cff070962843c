import type { Clock } from '../lib/clock.ts';
import { type Amounts, createHintScale } from './budget-scale.ts';

/**
 * What one user may use of one web server in a sliding window ("Service protection API limits"): 6,000 requests and
 * 1,200 seconds of execution in 300 seconds.
 */
export interface BudgetLimits extends Amounts {
  windowMs: number;
}

export const protectionLimits: BudgetLimits = { requests: 6_000, executionMs: 1_200_000, windowMs: 300_000 };

/** Left for others who sign in as the same user: the checklist, the counts for people. */
const share = 0.97;

/** Keeps count of what was used, so that one waits by oneself instead of being refused. */
export interface Budget {
  /** Milliseconds until one more request fits in; 0: now. */
  waitMs(): number;
  /** A request leaves. @returns how it ends, with its execution time as far as it can be seen from here. */
  begin(): (executionMs: number) => void;
  /** The server's own word, of the one server that answered. */
  hint(left: { [Name in keyof Amounts]?: Amounts[Name] | undefined }): void;
  used(): Amounts;
}

export function createBudget(clock: Clock, limits: BudgetLimits = protectionLimits): Budget {
  const window = createWindow(clock, limits.windowMs);
  const scale = createHintScale(limits);
  let running = 0;
  let usualMs = 0;

  return {
    waitMs() {
      const used = window.used();
      const most = scale.limits();
      const tooMany = used.requests + running + 1 - most.requests * share;
      const tooLong = used.executionMs + (running + 1) * usualMs - most.executionMs * share;
      // Whatever was used: one request at a time is always tried.
      if ((tooMany <= 0 && tooLong <= 0) || used.requests === 0) return 0;
      return window.freeAfterMs(Math.max(0, tooMany), Math.max(0, tooLong));
    },
    begin() {
      running += 1;
      return (ms) => {
        running -= 1;
        window.add(ms);
        usualMs = usualMs === 0 ? ms : usualMs * 0.9 + ms * 0.1;
      };
    },
    hint: (left) => scale.note(left, window.used()),
    used: window.used,
  };
}

interface Use {
  at: number;
  ms: number;
}

/** What was used in the last so many milliseconds. */
function createWindow(clock: Clock, windowMs: number) {
  let uses: Use[] = [];
  let first = 0;
  let usedMs = 0;

  const forget = (): void => {
    const now = clock.now();
    // The clock was set back: what was used will have been used by now, or it would count for as long as that.
    if ((uses.at(-1)?.at ?? now) > now) uses = uses.map(({ at, ms }) => ({ at: Math.min(at, now), ms }));
    const from = now - windowMs;
    for (let use = uses[first]; use && use.at <= from; use = uses[++first]) usedMs -= use.ms;
    // A window holds thousands: shifted one by one they would be copied each time.
    if (first > 1_000) {
      uses = uses.slice(first);
      first = 0;
    }
  };
  return {
    add(ms: number): void {
      uses.push({ at: clock.now(), ms });
      usedMs += ms;
    },
    used(): Amounts {
      forget();
      return { requests: uses.length - first, executionMs: usedMs };
    },
    /** When so much has fallen out of it. */
    freeAfterMs(requests: number, ms: number): number {
      let [freeRequests, freeMs] = [0, 0];
      for (const use of uses.slice(first)) {
        freeRequests += 1;
        freeMs += use.ms;
        if (freeRequests >= requests && freeMs >= ms) return Math.max(1, use.at + windowMs - clock.now());
      }
      return windowMs;
    },
  };
}

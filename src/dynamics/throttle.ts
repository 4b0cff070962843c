import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import { createGate } from '../lib/gate.ts';
import { type Budget, type BudgetLimits, createBudget, protectionLimits } from './budget.ts';
import { createParallelism } from './parallelism.ts';

/**
 * Sends as much at once as Dynamics takes, and no more: begins low, adds while the answers come well, takes half away
 * when one is refused, and holds everything for as long as Dynamics asks. One for all requests of a connection.
 */
export interface Throttle {
  /**
   * Waits for its turn, then sends.
   * @param send resolves with the answer's headers and its execution time; throws `AppError` `throttled` for a 429.
   */
  run<T extends Paced>(send: () => Promise<T>, signal: AbortSignal): Promise<T>;
  /** How many requests are of use at once at the moment. */
  capacity(): number;
  /** Until when everything waits, in milliseconds since 1970, and why; null when nothing does. */
  held(): Hold | null;
  /** Called when `held` changes. @returns how to stop listening. */
  onHold(listener: (hold: Hold | null) => void): () => void;
}

/** What is learned from an answer. */
export interface Paced {
  headers: Readonly<Record<string, string>>;
  /** From the request to the first byte of the answer, in milliseconds. */
  executionMs: number;
}

export interface Hold {
  until: number;
  reason: AppError;
}

export interface ThrottleOptions {
  clock: Clock;
  /** Never more at once; the service takes 52, and people's own questions need a place, too. */
  most?: number;
  budget?: BudgetLimits;
}

const mostAtOnce = 48;
/** The window is five minutes: whoever asks for more is not believed, and asked again. */
const longestHoldMs = 10 * 60_000;
const usualHoldMs = 1_000;
/** Waiting for the budget is worth a word only when it takes this long. */
const noticeableMs = 5_000;

export function createThrottle({
  clock,
  most = mostAtOnce,
  budget: limits = protectionLimits,
}: ThrottleOptions): Throttle {
  const budget = createBudget(clock, limits);
  const parallelism = createParallelism(most);
  const gate = createGate(parallelism.limit());
  const holder = createHolder(clock);

  /** Whoever may go on has begun: what one of them uses, the next one may not. @returns how it ends. */
  const beginWhenAffordable = async (signal: AbortSignal): Promise<(executionMs: number) => void> => {
    for (;;) {
      signal.throwIfAborted();
      const held = holder.leftMs();
      const budgetMs = budget.waitMs();
      if (held <= 0 && budgetMs <= 0) return budget.begin();
      if (budgetMs > noticeableMs) holder.hold(budgetMs, budgetSpent());
      await clock.sleep(Math.max(held, budgetMs), signal);
      holder.look();
    }
  };

  return {
    async run(send, signal) {
      const leave = await gate.enter(signal);
      try {
        const end = await beginWhenAffordable(signal);
        const inside = gate.inside();
        let executionMs = 0;
        try {
          const answer = await send();
          executionMs = answer.executionMs;
          budget.hint(leftOf(answer.headers));
          parallelism.succeeded(inside, executionMs);
          return answer;
        } catch (thrown) {
          if (isThrottled(thrown)) {
            holder.hold(retryAfterOf(thrown), thrown);
            parallelism.refused(clock.now());
          }
          throw thrown;
        } finally {
          end(executionMs);
          gate.setLimit(parallelism.limit());
        }
      } finally {
        leave();
      }
    },
    capacity: () => (holder.leftMs() > 0 ? 0 : parallelism.limit()),
    held: holder.held,
    onHold: holder.onHold,
  };
}

function createHolder(clock: Clock) {
  const listeners = new Set<(hold: Hold | null) => void>();
  let hold: Hold | null = null;
  let began = 0;
  const tell = () => {
    for (const listener of listeners) listener(hold);
  };
  /** Whichever way the clock was set meanwhile: never longer than was asked for. */
  const leftMs = (): number => {
    if (!hold) return 0;
    const passed = clock.now() - began;
    return passed < 0 ? 0 : Math.max(0, hold.until - clock.now());
  };
  const look = (): void => {
    if (!hold || leftMs() > 0) return;
    hold = null;
    tell();
  };
  return {
    leftMs,
    look,
    held: () => (leftMs() > 0 ? hold : null),
    hold(milliseconds: number, reason: AppError): void {
      const until = clock.now() + Math.min(longestHoldMs, Math.max(0, milliseconds));
      if (hold && leftMs() > 0 && hold.until >= until) return;
      began = clock.now();
      hold = { until, reason };
      tell();
    },
    onHold(listener: (hold: Hold | null) => void): () => void {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

function isThrottled(thrown: unknown): thrown is AppError {
  return thrown instanceof AppError && thrown.code === 'throttled';
}

function retryAfterOf({ retryAfterMs }: AppError): number {
  return retryAfterMs ?? usualHoldMs;
}

function budgetSpent(): AppError {
  return new AppError('throttled', 'The budget of the service protection limits is used up', {
    recovery: 'wait',
    details: { original: 'budget' },
  });
}

/** Hints "for debugging": anything that is not a number is none. */
function leftOf(headers: Paced['headers']): Parameters<Budget['hint']>[0] {
  const number = (name: string): number | undefined => {
    const value = Number((headers[name] ?? '').replaceAll(',', '') || Number.NaN);
    return Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const time = number('x-ms-ratelimit-time-remaining-xrm-requests');
  return {
    requests: number('x-ms-ratelimit-burst-remaining-xrm-requests'),
    // In seconds, as the documentation's examples have it, or in milliseconds: the budget is 1,200 seconds.
    executionMs: time !== undefined && time <= 1_200 ? time * 1_000 : time,
  };
}

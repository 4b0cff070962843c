import type { Answer } from './answer.ts';
import { refuse } from './answer.ts';
import type { RefusalCode, RefusalFacts } from './refusals.ts';

/** An answer to give instead of the true one: an AADSTS code, or a gateway's page instead of JSON. */
export type EntraFault = RefusalCode | 'unavailable';

export interface FaultQueue {
  play(fault: EntraFault, options?: { count?: number; retryAfterSeconds?: number }): void;
  clear(): void;
  /** The answer of the next fault, if one is due. */
  next(facts: RefusalFacts): Answer | undefined;
}

export function createFaultQueue(now: () => number): FaultQueue {
  const queue: { fault: EntraFault; retryAfterSeconds: number }[] = [];
  return {
    play: (fault, { count = 1, retryAfterSeconds = 30 } = {}) => {
      for (let i = 0; i < count; i++) queue.push({ fault, retryAfterSeconds });
    },
    clear: () => {
      queue.length = 0;
    },
    next: (facts) => {
      const played = queue.shift();
      if (!played) return undefined;
      if (played.fault === 'unavailable') {
        return { status: 503, body: '<html><body><h1>Service Unavailable</h1></body></html>' };
      }
      const answer = refuse(played.fault, facts, now());
      const isThrottled = answer.status === 429 || answer.status === 503;
      return isThrottled
        ? { ...answer, headers: { 'retry-after': String(played.retryAfterSeconds) } }
        : answer;
    },
  };
}

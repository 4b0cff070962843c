import type { Answer } from './answer.ts';
import { refuse } from './answer.ts';
import type { RefusalFacts } from './refusal.ts';
import type { RefusalCode } from './refusals.ts';

const page = (title: string): string => `<html><body><h1>${title}</h1></body></html>`;

/** Answers that are no refusals of Entra ID's; `slow` takes `delayMs`. */
const otherFaults = {
  /** A gateway's page. */
  unavailable: { status: 503, body: page('Service Unavailable') },
  /** A proxy answers in its place. */
  'html-page': { status: 200, body: page('Sign in to the network') },
  'proxy-refusal': { status: 403, body: page('Forbidden') },
  'empty-token': { status: 200, body: { token_type: 'Bearer', expires_in: 3600, access_token: '' } },
  'no-token': { status: 200, body: { token_type: 'Bearer' } },
  'cut-connection': { status: 200, body: '', isCut: true },
  slow: { status: 503, body: page('Late') },
} satisfies Record<string, Answer>;

/** An answer to give instead of the true one: an AADSTS code, or something that Entra ID never says. */
export type EntraFault = RefusalCode | keyof typeof otherFaults;

export interface FaultOptions {
  /** Default 1. */
  count?: number;
  /** 429 and 503; default 30. */
  retryAfterSeconds?: number;
  /** `slow`; default 2000. */
  delayMs?: number;
}

export interface FaultQueue {
  play(fault: EntraFault, options?: FaultOptions): void;
  clear(): void;
  /** The answer of the next fault, if one is due. */
  next(facts: RefusalFacts): Answer | undefined;
}

export function createFaultQueue(now: () => number): FaultQueue {
  const queue: (Required<Omit<FaultOptions, 'count'>> & { fault: EntraFault })[] = [];
  return {
    play: (fault, { count = 1, retryAfterSeconds = 30, delayMs = 2000 } = {}) => {
      for (let i = 0; i < count; i++) queue.push({ fault, retryAfterSeconds, delayMs });
    },
    clear: () => {
      queue.length = 0;
    },
    next: (facts) => {
      const played = queue.shift();
      if (!played) return undefined;
      if (typeof played.fault === 'string') {
        const answer: Answer = otherFaults[played.fault];
        return played.fault === 'slow' ? { ...answer, delayMs: played.delayMs } : answer;
      }
      const answer = refuse(played.fault, facts, now());
      const isThrottled = answer.status === 429 || answer.status === 503;
      return isThrottled
        ? { ...answer, headers: { 'retry-after': String(played.retryAfterSeconds) } }
        : answer;
    },
  };
}

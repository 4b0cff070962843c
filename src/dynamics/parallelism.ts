/** How many requests at once: additive increase, multiplicative decrease. */
export interface Parallelism {
  limit(): number;
  /** @param inside how many were under way when it was sent, itself included. */
  succeeded(inside: number, executionMs: number): void;
  /** @param now refusals of requests that were under way together count once. */
  refused(now: number): void;
}

const first = 8;
const least = 1;
/** Answers that take so many times as long as the quickest ones say that the server has enough to do. */
const busyFactor = 2;
const fullFactor = 4;
const sameRefusalMs = 1_000;

export function createParallelism(most: number): Parallelism {
  let limit = Math.min(first, most);
  /** Until the first sign of too much it doubles with each round, then it grows by one. */
  let isProbing = true;
  let quickest = Number.POSITIVE_INFINITY;
  let usual = 0;
  let refusedAt = Number.NEGATIVE_INFINITY;

  return {
    limit: () => Math.max(least, Math.floor(limit)),
    succeeded(inside, executionMs) {
      // A server may become slower for good: what was quick once is forgotten by and by.
      quickest = Math.min(executionMs, quickest * 1.01 + 0.01);
      usual = usual === 0 ? executionMs : usual * 0.8 + executionMs * 0.2;
      // Only who uses what there is finds out whether there is more.
      if (inside < Math.floor(limit)) return;
      if (usual > quickest * fullFactor + 50) return;
      if (usual > quickest * busyFactor + 50) isProbing = false;
      limit = Math.min(most, limit + (isProbing ? 1 : 1 / limit));
    },
    refused(now) {
      isProbing = false;
      if (Math.abs(now - refusedAt) < sameRefusalMs) return;
      refusedAt = now;
      limit = Math.max(least, limit / 2);
    },
  };
}

/** How long one waits for the other side, and how much one takes from it. */
export interface Limits {
  /** Tries of one request, the first included. */
  attempts: number;
  /** How often one takes being told to wait (429) for one request: that is no failure. */
  waits: number;
  /** Before the second try; doubles with each further one, and a random part of it is left out. */
  firstDelayMs: number;
  /** A longer `Retry-After` is not sat out here: it becomes a `throttled` fault that says when. */
  longestWaitMs: number;
  connectMs: number;
  headersMs: number;
  /** Between two pieces of a body. */
  bodyMs: number;
  /** Of a body as it comes over the wire. */
  maxBytes: number;
  /** Of a body after inflating. */
  maxInflatedBytes: number;
}

const mebibyte = 1 << 20;

/** For work that nobody waits for. Dataverse ends a query itself after two minutes. */
export const patientLimits: Limits = {
  attempts: 5,
  waits: Number.POSITIVE_INFINITY,
  firstDelayMs: 500,
  longestWaitMs: 10 * 60_000,
  connectMs: 10_000,
  headersMs: 130_000,
  bodyMs: 60_000,
  maxBytes: 64 * mebibyte,
  maxInflatedBytes: 128 * mebibyte,
};

/** For the checklist: an admin looks at it. */
export const promptLimits: Limits = {
  ...patientLimits,
  attempts: 2,
  waits: 1,
  firstDelayMs: 150,
  longestWaitMs: 1_500,
  connectMs: 5_000,
  headersMs: 10_000,
  bodyMs: 10_000,
};

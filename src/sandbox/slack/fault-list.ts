/**
 * A fault to play: the next `times` calls of `method` (`*` for any, `response_url` for those) are answered with
 * an error of Slack's, with an HTTP status, with 429 and `Retry-After`, by a connection that is torn off, or late;
 * late may be added to the others.
 */
export interface Fault {
  method: string;
  error?: string;
  status?: number;
  /** In seconds. */
  retryAfter?: number;
  delayMs?: number;
  /** The connection is torn off without an answer. */
  tornOff?: boolean;
  /** One when missing. */
  times?: number;
}

/** Faults that wait to be played, in the order they were handed in. */
export function createFaults() {
  const waiting: { fault: Fault; left: number }[] = [];
  return {
    play(fault: Fault): void {
      waiting.push({ fault, left: fault.times ?? 1 });
    },

    /** Nothing that waits is played any more. */
    forget(): void {
      waiting.length = 0;
    },

    /** The fault for this call, if any; it counts as played. */
    take(method: string): Fault | undefined {
      const found = waiting.find(({ fault }) => fault.method === method || fault.method === '*');
      if (!found) return undefined;
      found.left -= 1;
      if (found.left <= 0) waiting.splice(waiting.indexOf(found), 1);
      return found.fault;
    },
  };
}

export type Faults = ReturnType<typeof createFaults>;

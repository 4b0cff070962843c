/** What one user uses, or may use. */
export interface Amounts {
  requests: number;
  executionMs: number;
}

/** How much more there is than one server's budget, by what the servers say is left. */
export interface HintScale {
  note(left: { [Name in keyof Amounts]?: Amounts[Name] | undefined }, own: Amounts): void;
  /** Without a word of the servers: one server's. */
  limits(): Amounts;
}

const samples = 15;
/** With less than this used, the ratio says nothing. */
const least: Amounts = { requests: 50, executionMs: 20_000 };
const mostServers = 32;

/**
 * Requests are spread over several servers, each with a budget of its own and each telling only about itself. What we
 * have used altogether, over what one of them has seen, is how many there are; it also levels out that time on the
 * way counts as execution from here and not there. What a server has seen beyond our share is used by others.
 */
export function createHintScale(limits: Amounts): HintScale {
  const scales = { requests: createScale(limits.requests), executionMs: createScale(limits.executionMs) };
  const names = ['requests', 'executionMs'] as const;
  return {
    note(left, own) {
      for (const name of names) {
        const value = left[name];
        if (value !== undefined) scales[name].note(value, own[name], least[name]);
      }
    },
    limits: () => ({ requests: scales.requests.limit(), executionMs: scales.executionMs.limit() }),
  };
}

function createScale(whole: number) {
  let ratios: number[] = [];
  let foreign = 0;
  const servers = (): number => {
    const sorted = [...ratios].sort((a, b) => a - b);
    return Math.min(mostServers, Math.max(1, sorted[sorted.length >> 1] ?? 1));
  };
  return {
    note(left: number, own: number, enough: number): void {
      const seen = Math.max(0, whole - left);
      if (own >= enough) ratios = [...ratios, own / Math.max(seen, enough / mostServers)].slice(-samples);
      foreign = Math.max(0, seen - own / servers());
    },
    limit: () => Math.max(0, whole - foreign) * servers(),
  };
}

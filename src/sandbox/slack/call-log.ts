import type { Call } from './web-api.ts';

/** The log is for people and tests; an app that runs for days must not fill the memory with it. */
const MOST_CALLS = 10_000;

/** What the app called and answered. */
export function createCallLog() {
  const calls: Call[] = [];
  const log = (call: Call) => {
    calls.push(call);
    if (calls.length > MOST_CALLS) calls.splice(0, calls.length - MOST_CALLS);
  };
  return { calls, log };
}

import { Agent } from 'node:http';
import { serve } from './serve.ts';
import { summarize } from './statistics.ts';
import { send } from './timed-request.ts';

/** Asks the bot every so many milliseconds, whether it has answered the question before or not. */
const everyMs = 10;

const agent = new Agent({ keepAlive: true });
let timer: NodeJS.Timeout | undefined;
let answered: number[] = [];
let late: number[] = [];
let failed = 0;

const calls = {
  async start({ port }: { port: number }): Promise<void> {
    let due = performance.now() + everyMs;
    timer = setInterval(() => {
      const now = performance.now();
      late.push(Math.max(0, now - due));
      due = now + everyMs;
      send({ agent, port, method: 'GET', path: '/healthz' }).then(
        ({ ms, status }) => {
          if (status === 200) answered.push(ms);
          else failed += 1;
        },
        () => {
          failed += 1;
        },
      );
    }, everyMs);
  },

  /** What was measured since the last time; `late`: how far this process itself was behind, the noise. */
  async take() {
    const taken = { answers: summarize(answered), late: summarize(late), failed };
    answered = [];
    late = [];
    failed = 0;
    return taken;
  },

  async stop(): Promise<void> {
    clearInterval(timer);
  },
};

export type ProbeCalls = typeof calls;
serve(calls);

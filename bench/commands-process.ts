import { Agent, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serve } from './serve.ts';
import { commandBody, type Sent, signedHeaders, submissionBody } from './slack-requests.ts';
import { summarize } from './statistics.ts';
import { send } from './timed-request.ts';

/** Sends what Slack would send, straight to the bot, and takes the answers: nobody else's event loop counts. */
const everyMs = 25;

const kinds = ['status', 'help', 'submission'] as const;
type Kind = (typeof kinds)[number];

const agent = new Agent({ keepAlive: true });
let timer: NodeJS.Timeout | undefined;
let times = empty();
const failures: string[] = [];
let answers = 0;

/** Where the bot's answers go, as to Slack's `response_url`. */
const sink = createServer((request, response) => {
  request.resume().once('end', () => {
    answers += 1;
    response.writeHead(200, { 'content-type': 'text/plain' }).end('ok');
  });
});

interface Target {
  port: number;
  signingSecret: string;
  users: readonly string[];
}

const calls = {
  async start(target: Target): Promise<void> {
    await new Promise<void>((resolve) => sink.listen(0, '127.0.0.1', () => resolve()));
    const responseUrl = `http://127.0.0.1:${(sink.address() as AddressInfo).port}/answer`;
    let turn = 0;
    timer = setInterval(() => {
      const kind = kinds[turn % kinds.length] ?? 'status';
      const user = target.users[Math.floor(turn / kinds.length) % target.users.length] ?? '';
      turn += 1;
      void sendOne(target, kind, { user, responseUrl });
    }, everyMs);
  },

  /** What was measured since the last time. */
  async take() {
    if (failures.length > 0) throw new Error(`Not acknowledged as it should be: ${failures.join(', ')}`);
    const [status, help, submission] = kinds.map((kind) => summarize(times[kind]));
    const all = summarize(kinds.flatMap((kind) => times[kind]));
    const taken = { all, status, help, submission, answers };
    times = empty();
    answers = 0;
    return taken;
  },

  async stop(): Promise<void> {
    clearInterval(timer);
  },
};

async function sendOne({ port, signingSecret }: Target, kind: Kind, sent: Sent): Promise<void> {
  const body = kind === 'submission' ? submissionBody(sent) : commandBody(kind, sent);
  const headers = signedHeaders(signingSecret, body);
  try {
    const answer = await send({ agent, port, method: 'POST', path: '/slack/events', headers, body });
    const isRefused = answer.text.includes('"response_action":"errors"');
    if (answer.status === 200 && isRefused === (kind === 'submission')) times[kind].push(answer.ms);
    else failures.push(`${kind} with ${answer.status} ${answer.text.slice(0, 80)}`);
  } catch (error) {
    failures.push(`${kind}: ${String(error)}`);
  }
}

function empty(): Record<Kind, number[]> {
  return { status: [], help: [], submission: [] };
}

export type CommandsCalls = typeof calls;
serve(calls, async () => {
  sink.closeAllConnections();
});

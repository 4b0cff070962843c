import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Json } from '../../src/sandbox/slack/page-api.ts';
import type { Slack } from '../../src/sandbox/slack/slack.ts';
import { createHandClock, person, startWorkspace, TOM } from './slack-harness.ts';

interface Received {
  headers: IncomingHttpHeaders;
  body: Json;
}

let slack: Slack;
let server: Server;
let clock: ReturnType<typeof createHandClock>;
let received: Received[];
let answer: { status: number; headers?: Record<string, string> };
let arrived: () => void;

/** The next request to the app, the one with this number. */
const request = (number: number): Promise<Received> =>
  new Promise((resolve) => {
    const look = () => {
      const one = received[number];
      if (one) resolve(one);
    };
    arrived = look;
    look();
  });

beforeEach(async () => {
  clock = createHandClock();
  received = [];
  answer = { status: 500 };
  arrived = () => {};
  slack = await startWorkspace({ clock });
  server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    outgoing.writeHead(answer.status, answer.headers).end();
    received.push({ headers: incoming.headers, body: JSON.parse(Buffer.concat(chunks).toString()) as Json });
    arrived();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  slack.connectBot({ requestUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` });
});
afterEach(async () => {
  await slack.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('an event that is not taken comes again at once, after a minute and after five', async () => {
  await person(slack, TOM).message('hello');
  const first = await request(0);
  expect(first.headers).not.toHaveProperty('x-slack-retry-num');
  expect(first.body).toMatchObject({
    type: 'event_callback',
    team_id: 'T0CONTOSO',
    event: { type: 'message', channel_type: 'im', channel: 'D0TOM', user: TOM, text: 'hello' },
  });
  const again = await request(1);
  expect(again.headers).toMatchObject({ 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_error' });
  expect(again.body).toEqual(first.body);
  await clock.asleep(60_000);
  clock.advance(60_000);
  expect((await request(2)).headers['x-slack-retry-num']).toBe('2');
  answer = { status: 200 };
  await clock.asleep(300_000);
  clock.advance(300_000);
  expect((await request(3)).headers['x-slack-retry-num']).toBe('3');
});

test('an app that asks for no retry gets none', async () => {
  answer = { status: 500, headers: { 'x-slack-no-retry': '1' } };
  await person(slack, TOM).message('one');
  await request(0);
  await person(slack, TOM).message('two');
  expect((await request(1)).body).toMatchObject({ event: { text: 'two' } });
});

import { request } from 'undici';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { PageState, PanelState } from '../../src/sandbox/slack/page-api.ts';
import type { Slack } from '../../src/sandbox/slack/slack.ts';
import { person, startWorkspace, TOM } from './slack-harness.ts';

let slack: Slack;
const panel: PanelState = {
  credentials: { organization_url: 'https://x' },
  entities: [],
  actions: [],
  done: null,
};
const played: string[] = [];

beforeEach(async () => {
  slack = await startWorkspace({
    page: { read: async (path) => (path === '/' ? { type: 'text/html', body: '<h1>Slack</h1>' } : null) },
    panel: {
      state: async () => panel,
      act: async (id) => {
        played.push(id);
        return { ...panel, done: { en: id, ja: id } };
      },
    },
  });
});
afterEach(() => slack.close());

const get = (path: string, headers: Record<string, string> = {}) =>
  request(`${slack.origin}${path}`, { headers });
const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  request(`${slack.origin}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const statusOf = async (answer: ReturnType<typeof request>) => {
  const { statusCode, body } = await answer;
  await body.dump();
  return statusCode;
};

test('the page is served, and nothing else is', async () => {
  const { statusCode, headers, body } = await get('/');
  expect([statusCode, headers['content-type'], await body.text()]).toEqual([
    200,
    'text/html',
    '<h1>Slack</h1>',
  ]);
  for (const path of ['/page/none.js', '/other', '/sandbox/other', '//', '/api', '/sandbox/files/F1/x'])
    expect([path, await statusOf(get(path))]).toEqual([path, path === '/api' ? 200 : 404]);
  expect(await statusOf(post('/', {}))).toBe(405);
  expect(await statusOf(get('/sandbox/act'))).toBe(405);
  expect(await statusOf(post('/sandbox/state', {}))).toBe(405);
});

test('acts are done and the state is told', async () => {
  const answer = await post('/sandbox/act', { type: 'message', user: TOM, channel: 'C0RANDOM', text: 'hi' });
  expect(await answer.body.json()).toEqual({ ok: true });
  const { body } = await get(`/sandbox/state?user=${TOM}`);
  const state = (await body.json()) as PageState;
  expect(state.messages.C0RANDOM).toMatchObject([{ text: 'hi', user: TOM }]);
  expect(await statusOf(get('/sandbox/state?user=U404'))).toBe(404);
  expect(await statusOf(post('/sandbox/act', 'no act'))).toBe(400);
});

test('the panel shows and plays', async () => {
  expect(await (await get('/sandbox/panel')).body.json()).toEqual(panel);
  const answer = await post('/sandbox/panel/change.row', {});
  expect(await answer.body.json()).toMatchObject({ done: { en: 'change.row' } });
  expect(played).toEqual(['change.row']);
});

test('other sites and other names for this machine are refused', async () => {
  const act = { type: 'message', user: TOM, channel: 'C0RANDOM', text: 'evil' };
  expect(await statusOf(post('/sandbox/act', act, { origin: 'https://evil.example' }))).toBe(403);
  expect(await statusOf(get(`/sandbox/state?user=${TOM}`, { host: 'evil.example' }))).toBe(403);
  expect(await statusOf(get('/sandbox/panel', { 'sec-fetch-site': 'cross-site' }))).toBe(403);
  expect(await statusOf(post('/sandbox/act', act, { 'content-type': 'text/plain' }))).toBe(415);
  expect(person(slack, TOM).messages('#random')).toEqual([]);
  expect(await statusOf(post('/sandbox/act', act, { origin: slack.origin }))).toBe(200);
});

test('a stream tells the whole state at once and after every burst of changes', async () => {
  const { body, headers } = await get(`/sandbox/events?user=${TOM}`);
  expect(headers['content-type']).toContain('text/event-stream');
  const states: PageState[] = [];
  let text = '';
  for await (const chunk of body) {
    text += String(chunk);
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const data = text.slice(0, end).match(/^data: (.*)$/m)?.[1];
      if (data) states.push(JSON.parse(data) as PageState);
      text = text.slice(end + 2);
    }
    if (states.length === 1) {
      for (const word of ['one', 'two', 'three']) await person(slack, TOM).message(word, '#random');
    }
    if (states.length === 2) break;
  }
  expect(states[0]?.messages.C0RANDOM).toEqual([]);
  expect(states[1]?.messages.C0RANDOM?.map((message) => message.text)).toEqual(['one', 'two', 'three']);
  expect(states[1]?.revision).toBeGreaterThan(states[0]?.revision ?? 0);
});

import {
  type ConversationsListResponse,
  WebAPIPlatformError,
  WebAPIRateLimitedError,
  WebClient,
} from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { COVERAGE } from '../../src/sandbox/slack/coverage.ts';
import type { Slack } from '../../src/sandbox/slack/slack.ts';
import {
  AIKO,
  BOT,
  EVE,
  MARKETING,
  MIA,
  person,
  QUIET,
  SECRETS,
  startWorkspace,
  TOM,
} from './slack-harness.ts';

let slack: Slack;
let client: WebClient;

const clientFor = (token?: string) =>
  new WebClient(token, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: QUIET,
  });

/** Slack's error code of a refused call. */
async function codeOf(call: Promise<unknown>): Promise<unknown> {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return error instanceof WebAPIPlatformError ? error.data.error : error;
}

beforeEach(async () => {
  slack = await startWorkspace();
  client = clientFor(SECRETS.botToken);
});
afterEach(() => slack.close());

describe('who calls', () => {
  test('is asked for a token, the right one, of the right kind', async () => {
    expect(await codeOf(clientFor().auth.test())).toBe('not_authed');
    expect(await codeOf(clientFor('xoxb-other').auth.test())).toBe('invalid_auth');
    expect(await codeOf(clientFor(SECRETS.appToken).auth.test())).toBe('not_allowed_token_type');
    expect(await codeOf(client.apps.connections.open())).toBe('not_allowed_token_type');
    expect(await client.auth.test()).toMatchObject({
      user_id: BOT,
      team_id: 'T0CONTOSO',
      bot_id: 'B0SANDBOX',
    });
  });

  test('is refused a method whose scope was not granted', async () => {
    await slack.close();
    slack = await startWorkspace({ scopes: ['chat:write'] });
    client = clientFor(SECRETS.botToken);
    expect(await codeOf(client.users.info({ user: TOM }))).toBe('missing_scope');
    expect(await client.chat.postMessage({ channel: TOM, text: 'x' })).toMatchObject({ ok: true });
  });

  test('learns of every method that is not simulated', async () => {
    expect(await codeOf(client.apiCall('no.such.method'))).toBe('unknown_method');
    for (const [method, { supported, token }] of Object.entries(COVERAGE)) {
      const caller = token === 'app' ? clientFor(SECRETS.appToken) : client;
      const code = await codeOf(caller.apiCall(method));
      expect(code === 'unknown_method', method).toBe(!supported);
    }
  });
});

describe('people and conversations', () => {
  test('show role, locale and strangers', async () => {
    expect((await client.users.info({ user: AIKO, include_locale: true })).user).toMatchObject({
      is_admin: true,
      locale: 'ja-JP',
    });
    const eve = (await client.users.info({ user: EVE, include_locale: true })).user;
    expect(eve).toMatchObject({ is_stranger: true, team_id: 'T0FABRIKAM' });
    expect(eve).not.toHaveProperty('locale');
    expect(await codeOf(client.users.info({ user: 'U404' }))).toBe('user_not_found');
  });

  test('are listed in pages, private ones only where the app is in', async () => {
    const names: (string | undefined)[] = [];
    for await (const page of client.paginate('conversations.list', {
      limit: 2,
      types: 'public_channel,private_channel',
    })) {
      for (const { name } of (page as ConversationsListResponse).channels ?? []) names.push(name);
    }
    expect(names).toEqual(['marketing-ops', 'マーケティング', 'random', 'partners-shared']);
    expect(await codeOf(client.conversations.info({ channel: 'C0PRIVATE' }))).toBe('channel_not_found');
    const info = await client.conversations.info({
      channel: 'C0MAJAPAN',
      include_locale: true,
      include_num_members: true,
    });
    expect(info.channel).toMatchObject({ locale: 'ja-JP', num_members: 4, is_member: true });
  });
});

describe('messages', () => {
  test('go to channels, threads and direct messages, and come back', async () => {
    const dm = await client.chat.postMessage({ channel: TOM, text: 'hi' });
    expect(dm.channel).toBe('D0TOM');
    const root = await client.chat.postMessage({ channel: MARKETING, text: 'root' });
    const ts = String(root.ts);
    await client.chat.postMessage({ channel: MARKETING, thread_ts: ts, text: 'reply' });
    await client.chat.update({ channel: MARKETING, ts, text: 'edited' });
    expect((await client.conversations.history({ channel: MARKETING })).messages).toMatchObject([
      { text: 'edited', reply_count: 1, edited: { user: BOT } },
    ]);
    expect(
      (await client.conversations.replies({ channel: MARKETING, ts })).messages?.map(({ text }) => text),
    ).toEqual(['edited', 'reply']);
    const { permalink } = await client.chat.getPermalink({ channel: MARKETING, message_ts: ts });
    expect(permalink).toBe(
      `https://contoso-marketing.slack.com/archives/${MARKETING}/p${ts.replace('.', '')}`,
    );
    await client.chat.delete({ channel: MARKETING, ts });
    expect(await codeOf(client.chat.update({ channel: MARKETING, ts, text: 'x' }))).toBe('message_not_found');
  });

  test('are refused where the app may not write', async () => {
    const post = (channel: string, extra = {}) =>
      codeOf(client.chat.postMessage({ channel, text: 'x', ...extra }));
    expect(await post('C0RANDOM')).toBe('not_in_channel');
    expect(await post('C0PRIVATE')).toBe('channel_not_found');
    expect(await post('C404')).toBe('channel_not_found');
    expect(await post(BOT)).toBe('cannot_dm_bot');
    expect(await post(MARKETING, { thread_ts: '1.2' })).toBe('thread_not_found');
    await person(slack, TOM).command('/invite @Dynamics Sync', '#random');
    expect(await post('C0RANDOM')).toBeUndefined();
    const archived = slack.workspace.channels.get('C0RANDOM');
    if (archived) archived.is_archived = true;
    expect(await post('C0RANDOM')).toBe('is_archived');
  });

  test('of others cannot be changed, and too long or empty ones are refused', async () => {
    await person(slack, TOM).message('mine', '#marketing-ops');
    const [message] = person(slack, TOM).messages('#marketing-ops');
    const ts = message?.ts ?? '';
    expect(await codeOf(client.chat.update({ channel: MARKETING, ts, text: 'x' }))).toBe(
      'cant_update_message',
    );
    const own = String((await client.chat.postMessage({ channel: MARKETING, text: 'a' })).ts);
    const edit = (text: string) => codeOf(client.chat.update({ channel: MARKETING, ts: own, text }));
    expect(await edit('x'.repeat(4000))).toBeUndefined();
    expect(await edit('x'.repeat(4001))).toBe('msg_too_long');
    expect(await codeOf(client.chat.postMessage({ channel: MARKETING, text: '' }))).toBe('no_text');
  });

  test('over a limit name the place', async () => {
    const blocks = [{ type: 'section' as const, text: { type: 'mrkdwn' as const, text: 'x'.repeat(3001) } }];
    const call = client.chat.postMessage({ channel: MARKETING, text: 'x', blocks });
    expect(await codeOf(call)).toBe('invalid_blocks');
    const messages = ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'];
    expect(slack.calls.at(-1)).toMatchObject({
      method: 'chat.postMessage',
      ok: false,
      error: 'invalid_blocks',
      messages,
    });
  });

  test('for one person are seen by nobody else, and only in their conversation', async () => {
    await client.chat.postEphemeral({ channel: MARKETING, user: MIA, text: 'psst' });
    expect(person(slack, MIA).ephemerals()).toMatchObject([{ text: 'psst' }]);
    expect(person(slack, TOM).messages('#marketing-ops')).toEqual([]);
    expect((await client.conversations.history({ channel: MARKETING })).messages).toEqual([]);
    expect(await codeOf(client.chat.postEphemeral({ channel: MARKETING, user: EVE, text: 'x' }))).toBe(
      'user_not_in_channel',
    );
  });
});

test('a file is uploaded in three steps and stands in its message', async () => {
  await client.filesUploadV2({
    channel_id: MARKETING,
    filename: 'errors.csv',
    content: 'a,b\n1,2',
    initial_comment: 'The errors',
  });
  const [message] = person(slack, TOM).messages('#marketing-ops');
  expect(message).toMatchObject({
    text: 'The errors',
    files: [{ name: 'errors.csv', mimetype: 'text/csv', size: 7 }],
  });
  const response = await fetch(message?.files?.[0]?.url ?? '');
  expect(await response.text()).toBe('a,b\n1,2');
});

test('faults are played as often as asked for', async () => {
  slack.play({ method: 'chat.postMessage', retryAfter: 7 });
  slack.play({ method: '*', error: 'invalid_auth', times: 2 });
  slack.play({ method: 'team.info', status: 503 });
  const post = () => client.chat.postMessage({ channel: MARKETING, text: 'x' });
  const limited = await post().catch((error: unknown) => error);
  expect(limited).toBeInstanceOf(WebAPIRateLimitedError);
  expect(limited).toMatchObject({ retryAfter: 7 });
  expect(await codeOf(post())).toBe('invalid_auth');
  expect(await codeOf(client.auth.test())).toBe('invalid_auth');
  expect(await codeOf(post())).toBeUndefined();
  await expect(client.team.info()).rejects.toThrow('503');
  expect(await client.team.info()).toMatchObject({ ok: true });
});

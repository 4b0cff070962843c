import type { App, BlockAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { WebAPIPlatformError, WebClient } from '@slack/web-api';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Slack } from '../../src/sandbox/slack/slack.ts';
import {
  AIKO,
  createHandClock,
  EVE,
  MARKETING,
  MIA,
  person,
  QUIET,
  SECRETS,
  startSocketBot,
  startWorkspace,
  TOM,
} from './slack-harness.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });
const button = (action_id: string) => ({
  type: 'button' as const,
  action_id,
  text: plain(action_id),
  value: 'v',
});
const modal = (extra: Partial<ModalView> = {}): ModalView => ({
  type: 'modal',
  callback_id: 'm',
  title: plain('M'),
  submit: plain('Send'),
  blocks: [
    { type: 'actions', elements: [button('more')] },
    {
      type: 'input',
      block_id: 'name',
      label: plain('Name'),
      element: { type: 'plain_text_input', action_id: 'name', max_length: 5 },
    },
    {
      type: 'input',
      block_id: 'fields',
      optional: true,
      label: plain('Fields'),
      element: { type: 'external_select', action_id: 'fields', min_query_length: 2 },
    },
  ],
  ...extra,
});

let slack: Slack;
let client: WebClient;
let clock: ReturnType<typeof createHandClock>;
let stop: () => Promise<void>;
/** The bodies the bot was sent, and what it does about commands. */
let bodies: Record<string, unknown>[];
let responseUrl = '';

function register(app: App): void {
  app.use(async ({ body, next }) => {
    bodies.push(body as unknown as Record<string, unknown>);
    await next();
  });
  app.command('/dynamics', async ({ ack, command }) => {
    responseUrl = command.response_url;
    await ack();
  });
  app.action(/.*/, ({ ack }) => ack());
  app.view('m', ({ ack, view }) => {
    const name = view.state.values.name?.name?.value;
    if (name === 'push') return ack({ response_action: 'push', view: modal({ title: plain('Pushed') }) });
    return name === 'clear' ? ack({ response_action: 'clear' }) : ack();
  });
  app.options('fields', ({ ack, options }) => {
    const count = options.value === 'many' ? 101 : 3;
    return ack({
      options: Array.from({ length: count }, (_, index) => ({
        text: plain(`${options.value}${index}`),
        value: `${index}`,
      })),
    });
  });
}

const last = () => bodies.at(-1) as unknown as BlockAction & { view: { hash: string; id: string } };
const codeOf = (call: Promise<unknown>) =>
  call.then(
    () => undefined,
    (error: unknown) => (error instanceof WebAPIPlatformError ? error.data.error : error),
  );
const trigger = async () => {
  await person(slack, TOM).command('go');
  return last().trigger_id;
};
const open = async (extra: Partial<ModalView> = {}) =>
  client.views.open({ trigger_id: await trigger(), view: modal(extra) });
const respond = async (body: object) => {
  const response = await fetch(responseUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return [response.status, await response.text()] as const;
};

beforeEach(async () => {
  clock = createHandClock();
  bodies = [];
  slack = await startWorkspace({ clock });
  client = new WebClient(SECRETS.botToken, {
    slackApiUrl: slack.apiUrl,
    retryConfig: { retries: 0 },
    logger: QUIET,
  });
  stop = await startSocketBot(slack, register);
});
afterEach(async () => {
  await stop();
  await slack.close();
});

describe('a trigger', () => {
  test('opens one view, within three seconds', async () => {
    const trigger_id = await trigger();
    clock.advance(3000);
    expect(await codeOf(client.views.open({ trigger_id, view: modal() }))).toBeUndefined();
    expect(await codeOf(client.views.open({ trigger_id, view: modal() }))).toBe('exchanged_trigger_id');
    expect(await codeOf(client.views.open({ trigger_id: '1.2.3', view: modal() }))).toBe(
      'invalid_trigger_id',
    );
    const late = await trigger();
    clock.advance(3001);
    expect(await codeOf(client.views.open({ trigger_id: late, view: modal() }))).toBe('expired_trigger_id');
  });

  test('is not spent by a view over the limits', async () => {
    const trigger_id = await trigger();
    const wrong = modal({ title: plain('x'.repeat(25)) });
    expect(await codeOf(client.views.open({ trigger_id, view: wrong }))).toBe('invalid_arguments');
    expect(slack.calls.at(-1)?.messages).toEqual([
      '[ERROR] must be less than 25 characters [json-pointer:/view/title/text]',
    ]);
    const huge = modal({
      blocks: Array.from({ length: 100 }, () => ({
        type: 'section' as const,
        text: plain('あ'.repeat(1000)),
      })),
    });
    expect(await codeOf(client.views.open({ trigger_id, view: huge }))).toBe('view_too_large');
    expect(await codeOf(client.views.open({ trigger_id, view: modal() }))).toBeUndefined();
  });
});

describe('a view', () => {
  test('is updated by id or external id, keeps its id and minds the hash', async () => {
    const { view } = await open({ external_id: 'wizard' });
    const view_id = view?.id ?? '';
    const updated = await client.views.update({
      external_id: 'wizard',
      view: modal({ external_id: 'wizard' }),
      hash: view?.hash ?? '',
    });
    expect(updated.view?.id).toBe(view_id);
    expect(await codeOf(client.views.update({ view_id, view: modal(), hash: view?.hash ?? '' }))).toBe(
      'hash_conflict',
    );
    expect(await codeOf(client.views.update({ view_id: 'V404', view: modal() }))).toBe('not_found');
    await client.views.publish({ user_id: MIA, view: { type: 'home', external_id: 'taken', blocks: [] } });
    expect(await codeOf(client.views.update({ view_id, view: modal({ external_id: 'taken' }) }))).toBe(
      'duplicate_external_id',
    );
  });

  test('keeps what was typed where the input stays the same', async () => {
    const { view } = await open();
    const tom = person(slack, TOM);
    await tom.fill({ name: 'typed' });
    await client.views.update({ view_id: view?.id ?? '', view: modal({ title: plain('Anew') }) });
    await tom.press('more');
    expect(last().view.state.values.name?.name?.value).toBe('typed');
    await client.views.update({ view_id: view?.id ?? '', view: modal({ blocks: [] }) });
    await client.views.update({ view_id: view?.id ?? '', view: modal() });
    expect(await tom.submit()).toMatchObject({ errors: { name: 'Please complete this required field.' } });
  });

  test('lies upon others, at most three, and they close as told', async () => {
    const tom = person(slack, TOM);
    await open({ notify_on_close: true });
    expect(await tom.submit({ name: 'push' })).toMatchObject({ ok: true });
    await tom.press('more');
    await client.views.push({ trigger_id: last().trigger_id, view: modal({ title: plain('Third') }) });
    await tom.press('more');
    expect(await codeOf(client.views.push({ trigger_id: last().trigger_id, view: modal() }))).toBe(
      'push_limit_reached',
    );
    expect(await tom.submit({ name: 'push' })).toEqual({ ok: false, error: 'dispatch_failed' });
    const [first, second, third] = tom.state().views;
    const titles = [first, second, third].map((one) => one?.view.title);
    expect(titles).toMatchObject([{ text: 'M' }, { text: 'Pushed' }, { text: 'Third' }]);
    expect(last().view).toMatchObject({ root_view_id: first?.id, previous_view_id: second?.id });
    expect(await tom.submit({ name: 'close' })).toMatchObject({ ok: true });
    expect(tom.state().views).toHaveLength(2);
    await tom.close();
    expect(tom.topView()?.id).toBe(first?.id);
    await tom.submit({ name: 'clear' });
    expect(tom.state().views).toEqual([]);
    expect(bodies.filter(({ type }) => type === 'view_closed')).toEqual([]);
  });

  test('pushed from outside a modal is refused', async () => {
    expect(await codeOf(client.views.push({ trigger_id: await trigger(), view: modal() }))).toBe('not_found');
  });
});

describe('an external select', () => {
  test('asks from the minimum on, and shows nothing when the answer is over the limit', async () => {
    const tom = person(slack, TOM);
    await open();
    expect(await tom.suggest('fields', 'a')).toEqual([]);
    expect(last().type).not.toBe('block_suggestion');
    expect(await tom.suggest('fields', 'ab')).toMatchObject([{ value: '0' }, { value: '1' }, { value: '2' }]);
    expect(last()).toMatchObject({
      type: 'block_suggestion',
      action_id: 'fields',
      container: { type: 'view' },
    });
    expect(await tom.suggest('fields', 'many')).toEqual([]);
    expect(slack.calls.at(-1)).toMatchObject({ method: 'ack:block_suggestion', error: 'invalid_options' });
  });
});

describe('a response_url', () => {
  test('serves five times, privately unless told otherwise', async () => {
    await person(slack, TOM).command('go', '#marketing-ops');
    expect(await respond({ text: 'one' })).toEqual([200, 'ok']);
    expect(await respond({ text: 'two', response_type: 'in_channel' })).toEqual([200, 'ok']);
    expect(
      person(slack, AIKO)
        .messages('#marketing-ops')
        .map(({ text }) => text),
    ).toEqual(['two']);
    expect(
      person(slack, TOM)
        .messages('#marketing-ops')
        .map(({ text }) => text),
    ).toEqual(['one', 'two']);
    const [status, body] = await respond({ blocks: [{ type: 'x' }] });
    expect([status, JSON.parse(body).error]).toEqual([400, 'invalid_blocks']);
    await respond({ text: 'four' });
    await respond({ text: 'five' });
    expect(await respond({ text: 'six' })).toEqual([404, '{"ok":false,"error":"used_url"}']);
  });

  test('ends after half an hour', async () => {
    await person(slack, TOM).command('go');
    clock.advance(30 * 60_000);
    expect(await respond({ text: 'just in time' })).toEqual([200, 'ok']);
    clock.advance(1);
    expect((await respond({ text: 'late' }))[0]).toBe(404);
  });

  test('replaces and deletes the message it came from, ephemeral ones too', async () => {
    const mia = person(slack, MIA);
    const blocks = [{ type: 'actions' as const, elements: [button('again')] }];
    await client.chat.postEphemeral({ channel: MARKETING, user: MIA, text: 'card', blocks });
    await mia.press('again');
    responseUrl = last().response_url;
    expect(last()).toMatchObject({
      container: { is_ephemeral: true },
      actions: [{ value: 'v', action_id: 'again' }],
    });
    expect(last()).not.toHaveProperty('message');
    await respond({ text: 'new card', replace_original: true });
    expect(mia.ephemerals()).toMatchObject([{ text: 'new card', blocks: [] }]);
    await respond({ delete_original: true });
    expect(mia.ephemerals()).toEqual([]);
  });
});

describe('a stranger', () => {
  test('sees the shared channel only, may press but not command', async () => {
    const eve = person(slack, EVE);
    expect(eve.state().channels.map(({ name }) => name)).toEqual(['partners-shared']);
    expect(await eve.command('go', '#partners-shared')).toEqual({ ok: false, error: 'restricted_action' });
    await client.chat.postMessage({
      channel: 'C0PARTNERS',
      text: 'x',
      blocks: [{ type: 'actions', elements: [button('go')] }],
    });
    expect(await eve.press('go')).toMatchObject({ ok: true });
    expect(last().user).toMatchObject({ id: EVE, team_id: 'T0FABRIKAM' });
    await expect(eve.message('x', '#random')).rejects.toThrow('not in the conversation');
    expect(await slack.act({ type: 'message', user: EVE, channel: 'C0RANDOM', text: 'x' })).toEqual({
      ok: false,
      error: 'channel_not_found',
    });
  });
});

describe('a person', () => {
  test('is refused what is not there', async () => {
    const tom = person(slack, TOM, { patienceMs: 20 });
    await expect(tom.press('nothing')).rejects.toThrow(
      'Tom Becker sees no "nothing" to use. What is there: nothing.',
    );
    await expect(tom.submit()).rejects.toThrow('no modal open');
    await open();
    await expect(tom.fill({ nowhere: 'x' })).rejects.toThrow(
      'There is no input "nowhere". There are: name, fields.',
    );
    await expect(tom.fill({ fields: 'unknown' })).rejects.toThrow('has no option "unknown"');
    await expect(tom.press('more', { confirm: true })).rejects.toThrow('asks for no confirmation');
    expect(await tom.submit({ name: 'too long' })).toMatchObject({
      errors: { name: 'Please enter at most 5 characters.' },
    });
    await expect(tom.waitForView('other')).rejects.toThrow(
      /20 ms were not enough for the modal other\. Before Tom Becker stands the modal:\nM/,
    );
  });

  test('cannot use what another has before them', async () => {
    await open();
    const view_id = person(slack, TOM).topView()?.id ?? '';
    expect(await slack.act({ type: 'view_submission', user: MIA, view_id, values: {} })).toEqual({
      ok: false,
      error: 'view_not_found',
    });
    expect(await slack.act({ type: 'nonsense' } as never)).toEqual({ ok: false, error: 'unknown_act' });
    expect(await slack.act({ type: 'view_closed', user: TOM, view_id } as never)).toEqual({
      ok: false,
      error: 'invalid_act:  missing required field: is_cleared',
    });
    expect(await person(slack, TOM).command('/other x')).toEqual({ ok: false, error: 'invalid_command' });
  });
});

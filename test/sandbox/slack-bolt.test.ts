import type { App, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import type { ModalView } from '@slack/types';
import { afterEach, describe, expect, test } from 'vitest';
import type { Slack } from '../../src/sandbox/slack/slack.ts';
import {
  AIKO,
  BOT,
  createHandClock,
  MARKETING,
  person,
  startHttpBot,
  startSocketBot,
  startWorkspace,
  TOM,
} from './slack-harness.ts';

const plain = (text: string) => ({ type: 'plain_text' as const, text });

const setupModal = (title = 'Connect'): ModalView => ({
  type: 'modal',
  callback_id: 'credentials',
  title: plain(title),
  submit: plain('Check'),
  notify_on_close: true,
  blocks: [
    {
      type: 'input',
      block_id: 'organization_url',
      label: plain('URL'),
      element: { type: 'plain_text_input', action_id: 'organization_url' },
    },
    {
      type: 'input',
      block_id: 'fields.lead',
      optional: true,
      label: plain('Fields'),
      element: {
        type: 'multi_external_select',
        action_id: 'fields.lead',
        min_query_length: 0,
        initial_options: [{ text: plain('Email'), value: 'emailaddress1' }],
      },
    },
    {
      type: 'input',
      block_id: 'acknowledge',
      label: plain('I know'),
      element: {
        type: 'checkboxes',
        action_id: 'acknowledge',
        options: [
          { text: plain('A'), value: 'a' },
          { text: plain('B'), value: 'b' },
        ],
      },
    },
    {
      type: 'input',
      block_id: 'notify_channel',
      label: plain('Channel'),
      element: {
        type: 'conversations_select',
        action_id: 'notify_channel',
        default_to_current_conversation: true,
        response_url_enabled: true,
      },
    },
  ],
});

const card = (text: string) => [
  { type: 'section' as const, text: { type: 'mrkdwn' as const, text } },
  {
    type: 'actions' as const,
    block_id: 'card',
    elements: [
      {
        type: 'button' as const,
        action_id: 'organization.confirm',
        text: plain('Confirm'),
        style: 'danger' as const,
        value: 'org-1',
        confirm: {
          title: plain('Sure?'),
          text: plain('This cannot be undone.'),
          confirm: plain('Yes'),
          deny: plain('No'),
        },
      },
      { type: 'button' as const, action_id: 'organization.change', text: plain('Change') },
    ],
  },
];

/** A small app that goes through everything once. */
function register(app: App): void {
  app.command('/dynamics', async ({ command, ack, client }) => {
    if (command.text === 'help') return ack('Words: setup');
    if (command.text === 'broken') return ack({ blocks: [{ type: 'nonsense' }] } as never);
    await ack();
    await client.views.open({ trigger_id: command.trigger_id, view: setupModal() });
  });
  app.options('fields.lead', async ({ options, ack }) => {
    const all = ['emailaddress1', 'firstname', 'lastname'].filter((name) => name.includes(options.value));
    await ack({ options: all.map((value) => ({ text: plain(value), value })) });
  });
  app.view<ViewSubmitAction>(
    { callback_id: 'credentials', type: 'view_submission' },
    async ({ ack, view, client, body }) => {
      const url = view.state.values.organization_url?.organization_url?.value ?? '';
      if (!url.startsWith('https://'))
        return ack({ response_action: 'errors', errors: { organization_url: 'Must start with https://' } });
      if (url.includes('wrong-key')) return ack({ response_action: 'errors', errors: { nowhere: 'x' } });
      await ack({ response_action: 'update', view: { ...setupModal('Checked'), external_id: 'checked' } });
      const fields = view.state.values['fields.lead']?.['fields.lead']?.selected_options?.map(
        ({ value }) => value,
      );
      const ticks = view.state.values.acknowledge?.acknowledge?.selected_options?.length;
      const channel = body.response_urls?.[0]?.channel_id ?? '';
      await client.chat.postMessage({
        channel,
        text: `Fields ${fields?.join('+')} ticks ${ticks}`,
        blocks: card(`Is *${url}* yours?`),
      });
    },
  );
  app.view<ViewClosedAction>(
    { callback_id: 'credentials', type: 'view_closed' },
    async ({ ack, body, client }) => {
      await ack();
      await client.chat.postMessage({ channel: body.user.id, text: `Closed, cleared ${body.is_cleared}` });
    },
  );
  app.action('organization.confirm', async ({ ack, body, respond, client }) => {
    await ack();
    if (body.type !== 'block_actions' || !body.message || !body.channel) throw new Error('no message');
    const { channel, message } = body;
    await client.chat.update({ channel: channel.id, ts: message.ts, text: 'Locked', blocks: [] });
    await client.chat.postMessage({ channel: channel.id, thread_ts: message.ts, text: 'Done' });
    await respond({ text: 'Only you see this', response_type: 'ephemeral', replace_original: false });
  });
  app.event('app_mention', async ({ event, client }) => {
    await client.chat.postMessage({ channel: event.channel, thread_ts: event.ts, text: 'You called?' });
  });
  app.message('hello', async ({ say }) => {
    await say('Hello yourself');
  });
  app.event('app_home_opened', async ({ event, client }) => {
    const view = { type: 'home' as const, blocks: card('Home') };
    await client.views.publish({ user_id: event.user, view });
  });
  app.event('user_change', async ({ event, client }) => {
    await client.chat.postMessage({ channel: event.user.id, text: `admin ${event.user.is_admin}` });
  });
  app.shortcut('open_setup', async ({ ack, shortcut, client }) => {
    await ack();
    await client.views.open({ trigger_id: shortcut.trigger_id, view: setupModal('By shortcut') });
  });
}

let slack: Slack;
let stop: () => Promise<void> = async () => {};

afterEach(async () => {
  await stop();
  await slack.close();
  stop = async () => {};
});

const ways = [
  ['signed HTTP', startHttpBot],
  ['Socket Mode', startSocketBot],
] as const;

describe.each(ways)('a Bolt app over %s', (_, startBot) => {
  const start = async () => {
    slack = await startWorkspace();
    stop = await startBot(slack, register);
    return person(slack, TOM);
  };

  test('answers a command privately', async () => {
    const tom = await start();
    const result = await tom.command('help', '#marketing-ops');
    expect(result).toMatchObject({ ok: true, ack_ms: expect.any(Number) });
    expect(tom.ephemerals()).toMatchObject([{ channel: MARKETING, user: BOT, text: 'Words: setup' }]);
    expect(person(slack, AIKO).messages('#marketing-ops')).toEqual([]);
  });

  test('goes from the command through the modal and the message to the thread', async () => {
    const tom = await start();
    await tom.command('/dynamics setup', '#marketing-ops');
    await tom.waitForView('credentials');
    await expect(tom.submit({ organization_url: 'x' })).resolves.toMatchObject({
      errors: { acknowledge: 'Please complete this required field.' },
    });
    const refused = await tom.submit({ acknowledge: 'all' });
    expect(refused).toMatchObject({ ok: true, errors: { organization_url: 'Must start with https://' } });
    const fields = ['emailaddress1', 'lastname'];
    const accepted = await tom.submit({
      organization_url: 'https://contoso.crm.dynamics.com',
      'fields.lead': fields,
    });
    expect(accepted).toMatchObject({ ok: true });
    expect(tom.topView()?.view).toMatchObject({ title: { text: 'Checked' }, external_id: 'checked' });

    const message = await tom.waitForMessage('Fields emailaddress1+lastname ticks 2');
    expect(message.channel).toBe(MARKETING);
    await expect(tom.press('organization.confirm')).rejects.toThrow('asks to confirm');
    await tom.press('organization.confirm', { confirm: true });
    expect(tom.confirms.at(-1)).toBe('Sure?\nThis cannot be undone.');
    await tom.waitForMessage('Only you see this');
    const [root, reply] = person(slack, AIKO).messages('#marketing-ops');
    expect(root).toMatchObject({
      text: 'Locked',
      blocks: [],
      reply_count: 1,
      edited: { ts: expect.any(String) },
    });
    expect(reply).toMatchObject({ text: 'Done', thread_ts: root?.ts });
    expect(slack.calls.filter(({ ok }) => !ok)).toEqual([]);
  });

  test('hears of closed views, messages, mentions, App Home, shortcuts and changed people', async () => {
    const tom = await start();
    await tom.shortcut('open_setup');
    await tom.waitForView(({ view }) => JSON.stringify(view.title).includes('By shortcut'));
    await tom.close({ all: true });
    await tom.waitForMessage('Closed, cleared true');
    await tom.message('hello');
    await tom.waitForMessage('Hello yourself');
    await tom.message('@Dynamics Sync status', '#marketing-ops');
    expect(await tom.waitForMessage('You called?')).toMatchObject({ channel: MARKETING });
    await tom.openHome();
    await tom.waitForHome(({ view }) => view.type === 'home');
    slack.changeUser(TOM, { is_admin: false });
    await tom.waitForMessage('admin false');
  });

  test('is told off for what Slack cannot use', async () => {
    const tom = await start();
    expect(await tom.command('broken')).toEqual({ ok: false, error: 'dispatch_failed' });
    await tom.command('setup');
    const form = { acknowledge: true, organization_url: 'https://wrong-key' };
    await tom.waitForView('credentials');
    expect(await tom.submit(form)).toEqual({ ok: false, error: 'dispatch_failed' });
    expect(slack.calls.filter(({ ok }) => !ok)).toMatchObject([
      {
        method: 'ack:/dynamics',
        messages: ['[ERROR] unsupported type: nonsense [json-pointer:/blocks/0/type]'],
      },
      { method: 'ack:view_submission', error: 'invalid_errors' },
    ]);
  });
});

test('a signature by another secret is refused by Bolt', async () => {
  slack = await startWorkspace();
  stop = await startHttpBot(slack, register, 'another-secret');
  expect(await person(slack, TOM).command('help')).toEqual({ ok: false, error: 'dispatch_failed' });
});

test('what is not acknowledged within three seconds times out', async () => {
  const clock = createHandClock();
  slack = await startWorkspace({ clock });
  let arrived = () => {};
  const came = new Promise<void>((resolve) => {
    arrived = resolve;
  });
  stop = await startSocketBot(slack, (app) => app.command('/dynamics', async () => arrived()));
  const result = person(slack, TOM).command('help');
  await came;
  clock.advance(3000);
  expect(await result).toEqual({ ok: false, error: 'operation_timeout' });
});

test('the socket is opened again after it was dropped', async () => {
  slack = await startWorkspace();
  stop = await startSocketBot(slack, register);
  const tom = person(slack, TOM);
  for (const reason of [undefined, 'refresh_requested'] as const) {
    const opened = slack.calls.filter(({ method }) => method === 'apps.connections.open').length;
    slack.dropSocket(reason);
    await tom.waitFor('the socket to be gone', ({ bot_connected }) => !bot_connected);
    await tom.waitFor('the socket to be back', ({ bot_connected }) => bot_connected);
    expect(slack.calls.filter(({ method }) => method === 'apps.connections.open')).toHaveLength(opened + 1);
    expect(await tom.command('help')).toMatchObject({ ok: true });
  }
});

test('without an app, a command fails and a message is simply said', async () => {
  slack = await startWorkspace();
  const tom = person(slack, TOM);
  expect(await tom.command('help')).toEqual({ ok: false, error: 'dispatch_failed' });
  expect(await tom.message('anybody?')).toEqual({ ok: true });
  expect(tom.state().bot_connected).toBe(false);
});

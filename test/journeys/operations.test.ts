import { SMTPServer } from 'smtp-server';
import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import {
  channel,
  chooseFields,
  completion,
  connect,
  hasButton,
  openStage,
  privateAnswer,
  requestStart,
  startSync,
  until,
} from './stage.ts';

const get = async (port: number, path: string) => {
  const answer = await fetch(`http://127.0.0.1:${port}${path}`);
  return { status: answer.status, text: await answer.text() };
};

test.each(['http', 'socket'] as const)('operators see that it is well, in %s mode', async (mode) => {
  const stage = await openStage({ mode });
  const { port } = stage.bot();
  expect(await get(port, '/healthz')).toEqual({ status: 200, text: 'ok\n' });
  expect(await get(port, '/readyz')).toEqual({ status: 200, text: 'ready\n' });
  expect((await get(port, '/metrics')).text).toContain('dynamics_sync_step{step="new"} 1');
  expect((await get(port, '/')).status).toBe(404);
  await startSync(stage, stage.tom);
  await completion(stage.tom);
  const { text } = await get(port, '/metrics');
  expect(text).toContain('dynamics_sync_step{step="running"} 1');
  expect(text).toContain('dynamics_sync_rows_stored{entity="contact"} 800');
});

test('what is not signed by Slack is refused and does nothing', async () => {
  const { bot, world } = await openStage();
  const body = new URLSearchParams({
    command: '/dynamics',
    text: 'setup',
    user_id: 'U0TOM',
    channel_id: 'C0MARKETING',
    trigger_id: '1',
  });
  const url = `http://127.0.0.1:${bot().port}/slack/events`;
  const calls = world.slack.calls.length;
  const unsigned = await fetch(url, { method: 'POST', body });
  const forged = await fetch(url, {
    method: 'POST',
    body,
    headers: {
      'x-slack-signature': `v0=${'0'.repeat(64)}`,
      'x-slack-request-timestamp': String(Math.floor(Date.now() / 1000)),
    },
  });
  expect([unsigned.status, forged.status]).toEqual([401, 401]);
  expect(world.slack.calls).toHaveLength(calls);
});

test('the completion and a stop also come by mail, once each, in the language of the admin', async () => {
  const mails: string[] = [];
  let isBusy = true;
  const server = new SMTPServer({
    authOptional: true,
    onRcptTo(_address, _session, callback) {
      // The first time it is asked to come back later.
      callback(isBusy ? Object.assign(new Error('try again later'), { responseCode: 451 }) : undefined);
      isBusy = false;
    },
    disabledCommands: ['STARTTLS'],
    onData(stream, _session, callback) {
      let text = '';
      stream.on('data', (chunk: Buffer) => {
        text += chunk.toString();
      });
      stream.on('end', () => {
        mails.push(text);
        callback();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  const address = server.server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  try {
    const stage = await openStage({
      environment: { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'sync@contoso.example' },
    });
    const { tom, world } = stage;
    await connect(stage, tom);
    await tom.press('organization.confirm', { confirm: true });
    await tom.waitForMessage(hasButton('fields.edit'));
    await chooseFields(tom);
    await requestStart(tom, { email: 'team@contoso.example' });
    await tom.press('start.confirm', { confirm: true });
    await completion(tom);
    await until('the mail has come', () => mails.length > 0);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toContain('To: team@contoso.example');
    expect(mails[0]).toContain('Total: 2,000 rows stored');
    const [app] = world.entra.tenants[0]?.apps ?? [];
    if (app) app.secrets = [];
    world.entra.revokeTokens();
    await until('the other mail has come', () => mails.length > 1);
    expect(mails[1]).toMatch(/Subject: \S*Sync_of_Contoso/);
    expect(mails[1]).toContain('client secret');
    expect(mails[1]).not.toMatch(/[`*]|<!|&amp;/);
  } finally {
    await new Promise<void>((resolve) => server.close(() => resolve()));
  }
});

test('the history says who did what', async () => {
  const stage = await openStage();
  await startSync(stage, stage.tom);
  await completion(stage.tom);
  await privateAnswer(stage.mia, () => stage.mia.command('/dynamics pause', channel));
  const history = await privateAnswer(stage.aiko, () => stage.aiko.command('/dynamics history', channel));
  expect(history).toContain('<@U0TOM>');
  expect(history).toContain('<@U0MIA>');
});

test('validate checks the stored credentials, privately, and the modal checks others and stores nothing', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await tom.command('/dynamics validate', channel);
  await tom.waitForView('validate');
  await tom.submit(world.credentials);
  await tom.waitForView(({ view }) => !view.submit && JSON.stringify(view).includes('All checks passed'));
  await tom.close();
  expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toMatch(/not connected/i);
  await connect(stage, tom);
  expect(await privateAnswer(tom, () => tom.command('/dynamics 検証', channel))).toContain(
    'All checks passed',
  );
});

test('the home shows the next step to an admin, and no controls to others', async () => {
  const stage = await openStage();
  const { tom, mia } = stage;
  await tom.openHome();
  const home = await tom.waitForHome((view) => JSON.stringify(view).includes('credentials.edit'));
  expect(home).toBeDefined();
  await mia.openHome();
  const others = await mia.waitForHome(() => true);
  const pressed = [...JSON.stringify(others).matchAll(/"action_id":"([^"]+)"/g)].map(([, name]) => name);
  expect(pressed).toEqual(['access.ask', 'home.language']);
  await tom.press('credentials.edit');
  await tom.waitForView('credentials');
});

test('where messages cannot be edited, the card comes anew and the completion still arrives', async () => {
  const stage = await openStage();
  stage.world.slack.play({ method: 'chat.update', error: 'edit_window_closed', times: 1_000 });
  await startSync(stage, stage.tom);
  await completion(stage.tom);
});

test('a progress message that was deleted goes on in a new one, and the completion is a reply to that', async () => {
  const stage = await openStage({ dataverse: { rows: 6_000, latencyMs: 300 } });
  const { tom, world } = stage;
  await startSync(stage, tom);
  const first = await tom.waitForMessage(
    (message) => /Initial sync running/.test(messageWords(message)) && message.edited,
  );
  world.slack.play({ method: 'chat.update', error: 'message_not_found', times: 1 });
  const reply = await completion(tom);
  expect(reply.thread_ts).not.toBe(first.ts);
  const second = tom.messages(channel).find(({ ts }) => ts === reply.thread_ts);
  expect(second && messageWords(second)).toMatch(/Initial sync completed/);
});

test('when its channel is archived, the progress goes on in the direct message, and so does its end', async () => {
  const stage = await openStage({ dataverse: { rows: 6_000, latencyMs: 300 } });
  const { tom, world } = stage;
  await startSync(stage, tom);
  await tom.waitForMessage((message) => /Initial sync running/.test(messageWords(message)) && message.edited);
  const where = world.slack.workspace.channels.get('C0MARKETING');
  if (!where) throw new Error('no channel');
  where.is_archived = true;
  const reply = await completion(tom);
  expect(reply.channel).toBe('D0TOM');
  const root = tom.messages().find(({ channel: at, ts }) => at === 'D0TOM' && ts === reply.thread_ts);
  expect(root && messageWords(root)).toMatch(/Initial sync completed/);
});

test('whoever is named in ADMIN_USERS is an admin, unless they are a guest', async () => {
  const stage = await openStage({ environment: { ADMIN_USERS: 'U0MIA,U0GARY' } });
  const { mia, world } = stage;
  await connect(stage, mia);
  const gary = stage.person('U0GARY');
  expect(gary.state().me.is_restricted).toBe(true);
  const [where] = gary.state().channels.filter(({ kind }) => kind === 'channel');
  expect(await privateAnswer(gary, () => gary.command('/dynamics setup', where?.name))).toContain('<@U0MIA>');
  // Slack says that somebody has changed: what was known of them is forgotten at once.
  world.slack.changeUser('U0MIA', { is_restricted: true });
  const refused = await privateAnswer(mia, () => mia.command('/dynamics setup', channel));
  expect(refused).not.toContain('<@U0MIA>');
});

test('a second admin sees how far the first one has come', async () => {
  const stage = await openStage();
  const { tom, aiko, world } = stage;
  await connect(stage, tom);
  await aiko.command('/dynamics setup', 'マーケティング');
  const card = await aiko.waitForMessage(
    (message) => message.channel === 'C0MAJAPAN' && hasButton('organization.confirm')(message),
  );
  expect(messageWords(card)).toContain(world.dataverse.organization.friendlyName);
  expect(messageWords(card)).toContain('<@U0TOM>');
  expect(aiko.topView()).toBeUndefined();
});

import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { visibleWords } from '../../src/sandbox/slack/visible-words.ts';
import { postSigned } from './signed.ts';
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

test.each(['http', 'socket'] as const)(
  'no secret is in the log, however much is logged, in %s mode',
  async (mode) => {
    const stage = await openStage({ mode, environment: { LOG_LEVEL: 'debug' } });
    await connect(stage, stage.tom);
    const log = stage.bot().lines.join('\n');
    expect(log).toContain('"msg"');
    expect(log).not.toContain(stage.world.credentials.client_secret);
    expect(log).not.toMatch(/xoxb-|xapp-|Bearer /);
  },
);

test('it stops with 0 while Slack hangs in the middle of the copy', async () => {
  const stage = await openStage({ dataverse: { rows: 30_000, latencyMs: 100 } });
  await startSync(stage, stage.tom);
  stage.world.slack.play({ method: 'chat.update', delayMs: 20_000, times: 100 });
  await until('an edit hangs', () => stage.sql('SELECT count(*) AS n FROM contact')[0]?.n !== 0);
  expect(await stage.bot().stop()).toBe(0);
});

test('people of another company are told nothing, wherever they ask', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  const eve = stage.person('U0EVE');
  const answer = await privateAnswer(eve, () => eve.message('<@U0SYNC> status', 'partners-shared'));
  for (const inside of [world.dataverse.organization.friendlyName, 'Contact', 'rows'])
    expect(answer).not.toContain(inside);
  await tom.message('<@U0SYNC> setup', 'partners-shared');
  await until('the card is in the direct message', () =>
    tom.messages().some((message) => message.channel === 'D0TOM' && hasButton('sync.pause')(message)),
  );
  expect(
    eve.messages('partners-shared').filter(({ user }) => user === 'U0SYNC' && !answer.includes(user)).length,
  ).toBe(eve.ephemerals().length);
});

test('a poor Slack, which knows little more than messages and modals, is enough', async () => {
  const stage = await openStage();
  const { tom, mia, world } = stage;
  for (const method of ['conversations.info', 'users.list', 'files.getUploadURLExternal', 'views.publish'])
    world.slack.play({ method, status: 404, times: 100_000 });
  await tom.openHome();
  await startSync(stage, tom);
  await completion(tom);
  const status = await privateAnswer(tom, () => tom.command('/dynamics status', channel));
  expect(status).toContain('Contact | 800');
  expect(status).toContain('The picture of the last 24 hours is left out');
  expect(await privateAnswer(mia, () => mia.command('/dynamics pause', channel))).toContain('ask <@U0TOM>');
});

test('who clicks while Slack is slow is asked to try again, and a thread is answered in the thread', async () => {
  const stage = await openStage();
  const { tom, mia, world } = stage;
  world.slack.play({ method: 'views.open', error: 'expired_trigger_id' });
  expect(await privateAnswer(tom, () => tom.command('/dynamics setup', channel))).toContain('took too long');
  await tom.message('Shall we?', channel);
  const root = await tom.waitForMessage(/Shall we/);
  await privateAnswer(mia, () => mia.message('<@U0SYNC> status', channel, root.ts));
  expect(mia.ephemerals().at(-1)?.thread_ts).toBe(root.ts);
});

test('while the bot cannot save anything nothing changes, people are told so, and nobody hears a thing twice', async () => {
  const stage = await openStage({ dataverse: { rows: 6_000, latencyMs: 100 } });
  const { tom, mia, world } = stage;
  await startSync(stage, tom);
  await tom.waitForMessage(/Initial sync running/);
  const blocked = join(world.dataDir, '.state.json.tmp');
  // Where the file is written before it takes the place of the old one; not while it is.
  await until('it is blocked', () => {
    mkdirSync(blocked);
    return true;
  });
  expect(await privateAnswer(tom, () => tom.command('/dynamics pause', channel))).toContain(
    'cannot save its own data',
  );
  expect(await privateAnswer(mia, () => mia.command('/dynamics pause', channel))).toContain('Only admins');
  const tried = () => stage.bot().lines.filter((line) => line.includes('The setup could not be moved'));
  await until('the copy has ended, and it could not be saved twice', () => tried().length > 1);
  expect(tom.messages(channel).filter((message) => messageWords(message).includes('has completed'))).toEqual(
    [],
  );
  rmSync(blocked, { recursive: true });
  await completion(tom);
  expect(await privateAnswer(tom, () => tom.command('/dynamics pause', channel))).toContain('Paused');
});

test('words that need a modal bring a button where there is no way to open one', async () => {
  const stage = await openStage();
  const { tom } = stage;
  await tom.message('validate');
  await tom.waitForMessage((message) => message.channel === 'D0TOM' && hasButton('validate.again')(message));
  await tom.press('validate.again');
  await tom.waitForView('validate');
  await tom.close();
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await tom.message('credentials');
  const opener = await tom.waitForMessage(
    (message) => message.channel === 'D0TOM' && hasButton('credentials.edit')(message),
  );
  await tom.press('credentials.edit', { message: opener });
  const modal = await tom.waitForView('credentials');
  expect(visibleWords(modal.view)).toContain(stage.world.dataverse.organization.friendlyName);
  await tom.close();
  await tom.message('<@U0SYNC> fields');
  const fields = await tom.waitForMessage(
    (message) => message.channel === 'D0TOM' && hasButton('fields.edit')(message),
  );
  await tom.press('fields.edit', { message: fields });
  await tom.waitForView('fields');
});

test('after a restart the card and the start modal still know the rows', async () => {
  const stage = await openStage();
  const { tom } = stage;
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom);
  await stage.killAndRestart();
  await tom.command('/dynamics setup', channel);
  await tom.waitForMessage((message) => messageWords(message).includes('Contact: 800 rows'));
  await tom.press('start.review');
  const modal = await tom.waitForView(({ view }) => JSON.stringify(view).includes('notify_channel'));
  expect(visibleWords(modal.view)).toContain('Total: 2,000 rows');
});

test('an answer finds another way when Slack takes it no longer where it was asked', async () => {
  const stage = await openStage();
  stage.world.slack.play({ method: 'response_url', status: 404, times: 10 });
  expect(await privateAnswer(stage.mia, () => stage.mia.command('/dynamics help', channel))).toContain(
    'status',
  );
});

test('a Japanese admin reads Japanese in the direct message', async () => {
  const stage = await openStage();
  const card = await connect(stage, stage.aiko, 'D0AIKO');
  expect(card.channel).toBe('D0AIKO');
  expect(messageWords(card)).toContain('取り消せません');
});

test('new credentials while the sync runs pause it, and the modal says how to go on', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  await tom.command('/dynamics credentials', channel);
  await tom.waitForView('credentials');
  await tom.submit(world.credentials);
  const modal = await tom.waitForView(
    ({ view }) => !view.submit && JSON.stringify(view).includes('All checks passed'),
  );
  expect(visibleWords(modal.view)).toContain('paused');
  await tom.close();
  const card = await tom.waitForMessage(hasButton('sync.resume'));
  await tom.press('sync.resume', { message: card });
  await tom.waitForMessage(
    (message) => hasButton('status.refresh')(message) && /Running/.test(messageWords(message)),
  );
});

test('a channel shared with another company is refused on the input', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom);
  await tom.press('start.review');
  const modal = await tom.waitForView(({ view }) => JSON.stringify(view).includes('notify_channel'));
  const values = {
    notify_channel: { notify_channel: { type: 'conversations_select', selected_conversation: 'C0PARTNERS' } },
    email: { email: { type: 'email_text_input', value: 'no address' } },
    acknowledge: { acknowledge: { type: 'checkboxes', selected_options: [] } },
  };
  // The client offers no such channel; a forged submission is refused all the same.
  const payload = {
    type: 'view_submission',
    team: { id: 'T0CONTOSO' },
    user: { id: 'U0TOM', team_id: 'T0CONTOSO' },
    view: { ...modal.view, id: modal.id, state: { values } },
  };
  const refused = await postSigned(stage, payload);
  expect(Object.keys(JSON.parse(refused.text).errors).sort()).toEqual(['acknowledge', 'email']);
  const corrected = {
    ...values,
    email: {},
    acknowledge: { acknowledge: { selected_options: ['1', '2', '3'].map((value) => ({ value })) } },
  };
  const shared = await postSigned(stage, {
    ...payload,
    view: { ...payload.view, state: { values: corrected } },
  });
  expect(Object.keys(JSON.parse(shared.text).errors)).toEqual(['notify_channel']);
  expect(
    world.slack.calls.some(
      ({ method, args }) => method === 'chat.update' && JSON.stringify(args).includes('start.confirm'),
    ),
  ).toBe(false);
  await tom.close();
  await requestStart(tom);
});

test('payloads with parts missing are acknowledged and break nothing', async () => {
  const stage = await openStage();
  const user = { id: 'U0TOM', team_id: 'T0CONTOSO' };
  const team = { id: 'T0CONTOSO' };
  const action = { type: 'button', action_id: 'sync.pause', block_id: 'b', action_ts: '1.1' };
  expect((await postSigned(stage, { type: 'block_actions', user, team, actions: [action] })).status).toBe(
    200,
  );
  for (const callback_id of ['credentials', 'validate', 'fields', 'start']) {
    const view = { id: 'V1', type: 'modal', callback_id, private_metadata: 'not ours' };
    expect((await postSigned(stage, { type: 'view_submission', user, team, view })).status).toBe(200);
  }
  expect(await privateAnswer(stage.tom, () => stage.tom.command('/dynamics help', channel))).toContain(
    'status',
  );
});

test('a forged submission or search by somebody who is no admin gets nothing and changes nothing', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await tom.press('fields.edit');
  const modal = await tom.waitForView(({ view }) => JSON.stringify(view).includes('fields.lead'));
  const mia = { id: 'U0MIA', team_id: 'T0CONTOSO' };
  const values = {
    'fields.lead': { 'fields.lead': { type: 'multi_external_select', selected_options: [] } },
  };
  const view = { ...modal.view, id: modal.id, state: { values } };
  const submission = await postSigned(stage, {
    type: 'view_submission',
    team: { id: 'T0CONTOSO' },
    user: mia,
    view,
  });
  expect(submission.status).toBe(200);
  expect(submission.text).toContain('"response_action":"update"');
  const search = {
    type: 'block_suggestion',
    team: { id: 'T0CONTOSO' },
    user: mia,
    action_id: 'fields.lead',
    block_id: 'fields.lead',
    value: 'mail',
    view,
  };
  for (const value of ['m', 'ma', 'mail']) {
    expect(JSON.parse((await postSigned(stage, { ...search, value })).text)).toEqual({ options: [] });
  }
  const asTom = await postSigned(stage, { ...search, user: { ...mia, id: 'U0TOM' } });
  expect(asTom.text).toContain('emailaddress1');
  const history = await privateAnswer(tom, () => tom.command('/dynamics history', channel));
  expect(history.match(/<@U0MIA> was refused · `Choose fields`/g)).toHaveLength(1);
  expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toMatch(/not chosen yet/);
  expect(world.slack.calls.filter(({ method }) => method.startsWith('ack:'))).toEqual([]);
});

test('what Slack delivers again is answered once, and what other bots say never', async () => {
  const stage = await openStage();
  const { tom } = stage;
  const said = {
    type: 'message',
    channel_type: 'im',
    channel: 'D0TOM',
    user: 'U0TOM',
    text: 'help',
    ts: '1.2',
  };
  const envelope = (id: string, event: object) => ({
    type: 'event_callback',
    team_id: 'T0CONTOSO',
    event_id: id,
    event_time: 1,
    event,
  });
  for (let times = 0; times < 3; times++) {
    expect((await postSigned(stage, envelope('Ev1', said), 'event')).status).toBe(200);
  }
  await postSigned(stage, envelope('Ev2', { ...said, bot_id: 'B1' }), 'event');
  const mention = { type: 'app_mention', channel: 'C0MARKETING', user: 'U0TOM', text: '<@U0SYNC> help' };
  await postSigned(stage, envelope('Ev3', { ...mention, bot_id: 'B1' }), 'event');
  await privateAnswer(tom, () => tom.command('/dynamics status', channel));
  const answers = tom.messages().filter((message) => messageWords(message).includes('Keeps your marketing'));
  expect(answers.map((message) => message.channel)).toEqual(['D0TOM']);
});

test('a channel is subscribed when it takes a first post, and told how to mend it when it does not', async () => {
  const stage = await openStage();
  const { tom, mia } = stage;
  const refused = await privateAnswer(tom, () => tom.command('/dynamics subscribe', 'random'));
  expect(refused).toContain('/invite @Dynamics Sync');
  const hidden = await privateAnswer(tom, () => tom.command('/dynamics subscribe all', 'leads-private'));
  expect(hidden).toContain('/invite @Dynamics Sync');
  const shared = await privateAnswer(tom, () => tom.command('/dynamics subscribe', 'partners-shared'));
  expect(shared).toContain('shared with another company');
  expect(await privateAnswer(mia, () => mia.command('/dynamics subscribe', channel))).toContain(
    'Only admins',
  );
  expect(await privateAnswer(tom, () => tom.command('/dynamics subscribe weekly', channel))).toContain(
    'daily',
  );

  await tom.command('/dynamics subscribe daily', channel);
  const post = await tom.waitForMessage(/now told about the sync with Dynamics 365: a summary every morning/);
  expect(post.ephemeral_for).toBeUndefined();
  expect(await privateAnswer(tom, () => tom.command('/dynamics subscribe daily', channel))).toContain(
    'already told',
  );
  await tom.command('/dynamics 購読 すべて', 'マーケティング');
  await tom.waitForMessage(/毎朝のまとめ、管理者の操作/);
  expect(await privateAnswer(tom, () => tom.command('/dynamics unsubscribe', channel))).toContain('not told');
  expect(await privateAnswer(tom, () => tom.command('/dynamics unsubscribe', channel))).toContain(
    'was not subscribed',
  );
  const history = await privateAnswer(tom, () => tom.command('/dynamics history', channel));
  for (const part of ['subscribed a channel', 'unsubscribed a channel', '<#C0MAJAPAN>'])
    expect(history).toContain(part);
});

import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { visibleWords } from '../../src/sandbox/slack/visible-words.ts';
import {
  channel,
  chooseFields,
  completion,
  connect,
  hasButton,
  isReply,
  openStage,
  privateAnswer,
  requestStart,
  startSync,
} from './stage.ts';

test('an admin connects, confirms, chooses, starts, and the rows are there', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  const card = await connect(stage, tom);
  const { friendlyName, uniqueName, id } = world.dataverse.organization;
  for (const part of [friendlyName, uniqueName, id, world.dataverse.origin, 'cannot be undone']) {
    expect(messageWords(card)).toContain(part);
  }
  await tom.press('organization.confirm', { confirm: true });
  expect(tom.confirms[0]).toContain(friendlyName);
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom, { 'filter.lead': true });
  await tom.waitForMessage(/empty/i);
  await requestStart(tom);
  await tom.press('start.confirm', { confirm: true });

  const reply = await completion(tom);
  expect(messageWords(reply)).toContain('<@U0TOM>');
  const progress = tom.messages(channel).find(({ ts }) => ts === reply.thread_ts);
  expect(progress?.edited).toBeDefined();

  const leads = world.dataverse.table('lead').all();
  const wanted = leads.filter((lead) => lead.new_synctomkto !== false);
  expect(stage.sql('SELECT count(*) AS n FROM lead')[0]?.n).toBe(wanted.length);
  for (const entity of ['account', 'contact', 'opportunity', 'systemuser']) {
    expect(stage.sql(`SELECT count(*) AS n FROM ${entity}`)[0]?.n).toBe(
      world.dataverse.table(entity).count(),
    );
  }
  const [lead] = wanted;
  expect(stage.sql(`SELECT * FROM lead WHERE leadid = '${lead?.leadid}'`)[0]).toMatchObject({
    subject: lead?.subject,
    emailaddress1: lead?.emailaddress1,
    ownerid: lead?.ownerid,
    leadsourcecode: lead?.leadsourcecode,
    _deleted_at: null,
  });
  const people = stage.sql('SELECT count(*) AS n FROM person')[0]?.n;
  expect(people).toBe(wanted.length + world.dataverse.table('contact').count());
});

test('the same story in Japanese, over Socket Mode, in the direct message', async () => {
  const stage = await openStage({ mode: 'socket' });
  const { aiko } = stage;
  await aiko.command('設定');
  const modal = await aiko.waitForView('credentials');
  expect(visibleWords(modal.view)).toContain('組織');
  await aiko.submit(stage.world.credentials);
  const card = await aiko.waitForMessage(hasButton('organization.confirm'));
  expect(card.channel).toBe('D0AIKO');
  expect(messageWords(card)).toContain('取り消せません');
  await aiko.close();
  await aiko.press('organization.confirm', { confirm: true });
  await aiko.waitForMessage(hasButton('fields.edit'));
  await chooseFields(aiko);
  await requestStart(aiko, { notify_channel: '#マーケティング' });
  await aiko.press('start.confirm', { confirm: true });
  const reply = await aiko.waitForMessage(isReply);
  expect(messageWords(reply)).toContain('完了');
  expect(messageWords(reply)).not.toMatch(/completed|rows/);
});

test('help and status answer everybody, privately', async () => {
  const stage = await openStage();
  const help = await privateAnswer(stage.mia, () => stage.mia.command('/dynamics help', channel));
  for (const word of [
    'setup',
    'validate',
    'fields',
    'credentials',
    'status',
    'errors',
    'pause',
    'resume',
    'history',
  ]) {
    expect(help).toContain(word);
  }
  const unknown = await privateAnswer(stage.mia, () => stage.mia.command('/dynamics frobnicate', channel));
  expect(unknown).toContain('frobnicate');
  const near = await privateAnswer(stage.mia, () => stage.mia.command('/dynamics satus', channel));
  expect(near).toContain('Did you mean `/dynamics status`?');
  expect(unknown).toContain(help.split('\n').at(-1));
  await startSync(stage, stage.tom);
  await completion(stage.tom);
  const status = await privateAnswer(stage.mia, () => stage.mia.command('/dynamics status', channel));
  expect(status).toMatch(/Running/);
  expect(status).toContain('Contact: 800 rows');
});

test('the words work in a direct message and after a mention, too', async () => {
  const { tom } = await openStage();
  await tom.message('help');
  await tom.waitForMessage(
    (message) => message.channel === 'D0TOM' && messageWords(message).includes('/dynamics setup'),
  );
  const mention = await privateAnswer(tom, () => tom.message('<@U0SYNC> status', channel));
  expect(mention).toMatch(/not connected/i);
  const kind = await privateAnswer(tom, () => tom.message('<@U0SYNC> 状態を教えて', channel));
  expect(kind).toContain('Did you mean `/dynamics status`?');
});

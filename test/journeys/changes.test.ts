import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import {
  channel,
  completion,
  hasButton,
  isReply,
  openStage,
  privateAnswer,
  startSync,
  until,
} from './stage.ts';

const isIn = ({ channel: where }: { channel: string }) => where === 'C0MARKETING';

test('a new row, a change, a delete and a restored row in Dynamics arrive', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  const { dataverse } = world;
  const [first, second] = dataverse.table('contact').all();
  const one = (id: unknown) => stage.sql(`SELECT * FROM contact WHERE contactid = '${id}'`)[0];

  const created = dataverse.create('contact', {
    firstname: 'Yui',
    lastname: 'Nakamura',
    emailaddress1: 'yui@contoso.example',
  });
  dataverse.update('contact', String(first?.contactid), { jobtitle: 'Chief Sandbox Officer' });
  dataverse.delete('contact', String(second?.contactid));
  await until('the new contact is there', () => one(created)?.lastname === 'Nakamura');
  await until('the change is there', () => one(first?.contactid)?.jobtitle === 'Chief Sandbox Officer');
  await until('the delete is marked', () => typeof one(second?.contactid)?._deleted_at === 'string');
  expect(one(second?.contactid)?.emailaddress1).toBe(second?.emailaddress1);

  dataverse.create('contact', { ...second, lastname: 'Restored' });
  await until('the row is back', () => one(second?.contactid)?._deleted_at === null);
});

test('the filter: an explicit No goes stale and keeps its row, a Yes comes in', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await startSync(stage, tom, { 'filter.lead': true });
  await completion(tom);
  const { dataverse } = world;
  const leads = dataverse.table('lead').all();
  const inside = leads.find((lead) => lead.new_synctomkto === true);
  const outside = leads.find((lead) => lead.new_synctomkto === false);
  const one = (id: unknown) => stage.sql(`SELECT * FROM lead WHERE leadid = '${id}'`)[0];
  expect(one(outside?.leadid)).toBeUndefined();

  dataverse.update('lead', String(inside?.leadid), { new_synctomkto: false, subject: 'Not for marketing' });
  dataverse.update('lead', String(outside?.leadid), { new_synctomkto: true });
  await until('the No is marked stale', () => typeof one(inside?.leadid)?._stale_since === 'string');
  expect(one(inside?.leadid)?.subject).toBe(inside?.subject);
  await until('the Yes has come in', () => one(outside?.leadid)?.emailaddress1 === outside?.emailaddress1);
});

test('what cannot be done at the moment is said with its reason', async () => {
  const stage = await openStage();
  const { tom } = stage;
  const say = (words: string) => privateAnswer(tom, () => tom.command(words, channel));
  expect(await say('/dynamics pause')).toContain('nothing to pause');
  expect(await say('/dynamics fields')).toContain('not connected yet');
  await startSync(stage, tom);
  await completion(tom);
  expect(await say('/dynamics resume')).toContain('nothing to resume');
});

test('paused, nothing moves; resumed, what was changed meanwhile arrives', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  expect(await privateAnswer(tom, () => tom.command('/dynamics pause', channel))).toMatch(/Paused/);
  const asked = world.dataverse.requests.length;
  const [lead] = world.dataverse.table('lead').all();
  const subject = () => stage.sql(`SELECT subject FROM lead WHERE leadid = '${lead?.leadid}'`)[0]?.subject;
  world.dataverse.update('lead', String(lead?.leadid), { subject: 'Changed in the pause' });
  expect(await privateAnswer(tom, () => tom.command('/dynamics pause', channel))).toContain('<@U0TOM>');
  expect(world.dataverse.requests).toHaveLength(asked);
  await tom.command('/dynamics 再開', channel);
  await until('the change is there', () => subject() === 'Changed in the pause');
});

test('a revoked secret stops the sync, tells the admin, and new credentials let it go on', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  await tom.command('/dynamics subscribe all', channel);
  await tom.waitForMessage(/now told about the sync/);
  const app = world.entra.tenants[0]?.apps[0];
  const fresh = { id: '0b6f3c1e-7a55-4f0e-9c3e-2f8a1d4e6b70', value: 'n~3F.a-new-secret_Qm7' };
  if (app) app.secrets = [fresh];
  world.entra.revokeTokens();
  const notice = await tom.waitForMessage(
    (message) => message.channel === 'D0TOM' && hasButton('credentials.edit')(message),
  );
  expect(messageWords(notice)).toMatch(/secret/i);
  const [lead] = world.dataverse.table('lead').all();
  world.dataverse.update('lead', String(lead?.leadid), { subject: 'Changed while stopped' });

  await tom.press('credentials.edit', { message: notice });
  await tom.waitForView('credentials');
  await tom.submit({ ...world.credentials, client_secret: fresh.value });
  await tom.waitForView(({ view }) => !view.submit && JSON.stringify(view).includes('All checks passed'));
  await tom.close();
  const alert = await tom.waitForMessage(
    (message) => isIn(message) && hasButton('credentials.edit')(message),
  );
  expect(isReply(alert)).toBe(false);
  await tom.command('/dynamics resume', channel);
  const over = await tom.waitForMessage((message) =>
    messageWords(message).includes('Resolved: the sync goes on'),
  );
  expect(over.thread_ts).toSatisfy((ts) => ts === alert.ts || ts === notice.ts);
  await tom.waitForMessage((message) => message.ts === alert.ts && !hasButton('sync.resume')(message));
  await tom.waitForMessage((message) => isIn(message) && messageWords(message).includes('resumed the sync'));
  await until(
    'the change is there',
    () =>
      stage.sql(`SELECT subject FROM lead WHERE leadid = '${lead?.leadid}'`)[0]?.subject ===
      'Changed while stopped',
  );
});

test('a field ticked later is filled in for the rows that are there', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  await tom.command('/dynamics fields', channel);
  await tom.waitForView(({ view }) => JSON.stringify(view).includes('fields.account'));
  await tom.submit({ 'fields.account': ['name', 'address1_stateorprovince'] });
  const account = world.dataverse
    .table('account')
    .all()
    .find((row) => row.address1_stateorprovince);
  await until('the new column is filled in', () => {
    const row = stage.sql(`SELECT * FROM account WHERE accountid = '${account?.accountid}'`)[0];
    return row?.address1_stateorprovince === account?.address1_stateorprovince;
  });
});

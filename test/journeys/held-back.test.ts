import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { channel, completion, hasButton, openStage, privateAnswer, startSync, until } from './stage.ts';

test('very many deletes wait for an admin, over a restart too, while the rest goes on', async () => {
  const stage = await openStage({ dataverse: { rows: 8_000 } });
  const { tom, aiko, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  const { dataverse } = world;
  const contacts = dataverse.table('contact').all();
  const gone = contacts.slice(0, 1_200).map(({ contactid }) => String(contactid));
  const deleted = () =>
    stage.sql('SELECT contactid FROM contact WHERE _deleted_at IS NOT NULL ORDER BY contactid');
  for (const id of gone) dataverse.delete('contact', id);
  const alert = await tom.waitForMessage(hasButton('deletes.apply'));
  expect(messageWords(alert)).toContain(`1,200 of ${contacts.length.toLocaleString('en-US')} rows deleted`);
  const account = String(dataverse.table('account').all()[0]?.accountid);
  dataverse.update('account', account, { name: 'Goes on' });
  await until('the others go on', () => {
    return stage.sql(`SELECT name FROM account WHERE accountid = '${account}'`)[0]?.name === 'Goes on';
  });
  expect(deleted()).toEqual([]);

  await stage.killAndRestart();
  dataverse.update('account', account, { name: 'Still goes on' });
  await until('it has looked again', () => {
    return stage.sql(`SELECT name FROM account WHERE accountid = '${account}'`)[0]?.name === 'Still goes on';
  });
  expect(deleted()).toEqual([]);
  await aiko.press('deletes.apply', { message: alert, confirm: true });
  await until('the deletes are applied', () => deleted().length > 0);
  expect(deleted()).toEqual([...gone].sort().map((contactid) => ({ contactid })));
  await tom.waitForMessage((message) => message.ts === alert.ts && !hasButton('deletes.apply')(message));
  expect(await privateAnswer(tom, () => tom.command('/dynamics history', channel))).toMatch(
    /<@U0AIKO>[^\n]*(delete|Contact)/,
  );
});

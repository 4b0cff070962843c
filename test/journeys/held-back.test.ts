import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { channel, completion, hasButton, openStage, privateAnswer, startSync, until } from './stage.ts';

test('very many deletes wait for an admin, over a restart too, while the rest goes on', async () => {
  const stage = await openStage({ dataverse: { rows: 8_000 } });
  const { tom, aiko, mia, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  const { dataverse } = world;
  const contacts = dataverse.table('contact').all();
  const gone = contacts.slice(0, 1_200).map(({ contactid }) => String(contactid));
  const deleted = () =>
    stage.sql('SELECT contactid FROM contact WHERE _deleted_at IS NOT NULL ORDER BY contactid');
  const homeHas =
    (what: string) =>
    ({ view }: { view: unknown }) =>
      JSON.stringify(view).includes(what);
  for (const person of [tom, aiko, mia]) await person.openHome();
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
  // The home has the button, too, for whoever may press it.
  await mia.waitForHome(homeHas('Many rows were deleted'));
  await mia.waitForHome((home) => !homeHas('deletes.apply')(home));
  const view = await aiko.waitForHome(homeHas('deletes.apply'));
  await aiko.press('deletes.apply', { view, confirm: true });
  await until('the deletes are applied', () => deleted().length > 0);
  expect(deleted()).toEqual([...gone].sort().map((contactid) => ({ contactid })));
  await tom.waitForMessage((message) => message.ts === alert.ts && !hasButton('deletes.apply')(message));
  await aiko.waitForHome((home) => !homeHas('deletes.apply')(home));
  await mia.waitForHome((home) => !homeHas('Many rows were deleted')(home));
  expect(await privateAnswer(tom, () => tom.command('/dynamics history', channel))).toMatch(
    /<@U0AIKO>[^\n]*(delete|Contact)/,
  );
});

test('failed rows are tried again by a press, before the next cycle comes', async () => {
  const stage = await openStage({ intervalSeconds: 600 });
  const { tom, aiko, mia, world } = stage;
  const { dataverse } = world;
  const [bad, worse, gone] = dataverse
    .table('contact')
    .all()
    .map(({ contactid }) => String(contactid));
  for (const id of [bad, worse, gone]) dataverse.update('contact', String(id), { donotphone: 7 });
  await startSync(stage, tom);
  await completion(tom);
  const errors = () =>
    stage.sql('SELECT id, attempts, next_at > last_at AS later FROM _sync_error ORDER BY id');
  expect(errors()).toHaveLength(3);
  await mia.command('/dynamics errors', channel);
  await privateAnswer(tom, () => tom.command('/dynamics errors', channel));
  expect(mia.ephemerals().some(({ blocks }) => JSON.stringify(blocks).includes('errors.retry'))).toBe(false);

  dataverse.update('contact', String(bad), { donotphone: true, lastname: 'Corrected' });
  expect(await privateAnswer(tom, () => tom.select('errors.row', String(bad)))).toMatch(
    /Contact: [0-9a-f]{8} is stored now\./,
  );
  expect(errors().map(({ id }) => id)).toEqual([worse, gone].sort());
  await until('the list is renewed', () =>
    tom.ephemerals().some(({ blocks }) => JSON.stringify(blocks).includes('Try these 2 rows again')),
  );
  expect(await privateAnswer(tom, () => tom.select('errors.row', String(worse)))).toMatch(
    /could not be stored again:[\s\S]*does not fit/,
  );
  dataverse.delete('contact', String(gone));
  const press = (someone: typeof tom) => privateAnswer(someone, () => someone.press('errors.retry'));
  expect(await press(tom)).toMatch(/2 rows tried again: 0 stored, 1 failed\. The others are no longer/);
  expect(stage.sql(`SELECT lastname FROM contact WHERE contactid = '${bad}'`)).toEqual([
    { lastname: 'Corrected' },
  ]);
  expect(errors()).toEqual([{ id: worse, attempts: 3, later: 1 }]);

  await privateAnswer(aiko, () => aiko.command('/dynamics エラー', channel));
  expect(await press(aiko)).toContain('1 件を再試行しました (成功 0、失敗 1)。');
  expect(await privateAnswer(tom, () => tom.command('/dynamics history', channel))).toMatch(
    /<@U0TOM>[^\n]*tried failed rows again/,
  );

  const accounts = dataverse.table('account').all().slice(0, 3);
  for (const { accountid } of accounts) dataverse.update('account', String(accountid), { name: 'Changed' });
  const status = await privateAnswer(tom, () => tom.command('/dynamics status', channel));
  expect(status).toMatch(/Account[^\n]*3 changes waiting/);
  expect(status).toContain('The oldest waiting row was changed ');
  await privateAnswer(tom, () => tom.command('/dynamics pause', channel));
  await privateAnswer(tom, () => tom.command('/dynamics errors', channel));
  expect(await press(tom)).toContain('The sync is not running at the moment');
});

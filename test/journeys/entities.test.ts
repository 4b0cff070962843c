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

test('a custom entity is added after the initial sync, copied beside the others, and followed', async () => {
  const stage = await openStage({ dataverse: { rows: 800 } });
  const { tom, aiko, mia, world } = stage;
  const { dataverse } = world;
  expect(await privateAnswer(tom, () => tom.command('/dynamics entities', channel))).toContain(
    'not connected yet',
  );
  await startSync(stage, tom);
  expect(messageWords(await completion(tom))).toContain('can now be added');

  // Nobody but an admin; and every path is the same modal.
  expect(await privateAnswer(mia, () => mia.command('/dynamics entities', channel))).toContain(
    'Only admins can do this',
  );
  await aiko.command('/dynamics エンティティ', channel);
  await aiko.waitForView(({ view }) => JSON.stringify(view).includes('"entities"'));
  expect(JSON.stringify(await aiko.suggest('entities', 'イベント'))).toMatch(
    /イベント申込 \(new_event\).*関連先: 取引先担当者/,
  );
  await aiko.close();

  await tom.press('entities.add');
  await tom.waitForView(({ view }) => JSON.stringify(view).includes('"entities"'));
  // Its copy stands still for a while: the others must not.
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  dataverse.onRequest(async ({ path }) => {
    if (/new_events\?/.test(path)) await gate;
  });
  const added = await privateAnswer(tom, () => tom.submit({ entities: ['new_event'] }));
  expect(added).toContain('Added to the sync: Event registration');
  const [contact] = dataverse.table('contact').all();
  dataverse.update('contact', String(contact?.contactid), { lastname: 'Changed meanwhile' });
  await until(
    'the change of a contact arrives',
    () => stage.sql("SELECT 1 FROM contact WHERE lastname = 'Changed meanwhile'").length === 1,
  );
  expect(tom.messages().filter((one) => messageWords(one).includes('Custom entities copied'))).toEqual([]);
  letGo();

  const told = await tom.waitForMessage(
    (one) => isReply(one) && messageWords(one).includes('Custom entities copied'),
  );
  const events = dataverse.table('new_event').all();
  expect(messageWords(told)).toContain(`Event registration: ${events.length} rows stored`);
  const stored = stage.sql(
    'SELECT new_eventid, new_name, new_contactid, new_attended, new_attended_label, new_seats FROM new_event ORDER BY 1',
  );
  const expected = events.map((row) => ({
    new_eventid: row.new_eventid,
    new_name: row.new_name,
    new_contactid: row.new_contactid,
    new_attended: row.new_attended ? 1 : 0,
    new_attended_label: row.new_attended ? 'Yes' : 'No',
    new_seats: row.new_seats,
  }));
  const byId = (a: { new_eventid?: unknown }, b: { new_eventid?: unknown }) =>
    String(a.new_eventid) < String(b.new_eventid) ? -1 : 1;
  expect(stored.map((row) => ({ ...row }))).toEqual(expected.sort(byId));

  // From now on it is one of them: its changes arrive, its fields can be chosen, the completion is told once.
  dataverse.update('new_event', String(events[0]?.new_eventid), { new_name: 'Renamed' });
  dataverse.delete('new_event', String(events[1]?.new_eventid));
  await until(
    'the changes of the events arrive',
    () =>
      stage.sql("SELECT 1 FROM new_event WHERE new_name = 'Renamed' OR _deleted_at IS NOT NULL").length === 2,
  );
  await tom.command('/dynamics fields', channel);
  const fields = await tom.waitForView(({ view }) => JSON.stringify(view).includes('fields.new_event'));
  expect(JSON.stringify(fields.view)).toContain('Attendee (new_contactid)');
  await tom.close();
  expect(await privateAnswer(tom, () => tom.command('/dynamics history', channel))).toContain(
    'new_contactid',
  );
  await tom.press('entities.add');
  await tom.waitForView(({ view }) => JSON.stringify(view).includes('no other custom entity'));
  await tom.close();

  await stage.killAndRestart();
  dataverse.update('new_event', String(events[2]?.new_eventid), { new_name: 'After the restart' });
  await until(
    'the change after the restart arrives',
    () => stage.sql("SELECT 1 FROM new_event WHERE new_name = 'After the restart'").length === 1,
  );
  const replies = tom.messages().filter(isReply).map(messageWords);
  expect(replies.filter((words) => words.includes('Custom entities copied'))).toHaveLength(1);
  expect(replies.filter((words) => words.includes('Initial sync completed'))).toHaveLength(1);
  expect(tom.messages().some(hasButton('entities.add'))).toBe(true);
});

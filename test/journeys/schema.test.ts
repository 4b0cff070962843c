import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { channel, completion, isReply, openStage, privateAnswer, startSync, until } from './stage.ts';

const alertWords = /Tables or fields changed in Dynamics 365/;

test('a field and a table that are deleted in Dynamics are told, left out, and over once they are settled', async () => {
  const stage = await openStage({ environment: { LOG_LEVEL: 'info' } });
  const { tom, world } = stage;
  const { dataverse } = world;
  // In the middle of the copy: the second page of nothing else is asked for with it.
  let isGone = false;
  const unhook = dataverse.onRequest(({ path }) => {
    if (isGone || !/leads\?.*select=[^&]*jobtitle/.test(path)) return;
    isGone = true;
    dataverse.removeColumn('lead', 'jobtitle');
  });
  await startSync(stage, tom);
  await completion(tom);
  unhook();
  const count = (entity: string) => stage.sql(`SELECT count(*) AS n FROM ${entity}`)[0]?.n;
  expect(count('lead')).toBe(dataverse.table('lead').count());
  const alert = await tom.waitForMessage(
    (message) => alertWords.test(messageWords(message)) && messageWords(message).includes('jobtitle'),
  );
  expect(messageWords(alert)).toContain('Lead: `jobtitle` cannot be read any more');
  expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toContain(
    'Lead: Job Title cannot be read any more',
  );

  const bringBack = dataverse.removeTable('opportunity');
  const lead = dataverse
    .table('lead')
    .all()
    .find((row) => row.new_synctomkto !== false);
  dataverse.update('lead', String(lead?.leadid), { subject: 'After the table was deleted' });
  await until('the others go on', () =>
    stage.sql('SELECT subject FROM lead').some(({ subject }) => subject === 'After the table was deleted'),
  );
  await tom.waitForMessage((message) => messageWords(message).includes('the table cannot be read any more'));
  expect(count('opportunity')).not.toBe(0);

  // The condition is still there for whoever starts again.
  await stage.killAndRestart();
  bringBack();
  await tom.command('/dynamics fields', channel);
  await tom.waitForView(({ view }) => JSON.stringify(view).includes('fields.lead'));
  await tom.submit({});
  await tom.waitForMessage((message) =>
    messageWords(message).includes('Resolved: everything that is selected'),
  );
  expect(stage.sql('SELECT name FROM _field WHERE updated_until IS NOT NULL')).toEqual([
    { name: 'jobtitle' },
  ]);
});

test('a field of another type is an error in its rows, proposed to be taken over, and complete once that is accepted', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  const { dataverse } = world;
  const chosen = ['lastname', 'subject', 'jobtitle', 'numberofemployees', 'industrycode'];
  await startSync(stage, tom, { 'fields.lead': chosen });
  await completion(tom);
  const [first, second, third, fourth] = dataverse
    .table('lead')
    .all()
    .map((row) => String(row.leadid));
  dataverse.changeColumnType('lead', 'jobtitle', 'Integer');
  dataverse.changeColumnType('lead', 'numberofemployees', 'String', (value) => value && `about ${value}`);
  dataverse.changeColumnType('lead', 'industrycode', 'String', (value) => value && `Industry ${value}`);
  dataverse.update('lead', String(first), { jobtitle: 7 });
  dataverse.update('lead', String(second), { numberofemployees: 'ten' });
  dataverse.update('lead', String(third), { industrycode: 'Wine' });
  dataverse.update('lead', String(fourth), {
    subject: 'Fits as before',
    numberofemployees: null,
    industrycode: null,
  });

  const alert = await tom.waitForMessage(
    (message) => message.channel === 'D0TOM' && alertWords.test(messageWords(message)),
  );
  for (const part of [
    '`jobtitle` (Text → Whole number)',
    '`numberofemployees` (Whole number → Text)',
    '`industrycode` (Choice → Text)',
    'Saving the fields takes over the new type',
  ])
    expect(messageWords(alert)).toContain(part);
  await tom.waitForMessage((message) => isReply(message) && alertWords.test(messageWords(message)));
  await until('the other rows go on', () =>
    stage.sql('SELECT subject FROM lead').some(({ subject }) => subject === 'Fits as before'),
  );
  const errors = await privateAnswer(tom, () => tom.command('/dynamics errors', channel));
  expect(errors).toContain('A value does not fit the type of its field');
  expect(errors).toContain('3 rows');
  expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toContain(
    'Job Title (Text → Whole number)',
  );
  // Until somebody agrees.
  expect(stage.sql('SELECT DISTINCT typeof(jobtitle) AS t FROM lead ORDER BY 1')).toEqual([
    { t: 'null' },
    { t: 'text' },
  ]);

  await tom.press('fields.edit', { message: alert });
  await tom.waitForView(({ view }) => JSON.stringify(view).includes('fields.lead'));
  await tom.submit({});
  await tom.waitForMessage((message) =>
    messageWords(message).includes('Resolved: everything that is selected'),
  );
  const names = ['leadid', 'jobtitle', 'numberofemployees', 'industrycode', 'subject'];
  const there = dataverse
    .table('lead')
    .all()
    .map((row) => names.map((name) => row[name] ?? null))
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));
  await until('every row is as it is in Dynamics', () => {
    const stored = stage.sql(`SELECT ${names.join()} FROM lead ORDER BY leadid`);
    return JSON.stringify(stored.map((row) => names.map((name) => row[name]))) === JSON.stringify(there);
  });
  expect(stage.sql('SELECT DISTINCT typeof(jobtitle) AS t FROM lead ORDER BY 1')).toEqual([
    { t: 'integer' },
    { t: 'null' },
  ]);
  expect(await privateAnswer(tom, () => tom.command('/dynamics errors', channel))).toContain(
    'There are no failed rows',
  );
});

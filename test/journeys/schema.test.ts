import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { channel, completion, openStage, privateAnswer, startSync, until } from './stage.ts';

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

import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { completion, hasButton, isReply, openStage, startSync, until } from './stage.ts';

test('a field that is gone in Dynamics is left out and told, with the way to mend it, until it is mended', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await startSync(stage, tom, { 'fields.lead': ['lastname', 'subject'] });
  await completion(tom);
  world.dataverse.removeColumn('lead', 'subject');
  await stage.killAndRestart();
  const alert = await tom.waitForMessage(
    (message) =>
      message.channel === 'D0TOM' && messageWords(message).includes('Lead: `subject` cannot be read'),
  );
  await tom.waitForMessage((message) => isReply(message) && hasButton('fields.edit')(message));
  world.dataverse.create('lead', { lastname: 'Without subject' });
  await until(
    'the sync goes on without it',
    () => stage.sql("SELECT 1 FROM lead WHERE lastname = 'Without subject'").length > 0,
  );
  await tom.press('fields.edit', { message: alert });
  await tom.waitForView(({ view }) => JSON.stringify(view).includes('fields.lead'));
  await tom.submit({ 'fields.lead': ['lastname'] });
  const over = await tom.waitForMessage((message) =>
    messageWords(message).includes('everything that is selected can be read'),
  );
  expect(isReply(over)).toBe(true);
  await tom.waitForMessage((message) => message.ts === alert.ts && !hasButton('fields.edit')(message));
}, 60_000);

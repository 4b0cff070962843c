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
  isReply,
  openStage,
  privateAnswer,
  requestStart,
  until,
} from './stage.ts';

test('a start modal from before the fields were changed says so and shows what is now', async () => {
  const stage = await openStage();
  const { tom, aiko } = stage;
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom);
  await tom.press('start.review');
  await tom.waitForView(({ view }) => JSON.stringify(view).includes('notify_channel'));

  await aiko.command('/dynamics 項目', channel);
  await aiko.waitForView(({ view }) => JSON.stringify(view).includes('fields.lead'));
  await aiko.submit({ 'fields.lead': ['lastname'] });
  await tom.waitForMessage((message) => /1 field chosen/.test(messageWords(message)));

  await tom.submit({ notify_channel: `#${channel}`, acknowledge: 'all' });
  const overtaken = await tom.waitForView(({ view }) => visibleWords(view).includes('meanwhile'));
  expect(visibleWords(overtaken.view)).toContain('<@U0AIKO>');
  expect(tom.messages(channel).some(hasButton('start.confirm'))).toBe(false);
  await tom.submit({ notify_channel: `#${channel}`, acknowledge: 'all' });
  await tom.waitForMessage(hasButton('start.confirm'));
});

test('everybody presses Start, twice, while Slack allows a message now and then: one run, one message, one end', async () => {
  const stage = await openStage();
  const { tom, aiko, world } = stage;
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom);
  const card = await requestStart(tom);
  for (const method of ['chat.postMessage', 'chat.update', 'chat.postMessage']) {
    world.slack.play({ method, retryAfter: 1 });
  }
  // The same places are tried again: nothing goes to a direct message for it.
  world.slack.play({ method: 'chat.postMessage', error: 'internal_error', times: 2 });
  const press = { message: card, confirm: true };
  await Promise.all(
    [tom, aiko, tom, aiko].map((admin) => admin.press('start.confirm', press).catch(() => null)),
  );
  await completion(tom);
  const history = await privateAnswer(tom, () => tom.command('/dynamics history', channel));
  const starts = history.split('\n').filter((line) => line.endsWith('started the sync'));
  expect(starts).toHaveLength(1);
  const posts = tom
    .messages(channel)
    .filter((message) => !isReply(message) && !hasButton('sync.pause')(message));
  expect(posts.filter((message) => /Initial sync completed/.test(messageWords(message)))).toHaveLength(1);
  const ends = tom
    .messages(channel)
    .filter((message) => isReply(message) && /completed/.test(messageWords(message)));
  expect(ends).toHaveLength(1);
  expect(tom.messages().filter((message) => message.channel === 'D0TOM')).toEqual([]);
});

test('the shortcut opens the setup, and an old button says what has happened instead', async () => {
  const stage = await openStage();
  const { tom } = stage;
  await tom.shortcut('setup');
  await tom.waitForView('credentials');
  await tom.close();
  const old = await connect(stage, tom);
  await tom.message('<@U0SYNC> setup');
  const next = await tom.waitForMessage(
    (message) => message.channel === 'D0TOM' && hasButton('organization.confirm')(message),
  );
  await tom.press('organization.confirm', { message: next, confirm: true });
  await tom.waitForMessage((message) => message.ts === next.ts && hasButton('fields.edit')(message));
  const answer = await privateAnswer(tom, () =>
    tom.press('organization.confirm', { message: old, confirm: true }),
  );
  expect(answer).toContain('already confirmed by <@U0TOM>');
  await tom.waitForMessage((message) => message.ts === old.ts && !hasButton('organization.confirm')(message));
});

test('what Slack sends twice is done once, after a restart too', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await tom.command('/dynamics setup', channel);
  await tom.waitForView('credentials');
  await tom.fill(world.credentials);
  const [first, second] = await Promise.all([tom.submit(), tom.submit()]);
  expect([first.ok, second.ok]).toEqual([true, true]);
  await tom.waitForMessage(hasButton('organization.confirm'));
  await tom.close();
  const connected = await privateAnswer(tom, () => tom.command('/dynamics history', channel));
  expect(connected.match(/stored credentials/g)).toHaveLength(1);
  expect(tom.messages(channel).filter(hasButton('organization.confirm'))).toHaveLength(1);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom);
  await requestStart(tom);
  await tom.press('start.confirm', { confirm: true });
  await completion(tom);

  const said = { type: 'app_mention', channel: 'C0MARKETING', user: 'U0TOM', text: '<@U0SYNC> resume' };
  const resume = {
    type: 'event_callback',
    team_id: 'T0CONTOSO',
    event_id: 'Ev1',
    event_time: 1,
    event: said,
  };
  const answer = await privateAnswer(tom, () => postSigned(stage, resume, 'event'));
  expect(answer).toContain('nothing to resume');
  await privateAnswer(tom, () => tom.command('/dynamics pause', channel));
  await stage.killAndRestart();
  await postSigned(stage, resume, 'event');
  await until('it is left alone', () => stage.bot().lines.some((line) => line.includes('came again after')));
  expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toContain('Paused');
});

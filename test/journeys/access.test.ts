import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { visibleWords } from '../../src/sandbox/slack/visible-words.ts';
import { channel, completion, connect, hasButton, openStage, privateAnswer, startSync } from './stage.ts';

const shows = (part: string) => (view: { view: unknown }) => JSON.stringify(view.view).includes(part);

test('somebody asks, one admin allows, the other sees it, and it can be taken back', async () => {
  const stage = await openStage();
  const { tom, aiko, mia } = stage;
  await connect(stage, tom);
  await mia.openHome();
  await mia.waitForHome(shows('access.ask'));
  const refused = await privateAnswer(mia, () => mia.command('/dynamics pause', channel));
  expect(refused).toContain('Ask an admin');
  // Where none of them can be reached, she can ask once more.
  const { slack } = stage.world;
  slack.play({ method: 'chat.postMessage', error: 'messages_tab_disabled', times: 2 });
  expect(await privateAnswer(mia, () => mia.press('access.ask'))).toContain('No admin can be reached');
  await mia.press('access.ask');
  await mia.waitForMessage((message) => messageWords(message).includes('Your request was sent to <@U0TOM>'));
  const asked = await tom.waitForMessage(hasButton('access.allow'));
  expect(messageWords(asked)).toContain('<@U0MIA>');
  const japanese = await aiko.waitForMessage(hasButton('access.allow'));
  expect(messageWords(japanese)).toContain('許可を求めています');
  expect(await privateAnswer(mia, () => mia.press('access.ask'))).toContain('asked already');

  await tom.press('access.allow', { message: asked });
  await mia.waitForMessage((message) => messageWords(message).includes('<@U0TOM> allowed you'));
  const settled = await aiko.waitForMessage((message) => messageWords(message).includes('許可しました'));
  expect(hasButton('access.allow')(settled)).toBe(false);
  // Republished by itself: now with the controls.
  await mia.waitForHome(shows('organization.confirm'));
  await mia.press('organization.confirm', { confirm: true });
  await mia.waitForHome(shows('fields.edit'));

  await tom.openHome();
  await tom.waitForHome(shows('access.withdraw'));
  await tom.press('access.withdraw', { confirm: true });
  await tom.waitForHome((view) => !shows('access.withdraw')(view));
  await mia.waitForHome((view) => !shows('fields.edit')(view));
  const again = await privateAnswer(mia, () => mia.command('/dynamics fields', channel));
  expect(again).toMatch(/Only admins/);
  const history = await privateAnswer(tom, () => tom.command('/dynamics history', channel));
  for (const part of ['asked to be allowed', 'allowed a person', 'took back', '/dynamics pause'])
    expect(history).toContain(part);
});

test('a guest and a person of another company cannot be allowed, however they try', async () => {
  const stage = await openStage();
  const { tom, mia, world } = stage;
  const gary = stage.person('U0GARY');
  expect(await privateAnswer(gary, () => gary.command('/dynamics pause', channel))).not.toContain('Ask an');
  await mia.command('/dynamics pause', channel);
  await mia.waitForMessage(hasButton('access.ask'));
  await mia.press('access.ask');
  const asked = await tom.waitForMessage(hasButton('access.allow'));
  // Between the question and the answer she has become a guest.
  world.slack.changeUser('U0MIA', { is_restricted: true });
  await tom.press('access.allow', { message: asked });
  await tom.waitForMessage((message) => messageWords(message).includes('cannot be allowed'));
  await tom.press('access.decline', { message: asked });
  await mia.waitForMessage((message) => messageWords(message).includes('Not now'));
  expect(await privateAnswer(mia, () => mia.command('/dynamics setup', channel))).toContain('Only admins');
});

test('the home is chosen to be in another language, keeps itself current, and so does everything private', async () => {
  const stage = await openStage();
  const { tom, mia } = stage;
  await mia.openHome();
  await mia.waitForHome(shows('Not connected'));
  await mia.select('home.language', 'ja');
  await mia.waitForHome(shows('未接続'));
  expect(await privateAnswer(mia, () => mia.command('/dynamics status', channel))).toContain('未接続');
  await stage.killAndRestart();
  await startSync(stage, tom);
  await completion(tom);
  const home = await mia.waitForHome(shows('実行中'));
  expect(visibleWords(home.view)).toContain('取引先担当者');
  expect(visibleWords(home.view)).not.toContain('Running');
  expect(JSON.stringify(home.view)).not.toContain('sync.pause');
  await tom.openHome();
  await tom.waitForHome(shows('sync.pause'));
  await tom.press('sync.pause');
  await tom.waitForHome(shows('sync.resume'));
  await mia.waitForHome(shows('一時停止中'));
  await mia.select('home.language', 'slack');
  await mia.waitForHome(shows('Paused'));
});

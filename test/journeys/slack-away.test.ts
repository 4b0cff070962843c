import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
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
  type Stage,
  startSync,
  until,
} from './stage.ts';

async function ready({ bot }: Stage): Promise<{ status: number; text: string }> {
  const answer = await fetch(`http://127.0.0.1:${bot().port}/readyz`);
  return { status: answer.status, text: await answer.text() };
}

async function untilReady(stage: Stage, wanted: boolean): Promise<string> {
  for (;;) {
    const { status, text } = await ready(stage);
    if ((status === 200) === wanted) return text;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

const contacts = (stage: Stage) => stage.sql('SELECT count(*) AS n FROM contact')[0]?.n;
const completions = ({ tom }: Stage) =>
  tom.messages(channel).filter((message) => isReply(message) && messageWords(message).includes('completed'));

async function requested(stage: Stage): Promise<void> {
  const { tom } = stage;
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom);
  await requestStart(tom);
}

test('Slack goes away during the copy and comes back: the sync goes on, the end is told once', async () => {
  const stage = await openStage({ dataverse: { rows: 4_000, latencyMs: 200 } });
  const { world, tom } = stage;
  await requested(stage);
  await tom.press('start.confirm', { confirm: true });
  await tom.waitForMessage((message) => /Initial sync running/.test(messageWords(message)) && message.edited);
  world.slack.play({ method: '*', tornOff: true, times: 1_000_000 });
  await until('everything is copied', () => contacts(stage) === world.dataverse.table('contact').count());
  expect(await untilReady(stage, false)).toContain('Slack cannot be reached');
  expect(completions(stage)).toEqual([]);
  // Also a process that starts while Slack is away goes on with the data.
  await stage.killAndRestart();
  world.dataverse.update('contact', String(world.dataverse.table('contact').all()[0]?.contactid), {
    jobtitle: 'Changed meanwhile',
  });
  await until(
    'the change is there',
    () => stage.sql("SELECT 1 FROM contact WHERE jobtitle = 'Changed meanwhile'").length > 0,
  );
  expect((await ready(stage)).status).toBe(503);
  world.slack.calm();
  await untilReady(stage, true);
  await completion(tom);
  expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toContain('Running');
  expect(completions(stage)).toHaveLength(1);
}, 60_000);

test('a token that is revoked turns the bot red, not the sync off', async () => {
  const stage = await openStage();
  const { world, tom } = stage;
  await startSync(stage, tom);
  await completion(tom);
  world.slack.play({ method: '*', error: 'token_revoked', times: 1_000_000 });
  world.slack.emit({ type: 'tokens_revoked', tokens: { oauth: [], bot: ['U0SYNC'] } });
  expect(await untilReady(stage, false)).toContain('Slack does not accept SLACK_BOT_TOKEN (token_revoked)');
  const lines = () => stage.bot().lines.filter((one) => one.includes('Slack does not accept'));
  await until('it is in the log', () => lines().length > 0);
  expect(JSON.parse(lines()[0] ?? '{}')).toMatchObject({ level: 'error', reason: 'token_revoked' });
  world.dataverse.create('contact', { lastname: 'After the end' });
  await until(
    'the row is there',
    () => stage.sql("SELECT 1 FROM contact WHERE lastname = 'After the end'").length > 0,
  );
  expect(lines()).toHaveLength(1);
  await stage.killAndRestart();
  expect((await ready(stage)).status).toBe(503);
  world.slack.calm();
  await untilReady(stage, true);
}, 60_000);

test('Slack renews its sockets one after the other: no command is lost', async () => {
  const stage = await openStage({ mode: 'socket' });
  const { world, mia } = stage;
  await until('there are two sockets', () => world.slack.sockets() === 2);
  for (const reason of ['warning', 'refresh_requested', undefined] as const) {
    world.slack.dropSocket(reason, 'oldest');
    for (let count = 0; count < 5; count++) {
      const answer = await mia.command('/dynamics help', channel);
      expect(answer).toMatchObject({ ok: true });
    }
    await until('it is opened again', () => world.slack.sockets() === 2);
  }
});

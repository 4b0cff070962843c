import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/slack/page-api.ts';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { channel, completion, openStage, privateAnswer, type Stage, startSync } from './stage.ts';

const blocksOf = (message: SandboxMessage | undefined): string => JSON.stringify(message?.blocks ?? []);

/** As the writer leaves them when the database refuses a value. */
function failRows({ world }: Stage, rows: number): void {
  const db = new DatabaseSync(join(world.dataDir, 'marketing.db'), { timeout: 10_000 });
  const add = db.prepare(
    `INSERT INTO _sync_error (entity, id, operation, direction, code, message, first_at, last_at, attempts)
     VALUES ('lead', ?, 'upsert', 'from-dynamics', 'row-refused', ?, ?, ?, 2)`,
  );
  const at = '2026-11-23T09:30:00.000Z';
  for (let row = 0; row < rows; row++) add.run(`00000000-0000-0000-0000-${row}`, '=cell, "quoted"', at, at);
  db.close();
}

test('the status has a table and a picture of its own for each reader; without files a sentence instead', async () => {
  const stage = await openStage();
  const { tom, aiko, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  // A picture that takes too long is there at the next asking.
  let status: SandboxMessage | undefined;
  while (!blocksOf(status).includes('slack_file')) {
    const words = await privateAnswer(tom, () => tom.command('/dynamics status', channel));
    expect(words).toContain('Last fetched');
    status = tom.ephemerals().at(-1);
  }
  expect(blocksOf(status)).toContain('Chart of the rows synced in the last 24 hours');
  const [, file] = /"slack_file":\{"id":"(F\w+)"/.exec(blocksOf(status)) ?? [];
  const picture = await fetch(`${world.slack.origin}/sandbox/files/${file}/picture`);
  expect(picture.headers.get('content-type')).toBe('image/png');
  expect((await picture.arrayBuffer()).byteLength).toBeGreaterThan(5_000);

  // A Slack that does not show the picture still gets the table, and one that takes no table gets lines.
  world.slack.play({ method: 'response_url', error: 'invalid_blocks', times: 2 });
  const refusals = () => world.slack.calls.filter(({ ok }) => !ok);
  const plain = await privateAnswer(tom, () => tom.command('/dynamics status', channel));
  expect(plain).toContain('Last fetched');
  expect(blocksOf(tom.ephemerals().at(-1))).not.toContain('slack_file');
  const without = await privateAnswer(tom, () => tom.command('/dynamics status', channel));
  expect(without).toContain('Slack does not take it at the moment');

  // A Slack that knows no uploads, or grants none, still gets the numbers.
  world.slack.play({ method: 'files.getUploadURLExternal', error: 'missing_scope' });
  await stage.killAndRestart();
  for (let words = ''; !words.includes('files:write'); ) {
    words = await privateAnswer(aiko, () => aiko.command('/dynamics 状態', channel));
    expect(words).toContain('最終取得');
  }
  expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toContain('files:write');
  expect(refusals().map(({ method }) => method)).toEqual([
    'response_url',
    'response_url',
    'files.getUploadURLExternal',
  ]);
});

test('failed rows: by cause with the rows to open, and as CSV in a thread', async () => {
  const stage = await openStage();
  const { tom, mia, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  failRows(stage, 2_500);
  const seen = await privateAnswer(mia, () => mia.command('/dynamics errors', channel));
  expect(seen).toMatch(
    /The database refused a value[\s\S]*Lead: 2,500 rows[\s\S]*main\.aspx\?pagetype=entityrecord/,
  );
  expect(blocksOf(mia.ephemerals().at(-1))).not.toContain('errors.export');

  await privateAnswer(tom, () => tom.command('/dynamics errors', channel));
  expect(await privateAnswer(tom, () => tom.press('errors.export'))).toContain('in your direct message');
  const root = await tom.waitForMessage((message) =>
    messageWords(message).includes('2,500 rows could not be stored'),
  );
  expect(root.channel).toBe('D0TOM');
  const [reply] = tom.replies(root);
  const [file] = reply?.files ?? [];
  const csv = await (await fetch(`${world.slack.origin}/sandbox/files/${file?.id}/x`)).text();
  expect(csv.split('\r\n')).toHaveLength(2_500 + 2);
  expect(csv).toContain(
    `lead,00000000-0000-0000-0000-7,upsert,from-dynamics,row-refused,"'=cell, ""quoted""",`,
  );

  // In a direct message the list hangs on the answer itself; where there can be no file it comes as text.
  await tom.message('errors');
  const answer = await tom.waitForMessage(
    (message) =>
      message.channel === 'D0TOM' && !message.ephemeral_for && blocksOf(message).includes('errors.export'),
  );
  world.slack.play({ method: 'files.getUploadURLExternal', error: 'unknown_method' });
  await tom.press('errors.export', { message: answer });
  const text = await tom.waitFor('the list', () => tom.replies(answer).at(0));
  expect(messageWords(text)).toMatch(/comes as text[\s\S]*row-refused[\s\S]*rows more are not shown/);
  expect(await privateAnswer(tom, () => tom.command('/dynamics history', channel))).toContain(
    'exported the failed rows',
  );
});

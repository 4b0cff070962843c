import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import {
  channel,
  completion,
  isReply,
  openStage,
  privateAnswer,
  type Stage,
  startSync,
  until,
} from './stage.ts';

const rowsOf = (stage: Stage, entity: string) =>
  Number(stage.sql(`SELECT count(*) AS n FROM ${entity}`)[0]?.n);
const entities = ['account', 'contact', 'lead', 'opportunity', 'systemuser'] as const;

test('killed in the middle of the initial sync, again and again, it ends as if nothing had been', {
  timeout: 120_000,
}, async () => {
  const stage = await openStage({ dataverse: { rows: 60_000, latencyMs: 300 } });
  const { tom, world } = stage;
  await startSync(stage, tom);
  const stored = () => entities.reduce((sum, entity) => sum + rowsOf(stage, entity), 0);
  let kills = 0;
  for (let before = 0; kills < 3 && before < 50_000; kills++) {
    await until('more rows are stored', () => stored() > before);
    await stage.killAndRestart();
    before = stored();
  }
  expect(kills).toBeGreaterThan(0);
  const reply = await completion(tom);
  for (const entity of entities) expect(rowsOf(stage, entity)).toBe(world.dataverse.table(entity).count());

  // The same message went on being updated, and one reply ended it.
  const posts = tom.messages(channel).filter(({ ts }) => ts === reply.thread_ts);
  expect(posts).toHaveLength(1);
  const replies = tom
    .messages(channel)
    .filter((message) => isReply(message) && messageWords(message).includes('completed'));
  expect(replies).toHaveLength(1);
  // A stored page is not read again: at most the pages in hand at each kill are, and what ranges add to them.
  const pages = world.dataverse.requests.filter(
    ({ path }) => path.includes('/contacts?') && path.includes('emailaddress1'),
  );
  const needed = Math.ceil(world.dataverse.table('contact').count() / 5_000);
  const repeated = pages.filter(({ path }) => !path.includes('deltatoken')).length - needed;
  expect(repeated).toBeLessThanOrEqual(8 + kills * 16);
});

test('killed while running, it says where it stands, and changes made meanwhile arrive after the restart, tracked or not', async () => {
  const stage = await openStage({ dataverse: { rows: 2_000, untracked: ['lead'] } });
  const { tom, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  await until('a cycle is over', () => stage.sql('SELECT ended_at FROM _cycle').length === 1);
  await stage.bot().kill();
  // Dynamics is away: nothing but what is stored can be told.
  world.dataverse.play({ kind: 'server-error', count: Number.POSITIVE_INFINITY });
  await stage.killAndRestart();
  const status = await privateAnswer(tom, () => tom.command('/dynamics status', channel));
  expect(status).toMatch(/Contact[^\n]*800/);
  expect(status).toContain('Last hour');
  expect(status).toContain('Last cycle: ');
  world.dataverse.clear();
  await stage.bot().kill();
  const [lead, second] = world.dataverse.table('lead').all();
  const [contact] = world.dataverse.table('contact').all();
  const changed = 'Changed while nobody listened';
  world.dataverse.update('lead', String(lead?.leadid), { subject: changed });
  world.dataverse.update('contact', String(contact?.contactid), { jobtitle: changed });
  world.dataverse.delete('lead', String(second?.leadid));
  // As if it had not run for two days: then the ids are compared.
  const db = new DatabaseSync(join(world.dataDir, 'marketing.db'));
  db.exec(
    "UPDATE _checkpoint SET compared_at = datetime(compared_at, '-2 days') || 'Z' WHERE entity = 'lead'",
  );
  db.close();
  await stage.killAndRestart();
  const leads = (where: string) => stage.sql(`SELECT leadid FROM lead WHERE ${where}`);
  await until('the lead is changed', () => leads(`subject = '${changed}'`)[0]?.leadid === lead?.leadid);
  await until(
    'the contact is changed',
    () => stage.sql(`SELECT 1 FROM contact WHERE jobtitle = '${changed}'`).length === 1,
  );
  await until('the delete is marked', () => leads('_deleted_at IS NOT NULL')[0]?.leadid === second?.leadid);
  expect(leads('_deleted_at IS NOT NULL')).toHaveLength(1);
});

test('SIGTERM ends it with 0, and the initial sync goes on at the next start', async () => {
  const stage = await openStage({ dataverse: { rows: 30_000, latencyMs: 40 } });
  const { tom, world } = stage;
  await startSync(stage, tom);
  await until('rows are stored', () => rowsOf(stage, 'contact') > 0);
  expect(await stage.bot().stop()).toBe(0);
  await stage.killAndRestart();
  await completion(tom);
  for (const entity of entities) expect(rowsOf(stage, entity)).toBe(world.dataverse.table(entity).count());
});

test('the end of the copy is not lost when the state cannot be written for a while', async () => {
  const stage = await openStage({ dataverse: { rows: 20_000, latencyMs: 150 } });
  const { tom, world } = stage;
  await startSync(stage, tom);
  await until('rows are stored', () => rowsOf(stage, 'contact') > 0);
  // A folder in the place of the temporary file lowdb writes to: every write fails, root or not.
  const obstacle = join(world.dataDir, '.state.json.tmp');
  mkdirSync(obstacle);
  await until('a write has failed', () =>
    stage.bot().lines.some((line) => line.includes('could not be moved')),
  );
  rmSync(obstacle, { recursive: true });
  await completion(tom);
});

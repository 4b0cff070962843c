import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { SandboxMessage } from '../../src/sandbox/slack/page-api.ts';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { visibleWords } from '../../src/sandbox/slack/visible-words.ts';
import { channel, completion, hasButton, isReply, openStage, type Stage, startSync, until } from './stage.ts';

const day = 86_400_000;

const secretsOf = ({ world }: Stage) => {
  const app = world.entra.tenants[0]?.apps[0];
  if (!app) throw new Error('The sandbox has no app');
  return app.secrets;
};

/** Entra's tokens end at once: the next cycle has to ask for another. */
function endTokens({ world }: Stage): void {
  world.entra.setTokenLifetime(1);
  world.entra.revokeTokens();
}

const says =
  (words: string, place: (message: SandboxMessage) => boolean) =>
  (message: SandboxMessage): boolean =>
    place(message) && messageWords(message).includes(words);
const inDirect = (user: string) => (message: SandboxMessage) => message.channel === `D0${user}`;

const comesIn = (stage: Stage, name: string): Promise<void> => {
  stage.world.dataverse.create('contact', { lastname: name });
  return until(
    `${name} has come`,
    () => stage.sql(`SELECT 1 FROM contact WHERE lastname = '${name}'`).length > 0,
  );
};

test('a secret that expires stops the sync, keeps everything, tells the admins at once, and a new one mends it', async () => {
  const stage = await openStage();
  const { tom, aiko, world } = stage;
  await startSync(stage, tom);
  await completion(tom);

  // New credentials that are wrong leave the old ones in use.
  await tom.command('/dynamics credentials', channel);
  await tom.waitForView('credentials');
  await tom.submit({ ...world.credentials, client_secret: 'wrong-secret-value' });
  await tom.waitForView(({ view }) => Boolean(view.submit) && visibleWords(view).includes('AADSTS7000215'));
  await tom.close();
  await comesIn(stage, 'Still running');

  const rows = stage.sql('SELECT count(*) AS n FROM contact')[0]?.n;
  const [old] = secretsOf(stage);
  if (old) old.expiresAt = Date.now() - 1_000;
  endTokens(stage);
  const inThread = await tom.waitForMessage(says('The client secret has expired', isReply));
  expect(inThread).toSatisfy(hasButton('credentials.edit'));
  const direct = await tom.waitForMessage(says('The client secret has expired', inDirect('TOM')));
  expect(messageWords(direct)).toContain('AADSTS7000222');
  expect(messageWords(direct)).toContain('What is stored stays.');
  expect(stage.sql('SELECT count(*) AS n FROM contact')[0]?.n).toBe(rows);
  // Nobody who had no hand in it is written to.
  expect(aiko.messages('D0AIKO').filter(({ ts }) => ts >= direct.ts)).toEqual([]);

  const value = 'new~Secret.Value-1';
  secretsOf(stage).push({ id: 'new', value, expiresAt: Date.now() + 400 * day });
  world.dataverse.create('contact', { lastname: 'While it stood still' });
  await tom.press('credentials.edit', { message: direct });
  const modal = await tom.waitForView('credentials');
  expect(visibleWords(modal.view)).toContain(world.dataverse.organization.friendlyName);
  await tom.submit({ ...world.credentials, client_secret: value });
  await tom.waitForView(({ view }) => !view.submit && visibleWords(view).includes('The sync is paused'));
  await tom.close();
  // It goes on when an admin says so, and not before: the card names the one who mended it, no fault any more.
  const card = await tom.waitForMessage(says('Paused by <@U0TOM>', hasButton('sync.resume')));
  expect(messageWords(card)).not.toContain('expired');
  await tom.press('sync.resume', { message: card });
  await until(
    'the change has come',
    () => stage.sql("SELECT 1 FROM contact WHERE lastname = 'While it stood still'").length > 0,
  );
});

test('a secret that ends soon is remarked on by the checklist and announced once, restarts included', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  const [secret] = secretsOf(stage);
  if (!secret) throw new Error('The app has no secret');
  secret.expiresAt = Date.now() + 20 * day + 60_000;
  await startSync(stage, tom);
  await completion(tom);
  const checked = tom.messages().filter((message) => messageWords(message).includes('expires soon'));
  expect(checked).toEqual([]);
  await tom.command('/dynamics validate', channel);
  const answer = await tom.waitForMessage((message) => messageWords(message).includes('All checks passed'));
  expect(messageWords(answer)).toContain('The client secret expires in 20 days');

  await tom.command('/dynamics subscribe', 'マーケティング');
  await tom.waitForMessage(/問題が起きたときの通知/);
  // A week before; the application has just been allowed to know it.
  secret.expiresAt = Date.now() + 6 * day + 60_000;
  await stage.killAndRestart();
  const direct = await tom.waitForMessage(says('expires in 6 days', inDirect('TOM')));
  expect(direct).toSatisfy(hasButton('credentials.edit'));
  await tom.waitForMessage(says('expires in 6 days', isReply));
  await tom.waitForMessage(says('あと 6 日で', ({ channel: where }) => where === 'C0MAJAPAN'));
  // A kill between telling and remembering tells twice, never not at all: this is about one that comes later.
  await until('it is remembered', () => {
    const { connection } = JSON.parse(readFileSync(join(world.dataDir, 'state.json'), 'utf8'));
    return connection.expiryTold?.days === 7;
  });
  await stage.killAndRestart();
  await comesIn(stage, 'After the restart');
  const announced = tom.messages().filter((message) => messageWords(message).includes('expires in 6 days'));
  expect(announced).toHaveLength(2);
  expect(JSON.stringify(announced)).not.toContain(world.credentials.client_secret);
});

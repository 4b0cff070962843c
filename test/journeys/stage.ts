import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { onTestFinished } from 'vitest';
import { type BotChild, startBotChild } from '../../src/sandbox/bot-child.ts';
import type { SandboxMessage } from '../../src/sandbox/slack/page-api.ts';
import { person } from '../../src/sandbox/slack/person.ts';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { startWorld, type World, type WorldOptions } from '../../src/sandbox/world.ts';

export type Person = ReturnType<typeof person>;
type SqlRow = Record<string, unknown>;

/** A world with the real bot in a process of its own; everything is gone when the test has ended. */
export interface Stage {
  world: World;
  bot: () => BotChild;
  person(user: string): Person;
  /** Admin who writes English, in #marketing-ops. */
  tom: Person;
  /** Admin who writes Japanese. */
  aiko: Person;
  /** Not an admin. */
  mia: Person;
  /** SIGKILL, and a new process in its place. */
  killAndRestart(environment?: Record<string, string>): Promise<void>;
  /** What stands in the marketing database. */
  sql(query: string): SqlRow[];
}

export const channel = 'marketing-ops';

export interface StageOptions extends Omit<WorldOptions, 'folder'> {
  environment?: Record<string, string>;
}

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'journey-'));
  const { environment = {}, ...rest } = options;
  const world = await startWorld({ folder, intervalSeconds: 1, dataverse: { rows: 2_000 }, ...rest });
  let bot = await startBotChild(world, { environment });
  onTestFinished(async () => {
    await bot.stop();
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    world,
    bot: () => bot,
    person: (user) => person(world.slack, user),
    tom: person(world.slack, 'U0TOM'),
    aiko: person(world.slack, 'U0AIKO'),
    mia: person(world.slack, 'U0MIA'),
    async killAndRestart(more = {}) {
      await bot.kill();
      bot = await startBotChild(world, { environment: { ...environment, ...more } });
    },
    sql(query) {
      const db = new DatabaseSync(join(world.dataDir, 'marketing.db'), { readOnly: true, timeout: 5_000 });
      try {
        return db.prepare(query).all();
      } finally {
        db.close();
      }
    },
  };
}

export const hasButton =
  (actionId: string) =>
  ({ blocks }: SandboxMessage): boolean =>
    JSON.stringify(blocks).includes(`"action_id":"${actionId}"`);

/** From nothing to the card that asks for the confirmation of the organization. */
export async function connect({ world }: Stage, admin: Person, where = channel): Promise<SandboxMessage> {
  await admin.command('/dynamics setup', where);
  await admin.waitForView('credentials');
  await admin.submit(world.credentials);
  const card = await admin.waitForMessage(hasButton('organization.confirm'));
  await admin.close();
  return card;
}

export async function chooseFields(
  admin: Person,
  values: Record<string, unknown> = {},
): Promise<SandboxMessage> {
  await admin.press('fields.edit');
  await admin.waitForView(({ view }) => JSON.stringify(view).includes('fields.lead'));
  await admin.submit(values as Parameters<Person['submit']>[0]);
  return await admin.waitForMessage(hasButton('start.review'));
}

export async function requestStart(
  admin: Person,
  values: Record<string, string> = {},
): Promise<SandboxMessage> {
  await admin.press('start.review');
  await admin.waitForView(({ view }) => JSON.stringify(view).includes('notify_channel'));
  await admin.submit({ notify_channel: `#${channel}`, acknowledge: 'all', ...values });
  return await admin.waitForMessage(hasButton('start.confirm'));
}

/** The whole way up to the press on Start. */
export async function startSync(
  stage: Stage,
  admin: Person,
  fields: Record<string, unknown> = {},
): Promise<void> {
  await connect(stage, admin);
  await admin.press('organization.confirm', { confirm: true });
  await admin.waitForMessage(hasButton('fields.edit'));
  await chooseFields(admin, fields);
  await requestStart(admin);
  await admin.press('start.confirm', { confirm: true });
}

/** The message a thread hangs on carries its `thread_ts`, too: a reply is what hangs on another one. */
export const isReply = ({ ts, thread_ts: thread }: SandboxMessage): boolean =>
  thread !== undefined && thread !== ts;

/** The reply in the thread that ends the initial sync. */
export function completion(admin: Person): Promise<SandboxMessage> {
  return admin.waitForMessage((message) => isReply(message) && messageWords(message).includes('completed'));
}

/** What only this person was told by what they did, once it is there. */
export async function privateAnswer(someone: Person, act: () => Promise<unknown>): Promise<string> {
  const before = someone.ephemerals().length;
  await act();
  const answer = await someone.waitFor('a private answer', () => someone.ephemerals().at(before));
  return messageWords(answer);
}

/** Waits until the marketing database says so. */
export async function until(what: string, look: () => boolean): Promise<void> {
  const deadline = Date.now() + 30_000;
  while (!safely(look)) {
    if (Date.now() > deadline) throw new Error(`Never happened: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function safely(look: () => boolean): boolean {
  try {
    return look();
  } catch {
    // The database may not be there yet.
    return false;
  }
}

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { type BotChild, startBotChild } from '../src/sandbox/bot-child.ts';
import { sandboxEntities } from '../src/sandbox/panel.ts';
import type { SandboxMessage } from '../src/sandbox/slack/page-api.ts';
import { person } from '../src/sandbox/slack/person.ts';
import { messageWords } from '../src/sandbox/slack/person-watch.ts';
import { startWorld, type World } from '../src/sandbox/world.ts';
import type { Place } from './organization.ts';
import { serve } from './serve.ts';

/** All that surrounds the bot, in a process of its own: nothing of it takes time on the bot's event loop. */
let stage: { world: World; place: Place; tom: ReturnType<typeof person>; bot: BotChild | null } | null = null;

/** For the longest wait, that of the initial sync. */
const patienceMs = 30 * 60_000;
const channel = 'marketing-ops';

export interface StageFacts extends Place {
  tls: { key: string; cert: string };
  /** Of the two people who send commands. */
  users: string[];
  signingSecret: string;
}

const calls = {
  async open({ folder, rows }: { folder: string; rows: number }): Promise<StageFacts> {
    // Nearly all of them contacts: one large table is the hardest to read quickly.
    const world = await startWorld({ folder, dataverse: { rows, shares: [0.01, 0.97, 0.01] } });
    const { credentials, environment, tls, slack } = world;
    const place = { credentials, environment };
    stage = { world, place, tom: person(slack, 'U0TOM', { patienceMs }), bot: null };
    const signingSecret = environment.SLACK_SIGNING_SECRET ?? '';
    return { ...place, tls, users: ['U0TOM', 'U0AIKO'], signingSecret };
  },

  /** Makes an address known that stands for the organization's own. */
  async admit({ origin }: { origin: string }): Promise<Place> {
    const here = current();
    const { entra, credentials, environment } = here.world;
    entra.addResource(credentials.tenant_id ?? '', origin);
    here.place = {
      credentials: { ...credentials, organization_url: origin },
      environment: { ...environment, DYNAMICS_ALLOWED_HOSTS: new URL(origin).host },
    };
    return here.place;
  },

  /** The bot, set up through Slack as far as the button that starts the sync. */
  async prepare({
    intervalSeconds,
  }: {
    intervalSeconds?: number;
  } = {}): Promise<{ port: number; pid: number }> {
    const here = current();
    const { world, place, tom } = here;
    const interval = intervalSeconds ? { SYNC_INTERVAL_SECONDS: String(intervalSeconds) } : {};
    const bot = await startBotChild(world, { environment: { ...place.environment, ...interval } });
    here.bot = bot;
    await tom.command('/dynamics setup', channel);
    await tom.waitForView('credentials');
    await tom.submit(place.credentials);
    await tom.waitForMessage(hasButton('organization.confirm'));
    await tom.close();
    await tom.press('organization.confirm', { confirm: true });
    await tom.waitForMessage(hasButton('fields.edit'));
    await tom.press('fields.edit');
    await tom.waitForView(({ view }) => JSON.stringify(view).includes('fields.lead'));
    await tom.submit();
    await tom.waitForMessage(hasButton('start.review'));
    await tom.press('start.review');
    // Its inputs come a moment after the modal.
    await tom.waitForView(({ view }) => JSON.stringify(view).includes('"notify_channel"'));
    await tom.submit({ notify_channel: `#${channel}`, acknowledge: 'all' });
    await tom.waitForMessage(hasButton('start.confirm'));
    return { port: bot.port, pid: bot.pid };
  },

  /** Presses Start and waits for the reply that the initial sync has completed. */
  async sync() {
    const { world, tom, bot } = current();
    const began = performance.now();
    await tom.press('start.confirm', { confirm: true });
    await tom.waitForMessage(
      (message) => message.thread_ts !== undefined && messageWords(message).includes('completed'),
    );
    const seconds = (performance.now() - began) / 1000;
    return { seconds, ...readStored(join(world.dataDir, 'marketing.db')), peakBytes: peakOf(bot?.pid ?? 0) };
  },

  /** Waits for so many cycles to end. @returns processor time of the bot meanwhile. */
  async cycles({ count }: { count: number }): Promise<{ cpuMs: number }> {
    const { world, bot } = current();
    const path = join(world.dataDir, 'marketing.db');
    const ended = () =>
      String(readAll(path, "SELECT followed_at AS at FROM _checkpoint WHERE entity = 'contact'")[0]?.at);
    let last = ended();
    let before: number | null = null;
    for (let seen = -1; seen < count; ) {
      await pause(20);
      const now = ended();
      if (now === last) continue;
      last = now;
      seen += 1;
      // From the end of one, so that all of the others count.
      before ??= cpuOf(bot?.pid ?? 0);
    }
    return { cpuMs: cpuOf(bot?.pid ?? 0) - (before ?? 0) };
  },

  /** Changes so many contacts at once. @returns how long until all of them are stored, the pause included. */
  async change({ rows }: { rows: number }): Promise<{ seconds: number }> {
    const { world } = current();
    const path = join(world.dataDir, 'marketing.db');
    const title = 'Changed by the benchmark';
    const chosen = readAll(path, `SELECT contactid AS id FROM contact ORDER BY contactid LIMIT ${rows}`);
    for (const { id } of chosen) world.dataverse.update('contact', String(id), { jobtitle: title });
    const began = performance.now();
    // By their keys: to go through the whole table each time would keep Dataverse, which is here as well, from answering.
    const changed = `contactid <= '${chosen.at(-1)?.id}' AND jobtitle = '${title}'`;
    const stored = () => readAll(path, `SELECT count(*) AS n FROM contact WHERE ${changed}`)[0]?.n;
    while (Number(stored()) < rows) await pause(50);
    return { seconds: (performance.now() - began) / 1000 };
  },
};

export type StageCalls = typeof calls;

function current() {
  if (!stage) throw new Error('The stage is not open');
  return stage;
}

function hasButton(actionId: string): (message: SandboxMessage) => boolean {
  return ({ blocks }) => JSON.stringify(blocks).includes(`"action_id":"${actionId}"`);
}

function readAll(path: string, sql: string): Record<string, unknown>[] {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    return db.prepare(sql).all();
  } finally {
    db.close();
  }
}

/** In milliseconds, of all threads; Linux counts in hundredths of a second. */
function cpuOf(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return 10 * (Number(fields[11]) + Number(fields[12]));
}

/** By the destination's own word: how many rows, and how long from its stamp to the last batch. */
function readStored(path: string): { rows: number; storedSeconds: number } {
  const db = new DatabaseSync(path, { readOnly: true, timeout: 5_000 });
  try {
    const tables = sandboxEntities.map((entity) => `SELECT _synced_at FROM "${entity}"`).join(' UNION ALL ');
    const found = db.prepare(`SELECT count(*) AS n, max(_synced_at) AS last FROM (${tables})`).get();
    const stamp = db.prepare('SELECT stamped_at AS first FROM _organization').get();
    const time = (value: unknown) => Date.parse(String(value));
    return { rows: Number(found?.n), storedSeconds: (time(found?.last) - time(stamp?.first)) / 1000 };
  } finally {
    db.close();
  }
}

/** The most memory the process has ever had; null where the system does not say. */
function peakOf(pid: number): number | null {
  try {
    const found = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
    return found === undefined ? null : Number(found) * 1024;
  } catch {
    return null;
  }
}

serve(calls, async () => {
  await stage?.bot?.stop();
  await stage?.world.close();
});

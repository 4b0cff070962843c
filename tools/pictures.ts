import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';
import { startBotChild } from '../src/sandbox/bot-child.ts';
import { person } from '../src/sandbox/slack/person.ts';
import { startWorld, type World } from '../src/sandbox/world.ts';

/**
 * Takes the pictures of the documentation: plays the product in the sandbox, and photographs its page.
 * Usage: node tools/pictures.ts [folder]. Needs Node 24 and Chromium (`CHROMIUM_PATH`, or /usr/bin/chromium).
 */
const folder = process.argv[2] ?? join(import.meta.dirname, '..', 'docs', 'images');
const channel = { name: 'marketing-ops', id: 'C0MARKETING' };
const japaneseChannel = { name: 'マーケティング', id: 'C0MAJAPAN' };

interface Look {
  user: string;
  channel?: string;
  scheme?: 'light' | 'dark';
  height?: number;
}

interface Studio {
  world: World;
  browser: Browser;
}

type Person = ReturnType<typeof person>;

const has = (text: string) => (thing: unknown) => JSON.stringify(thing).includes(text);
const isReply = ({ ts, thread_ts: thread }: { ts: string; thread_ts?: string }): boolean =>
  thread !== undefined && thread !== ts;

async function open({ world, browser }: Studio, look: Look): Promise<Page> {
  const { user, scheme = 'light', height = 900, channel: at = channel.id } = look;
  const page = await browser.newPage({
    viewport: { width: 1440, height },
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  page.setDefaultTimeout(20_000);
  await page.goto(`${world.slack.origin}/#${new URLSearchParams({ user, channel: at })}`);
  await page.getByTestId('composer').waitFor();
  return page;
}

async function take(page: Page, name: string): Promise<void> {
  await page.waitForLoadState('networkidle', { timeout: 1_000 }).catch(() => {});
  await page.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  console.log(name);
}

/** A part alone, without the workspace around it. */
async function takePart(part: Locator, name: string): Promise<void> {
  await part.scrollIntoViewIfNeeded();
  await part.screenshot({ path: join(folder, `${name}.png`), animations: 'disabled' });
  console.log(name);
}

/** The newest message. */
const takeMessage = (page: Page, name: string): Promise<void> =>
  takePart(page.getByTestId('messages').getByRole('article').last(), name);

async function connect({ world }: Studio, tom: Person, page: Page): Promise<void> {
  await tom.command('/dynamics setup', channel.name);
  await tom.waitForView('credentials');
  await tom.submit({ ...world.credentials, client_secret: 'not~the~right~secret' });
  await tom.waitForView(has('AADSTS'));
  await take(page, 'checklist');
  await tom.submit({ client_secret: world.credentials.client_secret ?? '' });
  await tom.waitForView(has('All checks passed'));
  await tom.close();
  await tom.waitForMessage(has('organization.confirm'));
  await take(page, 'organization');
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(has('fields.edit'));
}

async function choose(tom: Person, page: Page): Promise<void> {
  await tom.press('fields.edit');
  await tom.waitForView(has('fields.lead'));
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('button', { name: 'All readable' }).nth(2).click();
  await tom.waitForView(has('fields.lead!1'));
  await dialog
    .getByRole('group', { name: /^Filter of Lead/ })
    .getByRole('checkbox')
    .check();
  await tom.waitForView(has('keeps'));
  await dialog.getByText('Filter of Lead').first().scrollIntoViewIfNeeded();
  await take(page, 'fields');
  await dialog.getByRole('button', { name: 'Defaults only' }).nth(2).click();
  await tom.waitForView(has('fields.lead!2'));
  await dialog.getByRole('button', { name: 'Save' }).click();
  await tom.waitForMessage(has('start.review'));
}

async function start(tom: Person, page: Page): Promise<void> {
  await tom.press('start.review');
  await tom.waitForView(has('notify_channel'));
  await take(page, 'start');
  await tom.submit({ notify_channel: `#${channel.name}`, acknowledge: 'all' });
  await tom.waitForMessage(has('start.confirm'));
  await tom.press('start.confirm', { confirm: true });
  await tom.waitForMessage((message) => has('Initial sync running')(message) && has('per second')(message));
  await take(page, 'sandbox');
  await tom.waitForMessage(isReply);
  await page.getByRole('button', { name: /^1 reply/ }).click();
  await page.getByRole('region', { name: 'Thread' }).getByText('Duration').waitFor();
  await take(page, 'progress-and-completion');
}

/** Rows that could not be stored, and a day with something in it: the sandbox itself is too short-lived for both. */
function fillDatabase({ world }: Studio): void {
  const db = new DatabaseSync(join(world.dataDir, 'marketing.db'), { timeout: 10_000 });
  const now = Date.now();
  const fail = db.prepare(
    `INSERT INTO _sync_error (entity, id, operation, direction, code, message, first_at, last_at, attempts)
     SELECT 'lead', leadid, 'upsert', 'from-dynamics', 'row-malformed',
       'revenue should be of type Money, and is not (string)', ?1, ?1, 3 FROM lead LIMIT 4`,
  );
  fail.run(new Date(now).toISOString());
  const add = db.prepare(
    'INSERT OR IGNORE INTO _activity (entity, at, changed, deleted) VALUES (?, ?, ?, 0)',
  );
  const busy = { account: 30, contact: 80, lead: 240, opportunity: 12, systemuser: 0.6 };
  for (let step = 1; step < 130; step++) {
    const time = now - (now % 600_000) - step * 600_000;
    const day = Math.sin((((time / 3_600_000) % 24) / 24) * Math.PI) ** 2;
    for (const [entity, most] of Object.entries(busy)) {
      const changed = Math.round(most * day * (0.4 + 0.6 * Math.abs(Math.sin(step * most))));
      if (changed > 0) add.run(entity, new Date(time).toISOString(), changed);
    }
  }
  db.close();
}

async function operate(studio: Studio, tom: Person, aiko: Person): Promise<void> {
  fillDatabase(studio);
  const page = await open(studio, { user: 'U0TOM', height: 1_400 });
  await tom.command('/dynamics status', channel.name);
  await tom.waitFor('the status', () => tom.ephemerals().find(has('slack_file')));
  await page.getByRole('button', { name: 'Refresh' }).last().waitFor();
  await takeMessage(page, 'status');
  await tom.command('/dynamics errors', channel.name);
  await tom.waitFor('the errors', () => tom.ephemerals().find(has('errors.export')));
  await page.getByRole('button', { name: 'Export as CSV' }).last().waitFor();
  await takeMessage(page, 'errors');
  const dark = await open(studio, {
    user: 'U0AIKO',
    scheme: 'dark',
    channel: japaneseChannel.id,
  });
  await aiko.command('/dynamics 状態', japaneseChannel.name);
  await aiko.waitFor('the status', () => aiko.ephemerals().find(has('slack_file')));
  await dark.getByRole('button', { name: '最新の状態を表示' }).last().waitFor();
  await take(dark, 'japanese-dark');
  const home = await open(studio, { user: 'U0TOM', channel: 'D0TOM' });
  await home.getByRole('tab', { name: 'Home' }).click();
  await home.getByTestId('home').getByText('Latest news').waitFor();
  await take(home, 'home');
}

/** Very many deletes, held back until an admin says that they were meant. */
async function alert(studio: Studio, tom: Person): Promise<void> {
  const { dataverse } = studio.world;
  // As somebody sees it who has asked for nothing before.
  const page = await open(studio, { user: 'U0MIA' });
  await tom.command('/dynamics subscribe', channel.name);
  const rows = dataverse.table('account').all().slice(0, 1_240);
  for (const { accountid } of rows) dataverse.delete('account', String(accountid));
  // A cycle begins when the sync is resumed, instead of in five minutes.
  await tom.command('/dynamics pause', channel.name);
  await tom.waitForMessage(has('sync.resume'));
  await tom.command('/dynamics resume', channel.name);
  const held = await tom.waitForMessage(
    (message) => message.channel === channel.id && has('deletes.apply')(message),
  );
  const shown = page.getByRole('article').filter({ hasText: 'Many rows were deleted' }).last();
  await shown.getByRole('button', { name: 'Mark as deleted' }).waitFor();
  await takePart(shown, 'alert');
  await tom.press('deletes.apply', { message: held, confirm: true });
  await tom.waitForMessage((message) => isReply(message) && message.thread_ts === held.ts);
  await shown.getByRole('button', { name: /^1 reply/ }).click();
  await page.getByRole('region', { name: 'Thread' }).getByText('Resolved:').waitFor();
  await take(page, 'alert-resolved');
}

async function play(studio: Studio): Promise<void> {
  const tom = person(studio.world.slack, 'U0TOM');
  const aiko = person(studio.world.slack, 'U0AIKO');
  const page = await open(studio, { user: 'U0TOM' });
  await connect(studio, tom, page);
  await choose(tom, page);
  await start(tom, page);
  await operate(studio, tom, aiko);
  await alert(studio, tom);
}

const data = mkdtempSync(join(tmpdir(), 'pictures-'));
mkdirSync(folder, { recursive: true });
const world = await startWorld({
  folder: data,
  intervalSeconds: 300,
  dataverse: { rows: 60_000, latencyMs: 400 },
});
const bot = await startBotChild(world);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
});
try {
  await play({ world, browser });
} finally {
  await browser.close();
  await bot.stop();
  await world.close();
  rmSync(data, { recursive: true, force: true });
}

import { accessSync, constants, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Locator, type Page } from 'playwright-core';
import { expect, onTestFinished } from 'vitest';
import type { Stage } from '../journeys/stage.ts';

const artifacts = join(import.meta.dirname, '..', '.artifacts');
const browserNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const launchArguments = [
  '--no-sandbox',
  '--disable-dev-shm-usage',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** `CHROMIUM_PATH`, or the first Chromium of the PATH; undefined where there is none. */
export const chromiumPath = findChromium();

function findChromium(): string | undefined {
  const folders = ['/usr/bin', ...(process.env.PATH ?? '').split(delimiter)];
  const onPath = folders.flatMap((folder) => browserNames.map((name) => join(folder, name)));
  return [process.env.CHROMIUM_PATH ?? '', ...onPath].find(isExecutable);
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return path !== '';
  } catch {
    return false;
  }
}

export interface VisitOptions {
  /** Of the screenshots' folder. */
  name: string;
  /** Slack user id of the person who looks at the page. */
  user: string;
  /** Default: the first one they are a member of. */
  channel?: string;
  colorScheme?: 'light' | 'dark';
  viewport?: { width: number; height: number };
}

/** One person in front of the workspace's page. */
export interface Visit {
  page: Page;
  composer: Locator;
  panel: Locator;
  dialog(title: string): Locator;
  /** The newest message with these words. */
  message(words: string | RegExp): Locator;
  /** Types into the composer and sends it. */
  send(text: string): Promise<void>;
  shot(name: string): Promise<void>;
  /** What the browser has complained about. */
  problems: readonly string[];
}

export async function visit(stage: Stage, options: VisitOptions): Promise<Visit> {
  const {
    name,
    user,
    channel = '',
    colorScheme = 'light',
    viewport = { width: 1440, height: 900 },
  } = options;
  const browser = await chromium.launch({ executablePath: chromiumPath ?? '', args: launchArguments });
  onTestFinished(() => browser.close());
  const page = await browser.newPage({ viewport, colorScheme, reducedMotion: 'reduce' });
  page.setDefaultTimeout(20_000);
  const problems = watch(page);
  await page.goto(`${stage.world.slack.origin}/#${new URLSearchParams({ user, channel })}`);
  const composer = page.getByTestId('composer');
  await composer.waitFor();
  const folder = join(artifacts, name);
  mkdirSync(folder, { recursive: true });
  let shots = 0;
  return {
    page,
    composer,
    panel: page.getByTestId('panel'),
    problems,
    dialog: (title) => page.getByRole('dialog', { name: title, exact: true }),
    message: (words) => page.getByTestId('messages').getByRole('article').filter({ hasText: words }).last(),
    async send(text) {
      await composer.click();
      await composer.pressSequentially(text);
      await composer.press('Enter');
    },
    async shot(what) {
      shots += 1;
      const file = `${String(shots).padStart(2, '0')}-${what}.png`;
      await page.screenshot({ path: join(folder, file), animations: 'disabled' });
    },
  };
}

function watch(page: Page): string[] {
  const problems: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) problems.push(`${message.type()}: ${message.text()}`);
  });
  page.on('pageerror', (error) => problems.push(`uncaught: ${error.message}`));
  return problems;
}

/** Waits until these words can be read there, in this order. */
export async function reads(place: Locator, ...words: (string | RegExp)[]): Promise<void> {
  await place.waitFor();
  await expect.poll(() => place.innerText(), { timeout: 20_000 }).toMatch(inOrder(words));
}

function inOrder(words: readonly (string | RegExp)[]): RegExp {
  const sources = words.map((word) =>
    typeof word === 'string' ? word.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&') : word.source,
  );
  return new RegExp(sources.join('[^]*?'));
}

/** Presses a key until the focus is there. */
export async function moveFocus(page: Page, target: Locator, key: 'Tab' | 'Shift+Tab'): Promise<void> {
  await target.waitFor();
  for (let steps = 0; steps < 60; steps += 1) {
    if (await hasFocus(target)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`${key} never comes to ${target}`);
}

export const hasFocus = async (target: Locator): Promise<boolean> =>
  (await target.and(target.page().locator(':focus')).count()) === 1;

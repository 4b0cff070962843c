import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBotChild } from './bot-child.ts';
import { playStory } from './demo-story.ts';
import { startWorld, type World } from './world.ts';

export interface DemoOptions {
  /** Plays the story by itself, prints it and ends. */
  auto: boolean;
  /** Of the page. */
  port: number;
  /** Rows in the organization, all entities together. */
  rows: number;
  print: (text: string) => void;
  /** Aborted when the operator wants to stop. */
  signal: AbortSignal;
}

/** The whole product with everything around it simulated. Nothing of it is left behind. */
export async function runDemo(options: DemoOptions): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'dynamics-sync-demo-'));
  try {
    await runIn(folder, options);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runIn(folder: string, { auto, port, rows, print, signal }: DemoOptions): Promise<void> {
  // The story does not wait for longer than it must; people are to see that there is a pause.
  const world = await startWorld({
    folder,
    port,
    intervalSeconds: auto ? 1 : 5,
    everyWay: true,
    dataverse: { rows },
  });
  try {
    const bot = await startBotChild(world);
    try {
      const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
      if (!auto) print(describeDemo(world));
      await Promise.race([stopped, ...(auto ? [playStory(world, print)] : [])]);
    } finally {
      await bot.stop();
    }
  } finally {
    await world.close();
  }
}

function describeDemo({ slack, dataDir }: World): string {
  return [
    '',
    `  Open ${slack.origin}`,
    '',
    '  Type /dynamics setup there. The panel on the right has the credentials.',
    `  The marketing database: ${join(dataDir, 'marketing.db')} (until you stop)`,
    '  Stop with Ctrl+C.',
    '',
  ].join('\n');
}

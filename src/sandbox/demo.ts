import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBotChild } from './bot-child.ts';
import { playStory } from './demo-story.ts';
import { startWorld } from './world.ts';

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
  const { auto, port, rows, print, signal } = options;
  const folder = mkdtempSync(join(tmpdir(), 'dynamics-sync-demo-'));
  const world = await startWorld({ folder, port, dataverse: { rows } });
  try {
    const bot = await startBotChild(world);
    try {
      if (auto) await playStory(world, print);
      else await show(world.slack.origin, print, signal);
    } finally {
      await bot.stop();
    }
  } finally {
    await world.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function show(origin: string, print: (text: string) => void, signal: AbortSignal): Promise<void> {
  print(
    `\n  Open ${origin}\n\n  Type /dynamics setup there. The panel on the right has the credentials.\n  Stop with Ctrl+C.\n`,
  );
  if (signal.aborted) return;
  await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}

import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { World } from './world.ts';

const entry = join(import.meta.dirname, '..', 'main.ts');

/** The bot in a process of its own, as in production. */
export interface BotChild {
  port: number;
  pid: number;
  /** What it has logged, oldest first. */
  lines: readonly string[];
  /** SIGTERM; resolves with its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: no chance to save anything. */
  kill(): Promise<void>;
}

export interface BotChildOptions {
  /** Settings besides the world's. */
  environment?: Record<string, string>;
  onLine?: (line: string) => void;
}

/** Starts the bot in this world; resolves when it takes Slack's requests. */
export async function startBotChild(world: World, options: BotChildOptions = {}): Promise<BotChild> {
  const child = spawn(process.execPath, [entry, 'start'], {
    cwd: world.dataDir,
    env: { ...world.environment, ...options.environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const lines: string[] = [];
  const exited = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)));
  const port = await listening(child, lines, options.onLine);
  const isHttp = 'SLACK_SIGNING_SECRET' in world.environment && !('SLACK_APP_TOKEN' in world.environment);
  if (isHttp) world.slack.connectBot({ requestUrl: `http://127.0.0.1:${port}/slack/events` });

  const end = (signal: NodeJS.Signals) => {
    if (isHttp) world.slack.connectBot({ requestUrl: null });
    child.kill(signal);
    return exited;
  };
  return {
    port,
    pid: child.pid ?? 0,
    lines,
    stop: () => end('SIGTERM'),
    kill: async () => {
      await end('SIGKILL');
    },
  };
}

/** The port the bot logs once it listens. Rejects with what it said when it ends before that. */
function listening(child: ChildProcess, lines: string[], onLine?: (line: string) => void): Promise<number> {
  return new Promise((resolve, reject) => {
    const take = (line: string) => {
      lines.push(line);
      onLine?.(line);
      const port = portOf(line);
      if (port) resolve(port);
    };
    for (const stream of [child.stdout, child.stderr]) {
      if (stream) createInterface({ input: stream }).on('line', take);
    }
    child.once('exit', (code) =>
      reject(new Error(`The bot ended with ${code}:\n${lines.slice(-20).join('\n')}`)),
    );
    child.once('error', reject);
  });
}

function portOf(line: string): number | null {
  if (!line.includes('"msg":"listening"')) return null;
  const { port }: { port?: unknown } = JSON.parse(line);
  return typeof port === 'number' ? port : null;
}

import { App, HTTPReceiver, type Logger, LogLevel, SocketModeReceiver } from '@slack/bolt';
import type { Clock } from '../../src/lib/clock.ts';
import { person } from '../../src/sandbox/slack/person.ts';
import { type Slack, type SlackOptions, startSlack } from '../../src/sandbox/slack/slack.ts';
import { WORKSPACE_SEED } from '../../src/sandbox/slack/workspace-seed.ts';

export const SECRETS = { signingSecret: 'signing-secret', botToken: 'xoxb-test', appToken: 'xapp-test' };

export const AIKO = 'U0AIKO';
export const TOM = 'U0TOM';
export const MIA = 'U0MIA';
export const EVE = 'U0EVE';
export const BOT = 'U0SYNC';
export const MARKETING = 'C0MARKETING';

export const startWorkspace = (options: Partial<SlackOptions> = {}): Promise<Slack> =>
  startSlack({ ...WORKSPACE_SEED, ...SECRETS, ...options });

export interface HandClock extends Clock {
  advance(ms: number): void;
  /** Resolves once somebody sleeps for this long. */
  asleep(ms: number): Promise<void>;
}

/** A clock that stands still until it is moved. It starts at the real time, since Bolt looks at signatures' age. */
export function createHandClock(): HandClock {
  let now = Date.now();
  const sleepers = new Set<{ ms: number; until: number; wake(): void }>();
  const watchers = new Set<() => void>();
  return {
    now: () => now,
    sleep: (ms, signal) =>
      new Promise((resolve) => {
        const sleeper = {
          ms,
          until: now + ms,
          wake: () => {
            sleepers.delete(sleeper);
            resolve();
          },
        };
        if (signal?.aborted) return resolve();
        sleepers.add(sleeper);
        for (const look of watchers) look();
        signal?.addEventListener('abort', sleeper.wake, { once: true });
      }),
    asleep: (ms) =>
      new Promise((resolve) => {
        const look = () => {
          if (![...sleepers].some((sleeper) => sleeper.ms === ms)) return;
          watchers.delete(look);
          resolve();
        };
        watchers.add(look);
        look();
      }),
    advance(ms) {
      now += ms;
      for (const sleeper of [...sleepers]) if (sleeper.until <= now) sleeper.wake();
    },
  };
}

const nothing = () => {};

/** For clients whose failures are the test's subject. */
export const QUIET: Logger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

const retryConfig = { retries: 0 };

/** A real Bolt app over signed HTTP, with signature checking on. `started` connects it to the workspace. */
export async function startHttpBot(
  slack: Slack,
  register: (app: App) => void,
  signingSecret = SECRETS.signingSecret,
): Promise<() => Promise<void>> {
  const receiver = new HTTPReceiver({ signingSecret, logLevel: LogLevel.ERROR });
  const app = new App({
    token: SECRETS.botToken,
    receiver,
    logLevel: LogLevel.ERROR,
    clientOptions: { slackApiUrl: slack.apiUrl, retryConfig },
  });
  register(app);
  const server = await app.start({ port: 0, host: '127.0.0.1' });
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  slack.connectBot({ requestUrl: `http://127.0.0.1:${port}/slack/events` });
  return async () => {
    slack.connectBot({ requestUrl: null });
    server.closeAllConnections();
    await app.stop();
  };
}

/** The same over Socket Mode. */
export async function startSocketBot(
  slack: Slack,
  register: (app: App) => void,
): Promise<() => Promise<void>> {
  const clientOptions = { slackApiUrl: slack.apiUrl, retryConfig };
  const receiver = new SocketModeReceiver({
    appToken: SECRETS.appToken,
    clientPingTimeout: 200,
    // A dropped socket is logged as an error, and dropping it is what some tests do.
    logger: QUIET,
    installerOptions: { clientOptions },
  });
  const app = new App({ token: SECRETS.botToken, receiver, logLevel: LogLevel.ERROR, clientOptions });
  register(app);
  await app.start();
  return async () => {
    await app.stop();
    await slack.until(() => !slack.state(TOM).bot_connected);
  };
}

export { person };

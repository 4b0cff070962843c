import { type LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from '../lib/log.ts';
import type { SlackHealth } from './health.ts';

/**
 * Two clients, because they must not wait for each other: a rate limit pauses the whole queue of a client.
 * - `interactive`: views and answers. A trigger lives three seconds, so it gives up early.
 * - `background`: messages nobody waits for. Keeps to rate limits. It gives up after some seconds as well: what is
 *   owed is told again and again by whoever owes it, and must not find the queue held up by an old message.
 */
export interface SlackClients {
  interactive: WebClient;
  background: WebClient;
}

export function createClients(options: {
  token: string;
  apiUrl: string;
  health: SlackHealth;
  log: Logger;
}): SlackClients {
  const shared: WebClientOptions = {
    slackApiUrl: options.apiUrl,
    logger: slackLogger(options.log),
    fetch: options.health.watch('SLACK_BOT_TOKEN'),
  };
  return {
    interactive: new WebClient(options.token, {
      ...shared,
      retryConfig: { retries: 1, minTimeout: 100, maxTimeout: 300 },
      timeout: 2_500,
      rejectRateLimitedCalls: true,
    }),
    background: new WebClient(options.token, {
      ...shared,
      retryConfig: { retries: 2, minTimeout: 500, maxTimeout: 2_000 },
      timeout: 15_000,
    }),
  };
}

/** Tokens and socket tickets, wherever they stand. */
const tokens = /xox[a-z]-[\w-]+|xapp-[\w-]+|ticket=[\w-]+/g;

/**
 * Slack's libraries log through ours, warnings and errors only: at a lower level they write whole payloads into
 * one line, and with them whatever somebody typed into a modal.
 */
export function slackLogger(log: Logger): NonNullable<WebClientOptions['logger']> {
  const write =
    (level: 'warn' | 'error') =>
    (...parts: unknown[]) => {
      const text = parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ');
      log[level](text.replace(tokens, '[redacted]'), { from: 'slack' });
    };
  return {
    debug: () => {},
    info: () => {},
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => 'info' as LogLevel,
    setName: () => {},
  };
}

import { type LogLevel, WebClient, type WebClientOptions } from '@slack/web-api';
import type { Logger } from '../lib/log.ts';

/**
 * Two clients, because they must not wait for each other: a rate limit pauses the whole queue of a client.
 * - `interactive`: views and answers. A trigger lives three seconds, so it gives up early.
 * - `background`: messages nobody waits for. Retries for half an hour and keeps to rate limits.
 */
export interface SlackClients {
  interactive: WebClient;
  background: WebClient;
}

export function createClients(options: { token: string; apiUrl: string; log: Logger }): SlackClients {
  const shared: WebClientOptions = { slackApiUrl: options.apiUrl, logger: slackLogger(options.log) };
  return {
    interactive: new WebClient(options.token, {
      ...shared,
      retryConfig: { retries: 1, minTimeout: 100, maxTimeout: 300 },
      timeout: 2_500,
      rejectRateLimitedCalls: true,
    }),
    background: new WebClient(options.token, shared),
  };
}

/** Slack's libraries log through ours; what they call info is debugging to an operator. */
export function slackLogger(log: Logger): NonNullable<WebClientOptions['logger']> {
  const write =
    (level: 'debug' | 'warn' | 'error') =>
    (...parts: unknown[]) => {
      log[level](parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' '), {
        from: 'slack',
      });
    };
  return {
    debug: write('debug'),
    info: write('debug'),
    warn: write('warn'),
    error: write('error'),
    setLevel: () => {},
    getLevel: () => 'info' as LogLevel,
    setName: () => {},
  };
}

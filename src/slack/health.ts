import type { WebClientOptions } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { tokenRefusals } from '../model/slack-answer.ts';

type Fetch = NonNullable<WebClientOptions['fetch']>;
/** The settings Slack can refuse. */
export type TokenSetting = 'SLACK_BOT_TOKEN' | 'SLACK_APP_TOKEN';

/** How it stands between the bot and Slack, by what Slack has answered. */
export interface SlackHealth {
  /** Null when all is well, else what is not, in a few words for `/readyz`. */
  problem(): string | null;
  /** A `fetch` for the Web API of which every answer is looked at. */
  watch(setting: TokenSetting): Fetch;
  /** Slack said by itself that the app is out, e.g. by `tokens_revoked`. */
  refused(setting: TokenSetting, reason: string): void;
  /** Hears when Slack answers again after it had not. */
  onRecovered(listener: () => void): void;
}

export const pageOf: Readonly<Record<TokenSetting, string>> = {
  SLACK_BOT_TOKEN: '"OAuth & Permissions"',
  SLACK_APP_TOKEN: '"Basic Information", "App-Level Tokens"',
};

export const isTokenRefusal = (reason: unknown): reason is string =>
  typeof reason === 'string' && tokenRefusals.includes(reason);

/** A single request that fails is nothing; so long without any answer is. */
const unreachableAfterMs = 5_000;

export function createSlackHealth({ clock, log }: { clock: Clock; log: Logger }): SlackHealth {
  const refusedFor = new Map<TokenSetting, string>();
  const listeners: (() => void)[] = [];
  let silentSince: number | null = null;
  let saidUnreachable = false;

  const isSilent = () => silentSince !== null && clock.now() - silentSince >= unreachableAfterMs;

  function refused(setting: TokenSetting, reason: string): void {
    silentSince = null;
    if (refusedFor.get(setting) === reason) return;
    refusedFor.set(setting, reason);
    log.error(
      `Slack does not accept ${setting} any more (${reason}). The sync goes on, but nobody hears of it.`,
      {
        setting,
        reason,
        where: `api.slack.com/apps, your app, ${pageOf[setting]}`,
      },
    );
  }

  function answered(setting: TokenSetting): void {
    const wasBad = refusedFor.has(setting) || saidUnreachable;
    silentSince = null;
    saidUnreachable = false;
    refusedFor.delete(setting);
    if (!wasBad) return;
    log.info('Slack answers again', { setting });
    for (const listener of listeners) listener();
  }

  function unanswered(error: unknown): void {
    silentSince ??= clock.now();
    if (!isSilent() || saidUnreachable) return;
    saidUnreachable = true;
    log.error('Slack cannot be reached. The sync goes on; what is to be told is told afterwards.', { error });
  }

  return {
    problem() {
      const [first] = refusedFor;
      if (first) return `Slack does not accept ${first[0]} (${first[1]})`;
      return isSilent() ? 'Slack cannot be reached' : null;
    },
    watch: (setting) => watchedFetch(setting, { refused, answered, unanswered }),
    refused,
    onRecovered: (listener) => void listeners.push(listener),
  };
}

interface Judge {
  refused(setting: TokenSetting, reason: string): void;
  answered(setting: TokenSetting): void;
  unanswered(error: unknown): void;
}

function watchedFetch(setting: TokenSetting, { refused, answered, unanswered }: Judge): Fetch {
  return async (url, init) => {
    const response = await fetch(url, init).catch((error: unknown) => {
      unanswered(error);
      throw error;
    });
    const error = response.status < 500 ? await errorOf(response) : undefined;
    if (response.status >= 500) unanswered(new Error(`HTTP ${response.status}`));
    else if (isTokenRefusal(error)) refused(setting, error);
    else answered(setting);
    return response;
  };
}

/** The `error` of one of Slack's answers; of a copy, since its reader wants it whole. */
async function errorOf(response: Response): Promise<unknown> {
  try {
    const body: unknown = await response.clone().json();
    return typeof body === 'object' && body !== null && 'error' in body ? body.error : undefined;
  } catch {
    // Not JSON, e.g. an upload: an answer all the same.
    return undefined;
  }
}

import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import { WebAPIPlatformError, type WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { slackLogger } from './clients.ts';

export interface SlackSettings {
  token: string;
  apiUrl: string;
  /** Given: Socket Mode. */
  appToken: string | undefined;
  /** Given without `appToken`: HTTP mode. */
  signingSecret: string | undefined;
}

/** The line to Slack, before anything listens on it. */
export interface SlackLine {
  app: App;
  /** The workspace the bot is installed in; null when Slack does not say. */
  teamId: string | null;
  /** Takes Slack's requests in HTTP mode; null in Socket Mode. */
  http: HTTPReceiver['requestListener'] | null;
  /** Opens the socket; does nothing in HTTP mode, where the server is somebody else's. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Slack drops an app's socket every few hours, and what people do while there is none is lost after three
 * seconds: Bolt waits for this long before it connects again (its default is five seconds). It is also how long
 * an answer to a ping may take, so it must not be much shorter.
 */
const reconnectMs = 2_500;
const closeWithinMs = 1_000;

/**
 * @param client gives up early: a start that cannot reach Slack is to say so.
 * @throws WebAPIPlatformError `invalid_auth` and the like when Slack does not take the token.
 */
export async function openSlackLine(
  settings: SlackSettings,
  { client, clock, log }: { client: WebClient; clock: Clock; log: Logger },
): Promise<SlackLine> {
  const { token, apiUrl } = settings;
  const {
    team_id: teamId,
    user_id: botUserId,
    bot_id: botId,
  } = await client.auth.test().catch((error: unknown) => {
    throw explain(error, 'SLACK_BOT_TOKEN', '"OAuth & Permissions"');
  });
  const logger = slackLogger(log);
  const { receiver, socket, http } = createReceiver(settings, log);
  const app = new App({
    // Who the bot is has just been asked: Bolt need not ask again.
    authorize: async () => ({
      botToken: token,
      ...(botId ? { botId } : {}),
      ...(botUserId ? { botUserId } : {}),
    }),
    receiver,
    clientOptions: { slackApiUrl: apiUrl, logger },
    logger,
    convoStore: false,
  });
  app.error(async (error) => {
    log.error('A listener failed', { error });
  });
  return {
    app,
    teamId: teamId ?? null,
    http: http ? http.requestListener.bind(http) : null,
    open: async () => {
      if (!socket) return;
      await socket.start().catch((error: unknown) => {
        throw explain(error, 'SLACK_APP_TOKEN', '"Basic Information", "App-Level Tokens"');
      });
    },
    close: async () => {
      if (socket) await within(Promise.resolve(socket.stop()), clock, closeWithinMs);
    },
  };
}

/** A token Slack does not take is a wrong setting, and said as one; anything else stays what it is. */
function explain(error: unknown, setting: string, page: string): unknown {
  if (!(error instanceof WebAPIPlatformError)) return error;
  const reason = error.data.error;
  const message = `Slack does not accept ${setting} (${reason}). It is found at api.slack.com/apps, your app, ${page}.`;
  return new AppError('setting-refused', message, { recovery: 'ask-admin', cause: error });
}

function createReceiver({ appToken, signingSecret = '', apiUrl }: SlackSettings, log: Logger) {
  const logger = slackLogger(log);
  if (!appToken) {
    const http = new HTTPReceiver({ signingSecret, logger, endpoints: '/slack/events' });
    return { receiver: http, http, socket: null };
  }
  const socket = new SocketModeReceiver({
    appToken,
    logger,
    clientPingTimeout: reconnectMs,
    installerOptions: { clientOptions: { slackApiUrl: apiUrl } },
  });
  return { receiver: socket, http: null, socket };
}

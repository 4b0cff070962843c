import { App, HTTPReceiver, SocketModeReceiver } from '@slack/bolt';
import type { Logger } from '../lib/log.ts';
import { slackLogger } from './clients.ts';

export interface SlackSettings {
  token: string;
  apiUrl: string;
  /** Given: Socket Mode. */
  appToken?: string | undefined;
  /** Given without `appToken`: HTTP mode. */
  signingSecret?: string | undefined;
}

/** The line to Slack, before anything listens on it. */
export interface SlackLine {
  app: App;
  /** The workspace and the bot's own user, as Slack says. */
  identity: { teamId: string; userId: string };
  /** Takes Slack's requests in HTTP mode; null in Socket Mode. */
  http: HTTPReceiver['requestListener'] | null;
  /** Opens the socket; does nothing in HTTP mode, where the server is somebody else's. */
  open(): Promise<void>;
  close(): Promise<void>;
}

/**
 * Slack drops an app's socket every few hours, and what people do while there is none is lost after three
 * seconds. Bolt waits for this long before it connects again (its default is five seconds).
 */
const reconnectMs = 1_000;

/** @throws WebAPIPlatformError `invalid_auth` and the like when Slack does not take the token. */
export async function openSlackLine(settings: SlackSettings, log: Logger): Promise<SlackLine> {
  const { appToken, signingSecret, token, apiUrl } = settings;
  const logger = slackLogger(log);
  const clientOptions = { slackApiUrl: apiUrl, logger };
  const socket = appToken
    ? new SocketModeReceiver({
        appToken,
        logger,
        clientPingTimeout: reconnectMs,
        installerOptions: { clientOptions },
      })
    : null;
  const http = socket
    ? null
    : new HTTPReceiver({ signingSecret: signingSecret ?? '', logger, endpoints: '/slack/events' });
  const receiver = socket ?? http;
  if (!receiver) throw new Error('Neither Socket Mode nor HTTP mode is set up');
  const app = new App({
    token,
    receiver,
    clientOptions,
    logger,
    convoStore: false,
    deferInitialization: true,
  });
  app.error(async (error) => {
    log.error('A listener failed', { error });
  });
  await app.init();
  const { team_id: teamId = '', user_id: userId = '' } = await app.client.auth.test();
  return {
    app,
    identity: { teamId, userId },
    http: http ? http.requestListener.bind(http) : null,
    open: async () => {
      if (socket) await socket.start();
    },
    close: async () => {
      if (socket) await socket.stop();
    },
  };
}

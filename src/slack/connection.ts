import { App, HTTPReceiver } from '@slack/bolt';
import { type AuthTestResponse, WebAPIPlatformError, WebClient } from '@slack/web-api';
import type { Clock } from '../lib/clock.ts';
import { AppError } from '../lib/errors.ts';
import type { Logger } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { slackLogger } from './clients.ts';
import { isTokenRefusal, pageOf, type SlackHealth, type TokenSetting } from './health.ts';
import { missingScopes } from './scopes.ts';
import { createSocketReceiver } from './socket-receiver.ts';

export interface SlackSettings {
  token: string;
  apiUrl: string;
  /** Given: Socket Mode. */
  appToken: string | undefined;
  /** Given without `appToken`: HTTP mode. */
  signingSecret: string | undefined;
}

/** The line to Slack. Made without asking Slack anything, so that it can be waited for. */
export interface SlackLine {
  app: App;
  /** The workspace the bot is installed in; null until Slack has said it. */
  teamId(): string | null;
  /** Takes Slack's requests in HTTP mode; null in Socket Mode. */
  http: HTTPReceiver['requestListener'] | null;
  /**
   * Asks Slack who the bot is, and opens the sockets. From then on looks after the line: asks again and again how
   * it stands. Does not throw where Slack cannot be reached.
   * @throws AppError `setting-refused` when Slack does not take a token, unless `patient`: then it is asked again.
   */
  open(options: { patient: boolean }): Promise<void>;
  /** Null when Slack is reached and takes the tokens; else what is not. */
  problem(): string | null;
  close(): Promise<void>;
}

export interface SlackLineDeps {
  health: SlackHealth;
  clock: Clock;
  log: Logger;
}

const askWithinMs = 5_000;
const askEveryMs = 30_000;
const askAgainMs = 3_000;
const closeWithinMs = 500;

/** Who the bot is, as far as Slack has said it. */
interface Identity {
  teamId: string | null;
  botUserId?: string;
  botId?: string;
}

export function createSlackLine(settings: SlackSettings, deps: SlackLineDeps): SlackLine {
  const { token, apiUrl } = settings;
  const { health, clock, log } = deps;
  const logger = slackLogger(log);
  const stopping = new AbortController();
  const { receiver, socket, http } = createReceiver(settings, deps);
  let identity: Identity | null = null;
  let watching: Promise<void> | null = null;
  const sayMissing = createScopeCheck(log);
  const app = new App({
    // Who the bot is is asked when the line is opened: Bolt need not ask again.
    authorize: async () => ({ botToken: token, ...ids(identity) }),
    receiver,
    clientOptions: { slackApiUrl: apiUrl, logger },
    logger,
    convoStore: false,
  });
  app.error(async (error) => log.error('A listener failed', { error }));
  const client = new WebClient(token, {
    slackApiUrl: apiUrl,
    logger,
    retryConfig: { retries: 0 },
    timeout: askWithinMs,
    fetch: health.watch('SLACK_BOT_TOKEN'),
  });

  async function ask(): Promise<void> {
    const answer = await client.auth.test();
    sayMissing(answer.response_metadata?.scopes);
    identity = identityOf(answer);
  }

  /** A token can be revoked while nothing is said: nobody would notice before it matters. */
  async function watch(): Promise<void> {
    while (!stopping.signal.aborted) {
      await clock.sleep(identity && !health.problem() ? askEveryMs : askAgainMs, stopping.signal);
      if (!stopping.signal.aborted)
        await ask().catch((error: unknown) => log.debug('Slack did not answer', { error }));
    }
  }

  return {
    app,
    teamId: () => identity?.teamId ?? null,
    http: http ? http.requestListener.bind(http) : null,
    async open({ patient }) {
      await ask().catch((error: unknown) => bear(error, 'SLACK_BOT_TOKEN', { patient, log }));
      await socket?.start().catch((error: unknown) => bear(error, 'SLACK_APP_TOKEN', { patient, log }));
      watching = watch();
    },
    problem: () => health.problem() ?? unopened(identity, socket),
    async close() {
      stopping.abort();
      // A question that Slack does not answer must not hold up the end.
      const asking = watching && within(watching, clock, closeWithinMs).catch(() => {});
      await Promise.all([socket?.stop(), asking]);
    },
  };
}

/** Without a scope something does not work, and Slack only says so where it is tried. */
function createScopeCheck(log: Logger): (granted: readonly string[] | undefined) => void {
  let said = '';
  return (granted = []) => {
    // Slack always grants some: none at all means that it does not say.
    const missing = granted.length > 0 ? missingScopes(granted) : [];
    const names = missing.map(({ name }) => name).join(', ');
    const isNew = names !== said && names !== '';
    said = names;
    if (!isNew) return;
    const scopes = Object.fromEntries(missing.map(({ name, why }) => [name, why]));
    log.warn(`The app lacks scopes: ${names}. Install it again with slack-manifest.yml.`, { scopes });
  };
}

function identityOf({ team_id: teamId, user_id: botUserId, bot_id: botId }: AuthTestResponse): Identity {
  return { teamId: teamId ?? null, ...(botUserId ? { botUserId } : {}), ...(botId ? { botId } : {}) };
}

function ids(identity: Identity | null): { botUserId?: string; botId?: string } {
  const { teamId: _, ...known } = identity ?? { teamId: null };
  return known;
}

function unopened(identity: Identity | null, socket: { isOpen(): boolean } | null): string | null {
  if (!identity) return 'Slack has not answered yet';
  return socket && !socket.isOpen() ? 'No socket to Slack is open' : null;
}

/** A token Slack does not take is a wrong setting, and said as one; everything else passes. */
function bear(
  error: unknown,
  setting: TokenSetting,
  { patient, log }: { patient: boolean; log: Logger },
): void {
  const reason = error instanceof WebAPIPlatformError ? error.data.error : null;
  if (!isTokenRefusal(reason) || patient) {
    log.error('Slack cannot be used yet, it is tried again', { setting, error });
    return;
  }
  const where = `It is found at api.slack.com/apps, your app, ${pageOf[setting]}.`;
  const message = `Slack does not accept ${setting} (${reason}). ${where}`;
  throw new AppError('setting-refused', message, { recovery: 'ask-admin', cause: error });
}

function createReceiver({ appToken, signingSecret = '', apiUrl }: SlackSettings, deps: SlackLineDeps) {
  if (appToken) {
    const socket = createSocketReceiver({ ...deps, appToken, apiUrl });
    return { receiver: socket, socket, http: null };
  }
  const http = new HTTPReceiver({ signingSecret, logger: slackLogger(deps.log), endpoints: '/slack/events' });
  return { receiver: http, socket: null, http };
}

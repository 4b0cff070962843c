import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { readKeyFile } from '../config/key-file.ts';
import type { Config } from '../config/load.ts';
import { createSecretReader, type SecretSource } from '../config/secret-reader.ts';
import { openSqlite } from '../destinations/sqlite.ts';
import { openSqliteReader } from '../destinations/sqlite-reader.ts';
import { createDynamics } from '../dynamics/dynamics.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { createSealedBox } from '../lib/sealed-box.ts';
import { standardEntities } from '../model/entity.ts';
import { isStarted } from '../model/setup.ts';
import { createPainter } from '../pictures/painter.ts';
import type { ConnectionStore } from '../ports/connection-store.ts';
import type { DestinationReader } from '../ports/destination.ts';
import { createClients } from '../slack/clients.ts';
import { createSlackLine } from '../slack/connection.ts';
import { createSlackHealth } from '../slack/health.ts';
import { registerListeners } from '../slack/register.ts';
import { openFileStore } from '../state/file-store.ts';
import { lockFolder, openFolder } from '../state/folder-lock.ts';
import { type Core, openCore } from './core.ts';
import { openHttpServer } from './http-server.ts';
import { describeMetrics } from './metrics.ts';
import { addressRules, openBot } from './open-bot.ts';
import { createReleaser, type Releaser } from './release.ts';
import { createSecretInvitations, type SecretInvitations } from './secret-invitations.ts';
import { createSecretPageHandler } from './secret-page.ts';
import { createSyncThread } from './sync-thread.ts';
import { openTelling, type Telling } from './telling.ts';

export interface BotProcess {
  /** Port of the HTTP server. */
  port: number;
  mode: 'http' | 'socket';
  /** Takes no more work, finishes the page in hand, saves. Called again, it gives the first call's promise. */
  stop(): Promise<void>;
}

/** What every part is made with. */
interface Base {
  config: Config;
  /** What the operator holds for the bot. */
  secrets: SecretSource;
  log: Logger;
  clock: Clock;
  releaser: Releaser;
}

/** Puts the whole bot together and starts it: the one place that knows every part. */
export async function startBot(
  config: Config,
  secrets: SecretSource,
  log: Logger,
  clock: Clock = systemClock,
): Promise<BotProcess> {
  const releaser = createReleaser(log);
  try {
    return await compose({ config, secrets, log, clock, releaser });
  } catch (error) {
    await releaser.release();
    throw error;
  }
}

async function compose(base: Base): Promise<BotProcess> {
  const { config, releaser } = base;
  const data = await openData(base);
  // First of all: whoever looks after the process sees that it lives while it waits for Slack.
  const invitations = openInvitations(base);
  const door = await openDoor(base, data, invitations);
  const settings = slackSettings(config);
  const health = createSlackHealth(base);
  const clients = createClients({ ...base, ...settings, health });
  const line = createSlackLine(settings, { ...base, health });
  const telling = openTelling({ ...base, client: clients.background, store: data.store });
  releaser.push('notices', () => telling.notices.stop());
  releaser.push('lookout', () => telling.lookout.stop());
  const core = openParts(base, { ...data, telling });
  releaser.push('core', () => core.stop());
  const painter = createPainter(base);
  releaser.push('painter', () => painter.stop());
  const bot = openBot({
    ...base,
    ...data,
    painter,
    clients,
    core,
    telling,
    invitations,
    teamId: line.teamId,
  });
  releaser.push('homes', () => bot.homes.stop());
  registerListeners(line.app, bot, health);
  health.onRecovered(() => {
    core.tellWhatIsOwed();
    telling.lookout.wake(true);
  });
  releaser.push('slack', () => line.close());
  // The data does not wait for Slack.
  await core.start();
  telling.lookout.start();
  const { setup } = await data.store.read();
  await line.open({ patient: isStarted(setup) });
  door.open(line.http, () => line.problem());
  return {
    port: door.port,
    mode: line.http ? 'http' : 'socket',
    stop: () => {
      door.shut('stopping');
      return releaser.release();
    },
  };
}

interface Door {
  port: number;
  /** From now on the bot is ready and takes Slack's requests. */
  open(slackEvents: RequestListener | null, problem: () => string | null): void;
  shut(why: string): void;
}

/** Null where no browser reaches this server. */
function openInvitations({ config, clock, releaser }: Base): SecretInvitations | null {
  if (config.PUBLIC_URL === undefined) return null;
  const invitations = createSecretInvitations({ url: config.PUBLIC_URL, clock });
  releaser.push('invitations', () => invitations.stop());
  return invitations;
}

async function openDoor(
  base: Base,
  { store, destination }: Data,
  invitations: SecretInvitations | null,
): Promise<Door> {
  const { config, releaser } = base;
  let notReady = (): string | null => 'starting';
  let slackEvents: RequestListener | null = null;
  const server = await openHttpServer({
    host: config.HOST,
    port: config.PORT,
    slackEvents: () => slackEvents,
    notReady: () => notReady(),
    pages: invitations ? createSecretPageHandler({ ...base, invitations }) : async () => false,
    metrics: async () => describeMetrics((await store.read()).setup, await destination.tallies()),
  });
  releaser.push('http', () => server.close());
  return {
    port: server.port,
    open(listener, problem) {
      slackEvents = listener;
      notReady = problem;
    },
    shut(why) {
      notReady = () => why;
    },
  };
}

interface Data {
  store: ConnectionStore;
  destination: DestinationReader;
  destinationPath: string;
}

async function openData({ config, releaser }: Base): Promise<Data> {
  openFolder(config.DATA_DIR);
  releaser.push('lock', lockFolder(config.DATA_DIR));
  const store = await openFileStore(join(config.DATA_DIR, 'state.json'));
  const destinationPath = join(config.DATA_DIR, 'marketing.db');
  const destination = openSqliteReader({ path: destinationPath });
  releaser.push('destination', () => destination.close());
  return { store, destination, destinationPath };
}

function openParts(base: Base, parts: Data & { telling: Telling }): Core {
  const { config } = base;
  const { store, telling, destination, destinationPath } = parts;
  const core = openCore({
    ...base,
    store,
    box: createSealedBox(config.ENCRYPTION_KEY ?? [readKeyFile(config.DATA_DIR)]),
    entities: standardEntities,
    dynamics: createDynamics({
      log: base.log,
      clock: base.clock,
      rules: addressRules(config),
      graph: config.MICROSOFT_GRAPH_URL,
      secrets: createSecretReader(base.secrets),
    }),
    runner: createSyncThread({ ...base, destinationPath, rules: addressRules(config) }),
    checkDestination: (organizationId) => checkDestination(destinationPath, organizationId),
    notices: telling.notices,
    intervalSeconds: config.SYNC_INTERVAL_SECONDS,
    rules: { secondAdmin: config.REQUIRE_SECOND_ADMIN },
  });
  telling.connect(core.cardFacts);
  telling.connectSync({ progress: core.progress, destination });
  return core;
}

function slackSettings(config: Config) {
  return {
    token: config.SLACK_BOT_TOKEN,
    apiUrl: config.SLACK_API_URL,
    appToken: config.SLACK_APP_TOKEN,
    signingSecret: config.SLACK_SIGNING_SECRET,
  };
}

async function checkDestination(path: string, organizationId: string): Promise<void> {
  const destination = openSqlite({ path });
  try {
    await destination.check(organizationId);
  } finally {
    await destination.close();
  }
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readKeyFile } from '../config/key-file.ts';
import type { Config } from '../config/load.ts';
import { openSqlite } from '../destinations/sqlite.ts';
import { openSqliteReader } from '../destinations/sqlite-reader.ts';
import { createDynamics } from '../dynamics/dynamics.ts';
import { type Clock, systemClock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { createSealedBox } from '../lib/sealed-box.ts';
import { standardEntities } from '../model/entity.ts';
import { createClients } from '../slack/clients.ts';
import { openSlackLine } from '../slack/connection.ts';
import { createPeople } from '../slack/people.ts';
import { registerListeners } from '../slack/register.ts';
import { openFileStore } from '../state/file-store.ts';
import { lockFolder } from '../state/folder-lock.ts';
import { openCore } from './core.ts';
import { openHttpServer } from './http-server.ts';
import { describeMetrics } from './metrics.ts';
import { createReleaser } from './release.ts';
import { createSyncThread } from './sync-thread.ts';
import { openTelling } from './telling.ts';

export interface BotProcess {
  /** Port of the HTTP server. */
  port: number;
  /** Takes no more work, finishes the page in hand, saves. Called again, it gives the first call's promise. */
  stop(): Promise<void>;
}

/** Puts the whole bot together and starts it: the one place that knows every part. */
export async function startBot(config: Config, log: Logger, clock: Clock = systemClock): Promise<BotProcess> {
  const releaser = createReleaser(log);
  try {
    return await compose(config, log, clock, releaser);
  } catch (error) {
    await releaser.release();
    throw error;
  }
}

async function compose(
  config: Config,
  log: Logger,
  clock: Clock,
  releaser: ReturnType<typeof createReleaser>,
): Promise<BotProcess> {
  mkdirSync(config.DATA_DIR, { recursive: true, mode: 0o700 });
  releaser.push('lock', lockFolder(config.DATA_DIR));
  const store = await openFileStore(join(config.DATA_DIR, 'state.json'));
  const destinationPath = join(config.DATA_DIR, 'marketing.db');
  const reader = openSqliteReader({ path: destinationPath });
  releaser.push('destination', () => reader.close());
  const destination = { tallies: async () => reader.tallies(), failures: async () => reader.failures() };
  const box = createSealedBox(config.ENCRYPTION_KEY ?? [readKeyFile(config.DATA_DIR)]);

  const slackLine = await openSlackLine(
    {
      token: config.SLACK_BOT_TOKEN,
      apiUrl: config.SLACK_API_URL,
      appToken: config.SLACK_APP_TOKEN,
      signingSecret: config.SLACK_SIGNING_SECRET,
    },
    log,
  );
  const clients = createClients({ token: config.SLACK_BOT_TOKEN, apiUrl: config.SLACK_API_URL, log });
  const telling = openTelling({ client: clients.background, config, store, clock, log });
  const core = openCore({
    store,
    box,
    clock,
    log,
    entities: standardEntities,
    dynamics: createDynamics({ log, clock }),
    runner: createSyncThread({ destinationPath, log, clock }),
    checkDestination: (id) => checkDestination(destinationPath, id),
    notices: telling.notices,
    intervalSeconds: config.SYNC_INTERVAL_SECONDS,
  });
  telling.connect(core.cardFacts);
  releaser.push('notices', () => telling.notices.stop());
  releaser.push('core', () => core.stop());

  const people = createPeople({
    client: clients.interactive,
    adminUsers: config.ADMIN_USERS,
    teamId: slackLine.identity.teamId,
    clock,
    log,
  });
  registerListeners(slackLine.app, {
    clients,
    people,
    conversation: core.conversation,
    schemas: core.schemas,
    history: store,
    destination,
    card: telling.card,
    progress: core.progress,
    fieldsSaved: core.fieldsSaved,
    addressRules: { allowedHosts: config.DYNAMICS_ALLOWED_HOSTS, authority: config.AZURE_AUTHORITY_HOST },
    clock,
    log,
  });
  const server = await openHttpServer({
    host: config.HOST,
    port: config.PORT,
    slackEvents: slackLine.http,
    notReady: () => null,
    metrics: async () => describeMetrics((await store.read()).setup, await destination.tallies()),
  });
  releaser.push('http', () => server.close());
  await slackLine.open();
  releaser.push('slack', () => slackLine.close());
  log.info('listening', { port: server.port, host: config.HOST, mode: slackLine.http ? 'http' : 'socket' });
  await core.start();
  return { port: server.port, stop: () => releaser.release() };
}

async function checkDestination(path: string, organizationId: string): Promise<void> {
  const destination = openSqlite({ path });
  try {
    await destination.check(organizationId);
  } finally {
    await destination.close();
  }
}

import { mkdirSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';
import { readAppManifest } from './app-manifest.ts';
import { createCertificates, createSignInCertificate } from './certificates.ts';
import type { DataverseOptions } from './dataverse/options.ts';
import { type Dataverse, startDataverse } from './dataverse/server.ts';
import type { EntraTenant } from './entra/directory.ts';
import type { Tls } from './entra/listener.ts';
import { type Entra, startEntra } from './entra/server.ts';
import { createPageFiles } from './page-files.ts';
import { createPanel } from './panel.ts';
import { type Slack, startSlack } from './slack/slack.ts';
import { WORKSPACE_SEED } from './slack/workspace-seed.ts';

export interface WorldOptions {
  /** Where the CA certificate goes, and in `data/` the bot's data. */
  folder: string;
  /** Port of the workspace's page; 0, the default, picks a free one. */
  port?: number;
  /** How the bot is to be reached; default `http`. */
  mode?: 'http' | 'socket';
  /** Pause of the bot's sync after a cycle, in seconds; default 5. */
  intervalSeconds?: number;
  /** Every way to sign in: a page for the secret and a certificate as well. It takes a moment longer. */
  everyWay?: boolean;
  /** Of the organization, e.g. `rows`. */
  dataverse?: Omit<DataverseOptions, 'tls' | 'entra'>;
}

/** All that surrounds the bot, simulated. */
export interface World {
  slack: Slack;
  entra: Entra;
  dataverse: Dataverse;
  /** What is to be typed into the credentials modal, by action_id. */
  credentials: Record<string, string>;
  /** What may be typed instead of the secret, by action_id: where the bot's operator holds it. */
  references: Record<string, string>;
  /** The bot's settings. */
  environment: Record<string, string>;
  dataDir: string;
  /** Trusted by the bot; for more servers of the same world. */
  tls: Tls;
  close(): Promise<void>;
}

const tenantId = '3f1c8a52-6b0d-4e67-9a4c-1d2e5b7f9021';
const clientId = '8d5b2e14-0c3f-4b8a-b6d7-72f4c9e01a35';
const secret = { id: '5e9d7c36-41aa-4f0b-8c22-90b3d6f1e874', value: 'k~8Q.sandbox-4rZt_Wm2pXv9LhBn6Yc' };
const secretDays = 300;
/** As an operator names them. */
const references = {
  secret_reference: 'env:DYNAMICS_CLIENT_SECRET',
  certificate: 'env:DYNAMICS_CERTIFICATE',
};
const secrets = {
  signingSecret: 'sandbox-signing-secret',
  botToken: 'xoxb-sandbox',
  appToken: 'xapp-sandbox',
};
const hosts = { entra: 'login.microsoftonline.localhost', dataverse: 'contoso.crm7.dynamics.localhost' };
/** A second organization's, for what must not be possible. */
const otherHost = 'fabrikam.crm7.dynamics.localhost';

export async function startWorld(options: WorldOptions): Promise<World> {
  const { folder, mode = 'http', intervalSeconds = 5 } = options;
  const dataDir = join(folder, 'data');
  mkdirSync(dataDir, { recursive: true });
  const { caPem, ...tls } = await createCertificates({ hosts: [...Object.values(hosts), otherHost] });
  const caFile = join(folder, 'ca.pem');
  writeFileSync(caFile, caPem);

  const ways = options.everyWay ? await openEveryWay() : { environment: {}, certificates: [] };
  const entra = await startEntra({ tls, tenants: createTenants(ways.certificates), host: hosts.entra });
  const dataverse = await startDataverse({ tls, entra, host: hosts.dataverse, ...options.dataverse });
  const credentials = {
    organization_url: dataverse.origin,
    tenant_id: tenantId,
    client_id: clientId,
    client_secret: secret.value,
    username: dataverse.applicationUser.email,
  };
  const slack = await startSlack({
    ...WORKSPACE_SEED,
    ...readAppManifest(),
    ...secrets,
    port: options.port ?? 0,
    page: createPageFiles(),
    panel: createPanel({
      dataverse,
      credentials: { ...credentials, ...(options.everyWay ? references : {}) },
      databasePath: join(dataDir, 'marketing.db'),
    }),
  });
  return {
    slack,
    entra,
    dataverse,
    credentials,
    references,
    dataDir,
    tls,
    environment: {
      ...slackEnvironment(mode),
      SLACK_API_URL: slack.apiUrl,
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: dataDir,
      SYNC_INTERVAL_SECONDS: String(intervalSeconds),
      AZURE_AUTHORITY_HOST: entra.origin,
      MICROSOFT_GRAPH_URL: entra.origin,
      DYNAMICS_ALLOWED_HOSTS: new URL(dataverse.origin).host,
      NODE_EXTRA_CA_CERTS: caFile,
      DYNAMICS_CLIENT_SECRET: secret.value,
      ...ways.environment,
    },
    async close() {
      await slack.close();
      await dataverse.close();
      await entra.close();
    },
  };
}

function createTenants(certificates: string[]): EntraTenant[] {
  const expiresAt = Date.now() + secretDays * 86_400_000;
  const app = { clientId, name: 'Marketing Sync', secrets: [{ ...secret, expiresAt }], certificates };
  return [{ id: tenantId, domain: 'contoso.example', apps: [{ ...app, mayReadItself: true }] }];
}

function slackEnvironment(mode: 'http' | 'socket'): Record<string, string> {
  return {
    SLACK_BOT_TOKEN: secrets.botToken,
    ...(mode === 'socket'
      ? { SLACK_APP_TOKEN: secrets.appToken }
      : { SLACK_SIGNING_SECRET: secrets.signingSecret }),
  };
}

/** The bot gets an address that is known before it starts, and the app a certificate. */
async function openEveryWay() {
  const { key, cert } = await createSignInCertificate();
  const port = await findFreePort();
  const environment = {
    PORT: String(port),
    PUBLIC_URL: `http://127.0.0.1:${port}`,
    DYNAMICS_CERTIFICATE: `${key}\n${cert}`,
  };
  return { environment, certificates: [cert] };
}

function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

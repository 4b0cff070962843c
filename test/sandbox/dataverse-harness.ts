import { Agent, request } from 'undici';
import type { Certificates } from '../../src/sandbox/certificates.ts';
import { createCertificates } from '../../src/sandbox/certificates.ts';
import type { DataverseOptions } from '../../src/sandbox/dataverse/options.ts';
import type { Dataverse } from '../../src/sandbox/dataverse/server.ts';
import { startDataverse } from '../../src/sandbox/dataverse/server.ts';
import type { EntraTenant } from '../../src/sandbox/entra/directory.ts';
import type { Entra } from '../../src/sandbox/entra/server.ts';
import { startEntra } from '../../src/sandbox/entra/server.ts';

export const TENANT = '0f0e5a52-0c5b-4d0b-9c55-2a7f5f0b7a11';
export const CLIENT = '5b1d6f5e-9a37-4c60-8f43-0d2b6f1c9e22';
export const SECRET = 'correct-horse~battery.staple';
export const HOSTS = ['contoso.crm7.dynamics.localhost', 'login.microsoftonline.localhost'];

export function createTenant(): EntraTenant {
  const app = { clientId: CLIENT, name: 'Marketing Sync', secrets: [{ id: 'secret-id', value: SECRET }] };
  return { id: TENANT, domain: 'contoso.example', apps: [app] };
}

/** Trusts the sandbox's CA and resolves every name to loopback, as the bot's own dispatcher does. */
export function createDispatcher(ca: string): Agent {
  return new Agent({
    connect: {
      ca,
      lookup: (_host, options, callback) =>
        options.all ? callback(null, [{ address: '127.0.0.1', family: 4 }]) : callback(null, '127.0.0.1', 4),
    },
  });
}

export type Row = Record<string, unknown>;

/** What an answer of the Web API may hold. */
export interface Body {
  value: Row[];
  '@odata.context': string;
  '@odata.count'?: number;
  '@odata.nextLink'?: string;
  '@odata.deltaLink'?: string;
  error: { code: string; message: string };
  [name: string]: unknown;
}

export interface Reply {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  bytes: Buffer;
  text: string;
  body: Body;
}

export interface Stage {
  tls: Certificates;
  entra: Entra;
  dataverse: Dataverse;
  dispatcher: Agent;
  /** With a valid token; `path` below the Web API's root, or a whole URL. */
  get(path: string, headers?: Record<string, string>): Promise<Reply>;
  /** Follows next links; the last page's body comes with every row seen. */
  readAll(
    path: string,
    headers?: Record<string, string>,
  ): Promise<{ rows: Row[]; pages: number; last: Body }>;
  close(): Promise<void>;
}

export async function setStage(options: Partial<DataverseOptions> = {}): Promise<Stage> {
  const tls = await createCertificates({ hosts: HOSTS });
  const now = options.now ? { now: options.now } : {};
  const entra = await startEntra({ tls, tenants: [createTenant()], ...now });
  const dataverse = await startDataverse({ tls, entra, rows: 400, ...options });
  const dispatcher = createDispatcher(tls.caPem);
  const token = () =>
    entra.issueToken({ tenantId: TENANT, clientId: CLIENT, resource: dataverse.origin }, 86_400 * 60);

  const get = async (path: string, headers: Record<string, string> = {}): Promise<Reply> => {
    const url = path.startsWith('https:')
      ? path
      : `${dataverse.origin}/api/data/v9.2/${path.replaceAll(' ', '%20')}`;
    const reply = await request(url, {
      dispatcher,
      headers: { authorization: `Bearer ${token()}`, ...headers },
    });
    const bytes = Buffer.from(await reply.body.arrayBuffer());
    const text = bytes.toString('utf8');
    const isJson =
      String(reply.headers['content-type']).includes('json') && !reply.headers['content-encoding'];
    const body = (isJson ? JSON.parse(text) : {}) as Body;
    return { status: reply.statusCode, headers: reply.headers, bytes, text, body };
  };

  const readAll: Stage['readAll'] = async (path, headers) => {
    const rows: Row[] = [];
    let pages = 0;
    let next: string | undefined = path;
    let last = {} as Body;
    while (next !== undefined) {
      const { status, body } = await get(next, headers);
      if (status !== 200) throw new Error(`${status} ${JSON.stringify(body)}`);
      rows.push(...body.value);
      pages += 1;
      last = body;
      next = body['@odata.nextLink'];
    }
    return { rows, pages, last };
  };

  const close = async () => {
    await dispatcher.close();
    await dataverse.close();
    await entra.close();
  };
  return { tls, entra, dataverse, dispatcher, get, readAll, close };
}

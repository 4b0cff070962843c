import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { getCACertificates, setDefaultCACertificates } from 'node:tls';
import type { Credentials } from '../../src/model/credentials.ts';
import { type Certificates, createCertificates } from '../../src/sandbox/certificates.ts';

export const organizationHost = 'org.localhost';
export const loginHost = 'login.localhost';

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface ScriptedServer {
  credentials: Credentials;
  origin: string;
  /** `METHOD path?query` of everything that came, tokens included. */
  seen: string[];
  /** Headers of the last request to the organization. */
  lastHeaders(): Record<string, unknown>;
  close(): Promise<void>;
}

export const clientSecret = 'Q8~verysecretvalue';

let certificates: Promise<Certificates> | undefined;

/** One for all tests of a file: two authorities of the same name cannot both be trusted. */
export function trustedCertificates(): Promise<Certificates> {
  certificates ??= createCertificates({ hosts: [organizationHost, loginHost] }).then((made) => {
    setDefaultCACertificates([...getCACertificates('default'), made.caPem]);
    return made;
  });
  return certificates;
}

/**
 * One server that is Entra ID under one name and an organization under another. What the script does not answer
 * is a token (`/oauth2/`) or a 404.
 */
export async function startScriptedServer(script: Handler): Promise<ScriptedServer> {
  const tls = await trustedCertificates();
  const seen: string[] = [];
  let headers: Record<string, unknown> = {};
  let tokens = 0;
  const server = createServer({ key: tls.key, cert: tls.cert }, (request, response) => {
    seen.push(`${request.method} ${request.url}`);
    if (request.headers.host?.startsWith(organizationHost)) headers = { ...request.headers };
    script(request, response);
    if (response.writableEnded || response.headersSent || response.destroyed) return;
    if (request.url?.includes('/oauth2/')) {
      tokens += 1;
      json(response, 200, { token_type: 'Bearer', expires_in: 3600, access_token: `token-${tokens}` });
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const origin = `https://${organizationHost}:${port}`;
  return {
    origin,
    seen,
    lastHeaders: () => headers,
    credentials: {
      address: { origin, authority: `https://${loginHost}:${port}` },
      tenantId: '11111111-1111-4111-8111-111111111111',
      clientId: '22222222-2222-4222-8222-222222222222',
      proof: { kind: 'secret', secret: clientSecret },
      username: 'sync@contoso.com',
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json; odata.metadata=minimal', ...headers });
  response.end(JSON.stringify(body));
}

export function refuse(
  response: ServerResponse,
  status: number,
  code: string,
  message = '',
  headers: Record<string, string> = {},
): void {
  json(response, status, { error: { code, message } }, { 'x-ms-service-request-id': 'req-1', ...headers });
}

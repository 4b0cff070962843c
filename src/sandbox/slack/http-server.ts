import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { type Exchange, type Route, sendText } from './http-exchange.ts';

function listen(server: Server, port: number, host: string): Promise<AddressInfo> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve(server.address() as AddressInfo);
    });
  });
}

/** Asks the routes in turn; a fault of the sandbox itself is a 500 that says what it was. */
function createHandler(routes: Route[]) {
  const handle = async (exchange: Exchange) => {
    for (const route of routes) if (await route(exchange)) return;
    sendText(exchange, 404, 'Not found');
  };
  return (request: IncomingMessage, response: ServerResponse) => {
    // A target such as "//" is no path; it is simply not found.
    const url = URL.parse(request.url ?? '/', 'http://sandbox') ?? new URL('http://sandbox/-');
    const exchange = { request, response, url, method: request.method ?? 'GET' };
    handle(exchange).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else
        sendText(
          exchange,
          500,
          `The sandbox failed: ${error instanceof Error ? error.stack : String(error)}`,
        );
    });
  };
}

export interface ServerOptions {
  /** 0 picks a free one. */
  port: number;
  host: string;
  routes: Route[];
  upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void;
}

/** The one HTTP server of the workspace. */
export async function openServer({ port: wanted, host, routes, upgrade }: ServerOptions) {
  const server = createServer(createHandler(routes));
  server.on('upgrade', upgrade);
  const { port } = await listen(server, wanted, host);
  const name = host.includes(':') ? `[${host}]` : host;
  const own = [name, '127.0.0.1', 'localhost', '[::1]'].map((one) => `${one}:${port}`);
  return {
    port,
    origin: `http://${name === '0.0.0.0' ? '127.0.0.1' : name}:${port}`,
    /** Whether a Host header means this server. */
    isOwnHost: (header: string) => own.includes(header),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

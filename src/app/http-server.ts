import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { AppError, toAppError } from '../lib/errors.ts';

export interface HttpServerOptions {
  host: string;
  port: number;
  /** Takes what is posted to `/slack/events`; null in Socket Mode, and while the bot starts. */
  slackEvents: () => RequestListener | null;
  /** Null when everything is well, else what is not: `/readyz` says it with 503. */
  notReady: () => string | null;
  /** Serves pages for people; false where a path is none of them. */
  pages: (request: IncomingMessage, response: ServerResponse, path: string) => Promise<boolean>;
  /** Text of `/metrics`, in Prometheus' exposition format. */
  metrics: () => Promise<string>;
}

export interface HttpServer {
  port: number;
  close(): Promise<void>;
}

/** The bot's one HTTP server: what operators look at, and Slack's requests in HTTP mode. */
export async function openHttpServer(options: HttpServerOptions): Promise<HttpServer> {
  const server = createServer((request, response) => {
    route(options, request, response).catch((error: unknown) => {
      answer(response, 500, `${toAppError(error).code}\n`);
    });
  });
  // Whoever sends slowly on purpose must not keep a connection for minutes.
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(cannotListen(error, options)));
    server.listen(options.port, options.host, () => resolve());
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Kept-alive connections would hold the server open for as long as the other side likes.
        server.closeIdleConnections();
        setTimeout(() => server.closeAllConnections(), 1_000).unref();
      }),
  };
}

/** Why the server cannot be opened, by the setting that has to be changed. */
function cannotListen(cause: Error, { host, port }: HttpServerOptions): AppError {
  const code = 'code' in cause ? cause.code : '';
  if (code === 'EADDRINUSE') {
    const message = `PORT ${port} is taken. Stop what listens there, or set another PORT (0 takes a free one).`;
    return new AppError('unexpected', message, { recovery: 'stop', cause });
  }
  const message = `Nothing can listen on HOST ${host}, PORT ${port}: ${cause.message}`;
  return new AppError('setting-refused', message, { recovery: 'ask-admin', cause });
}

async function route(
  options: HttpServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?')[0] ?? '/';
  const slackEvents = options.slackEvents();
  if (path === '/slack/events' && request.method === 'POST' && slackEvents) {
    slackEvents(request, response);
    return;
  }
  if (await options.pages(request, response, path)) return;
  if (request.method !== 'GET' && request.method !== 'HEAD') return answer(response, 404, 'Not found\n');
  switch (path) {
    case '/healthz':
      return answer(response, 200, 'ok\n');
    case '/readyz': {
      const problem = options.notReady();
      return answer(response, problem ? 503 : 200, `${problem ?? 'ready'}\n`);
    }
    case '/metrics':
      return answer(response, 200, await options.metrics());
    default:
      return answer(response, 404, 'Not found\n');
  }
}

function answer(response: ServerResponse, status: number, text: string): void {
  if (response.headersSent) return;
  response
    .writeHead(status, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    .end(text);
}

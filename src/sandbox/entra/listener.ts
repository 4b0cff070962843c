import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** Key and certificate of the server, PEM. */
export interface Tls {
  key: string;
  cert: string;
}

export interface Listener {
  port: number;
  /** Stops listening and cuts what is still open; a second call gets the first one's promise. */
  close(): Promise<void>;
}

export interface ListenerOptions {
  tls: Tls;
  /** 0 picks a free one. */
  port: number;
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

/** An HTTPS server on 127.0.0.1. A fault of the handler is answered with 500, never left hanging. */
export async function listen({ tls, port, handle }: ListenerOptions): Promise<Listener> {
  // Dataverse takes URLs of 32 KB; Node's own ceiling for a whole header is 16 KB.
  const server = createServer({ ...tls, maxHeaderSize: 128 * 1024 }, (request, response) => {
    handle(request, response).catch((error: unknown) => {
      if (response.headersSent) return response.destroy();
      response.writeHead(500, { 'content-type': 'text/plain' });
      response.end(`The sandbox itself failed: ${error instanceof Error ? error.stack : String(error)}`);
    });
  });
  server.keepAliveTimeout = 60_000;
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
  let closing: Promise<void> | undefined;
  const close = () => {
    closing ??= new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
    return closing;
  };
  return { port: (server.address() as AddressInfo).port, close };
}

/** The whole body as text; bodies above 1 MB are refused, nothing here takes them. */
export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    const bytes = chunk as Buffer;
    size += bytes.length;
    if (size > 1_000_000) throw new Error('body too large');
    chunks.push(bytes);
  }
  return Buffer.concat(chunks).toString('utf8');
}

import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer } from 'ws';
import type { Clock } from '../../lib/clock.ts';
import { type Dispatch, type Transport, Undelivered } from './delivery.ts';
import type { Json } from './page-api.ts';
import { createSocketPool } from './socket-pool.ts';

const ENVELOPE: Readonly<Record<Dispatch['kind'], string>> = {
  command: 'slash_commands',
  interactive: 'interactive',
  event: 'events_api',
};
const MOST_CONNECTIONS = 10;

function envelopeOf({ kind, payload, retry }: Dispatch, envelope_id: string): Json {
  const attempt = { retry_attempt: retry?.number ?? 0, retry_reason: retry?.reason ?? '' };
  return {
    envelope_id,
    type: ENVELOPE[kind],
    accepts_response_payload: kind !== 'event',
    payload,
    ...(kind === 'event' && attempt),
  };
}

/** Socket Mode: the app holds WebSockets, a payload goes to one of them and is acknowledged by its envelope id. */
export function createSocketTransport(appId: string, clock: Clock, changed: () => void) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const pool = createSocketPool(changed);

  const helloFor = (connections: number): Json => ({
    type: 'hello',
    num_connections: connections,
    connection_info: { app_id: appId },
    debug_info: { host: 'sandbox', approximate_connection_time: 18_060, started: clock.now() },
  });

  const transport: Transport = {
    connected: () => pool.size() > 0,
    send: (dispatch, signal) => {
      const id = randomUUID();
      const sent = pool.ask(id, JSON.stringify(envelopeOf(dispatch, id)), signal);
      return sent ?? Promise.reject(new Undelivered('connection_failed'));
    },
  };

  return {
    ...transport,
    size: pool.size,

    /** A ticket for one connection: what `apps.connections.open` puts into its URL. */
    ticket(): string {
      const ticket = randomBytes(16).toString('hex');
      tickets.add(ticket);
      return ticket;
    },

    /** Takes an HTTP upgrade; anything without a fresh ticket is refused. */
    upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): void {
      const url = URL.parse(request.url ?? '/', 'http://sandbox');
      const ticket = url?.searchParams.get('ticket') ?? '';
      if (url?.pathname !== '/link/' || !tickets.delete(ticket) || pool.size() >= MOST_CONNECTIONS) {
        stream.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\n\r\n');
        return;
      }
      server.handleUpgrade(request, stream, head, (socket) =>
        pool.add(socket, JSON.stringify(helloFor(pool.size() + 1))),
      );
    },

    /** Ends the connections, or only the oldest: torn off without a word, or announced with Slack's reason for it. */
    drop(reason?: 'warning' | 'refresh_requested' | 'link_disabled', which?: 'oldest'): void {
      const farewell = JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'sandbox' } });
      pool.end(which, reason === undefined ? undefined : farewell);
    },

    close(): void {
      pool.close();
      server.close();
    },
  };
}

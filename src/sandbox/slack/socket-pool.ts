import type { RawData, WebSocket } from 'ws';
import { Undelivered } from './delivery.ts';
import { objectOf } from './fields.ts';
import type { Json } from './page-api.ts';

/** Slack's clients give up a connection that was silent for 30 s. */
const PING_MS = 10_000;

interface Pending {
  socket: WebSocket;
  resolve(body: unknown): void;
  reject(error: Error): void;
}

function readAck(data: RawData): Json {
  try {
    return objectOf(JSON.parse(data.toString()));
  } catch {
    // Not JSON: no acknowledgement of anything.
    return {};
  }
}

/** The envelopes that wait for their acknowledgement, by envelope id. */
function createPending() {
  const pending = new Map<string, Pending>();
  return {
    add: (id: string, wait: Pending) => pending.set(id, wait),
    drop: (id: string) => pending.delete(id),

    acknowledge(data: RawData): void {
      const { envelope_id: id, payload } = readAck(data);
      const wait = pending.get(String(id));
      pending.delete(String(id));
      // Slack's client acknowledges with an empty object where there is nothing to say.
      const empty = payload === undefined || Object.keys(objectOf(payload)).length === 0;
      wait?.resolve(empty ? '' : payload);
    },

    /** A connection that is gone acknowledges nothing any more. */
    fail(socket: WebSocket): void {
      for (const [id, wait] of pending) {
        if (wait.socket !== socket) continue;
        pending.delete(id);
        wait.reject(new Undelivered('connection_failed'));
      }
    },
  };
}

/** The app's open connections, used in turn. `changed` hears of every one that comes or goes. */
export function createSocketPool(changed: () => void) {
  const open: WebSocket[] = [];
  const pending = createPending();
  const pings = setInterval(() => {
    for (const socket of open) socket.ping();
  }, PING_MS);
  pings.unref();

  const forget = (socket: WebSocket) => {
    const index = open.indexOf(socket);
    if (index < 0) return;
    open.splice(index, 1);
    pending.fail(socket);
    changed();
  };
  const terminate = () => {
    for (const socket of [...open]) socket.terminate();
  };

  return {
    size: () => open.length,
    terminate,

    add(socket: WebSocket, hello: string): void {
      open.push(socket);
      socket.on('close', () => forget(socket));
      socket.on('error', () => forget(socket));
      socket.on('message', pending.acknowledge);
      socket.send(hello);
      changed();
    },

    /** Sends an envelope over one connection and waits for its acknowledgement; undefined when there is none. */
    ask(id: string, envelope: string, signal: AbortSignal): Promise<unknown> | undefined {
      const socket = open.shift();
      if (!socket) return undefined;
      open.push(socket);
      return new Promise((resolve, reject) => {
        pending.add(id, { socket, resolve, reject });
        signal.addEventListener('abort', () => pending.drop(id), { once: true });
        socket.send(envelope);
      });
    },

    tell(text: string): void {
      for (const socket of open) socket.send(text);
    },

    close(): void {
      clearInterval(pings);
      terminate();
    },
  };
}

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

/** The connections that take payloads in turn, and those that were told to leave and can still acknowledge. */
function createConnections() {
  const open: WebSocket[] = [];
  const leaving: WebSocket[] = [];
  /** As they were opened: `open` is turned with every payload. */
  const inOrder: WebSocket[] = [];
  const drop = (list: WebSocket[], socket: WebSocket): boolean => {
    const index = list.indexOf(socket);
    if (index >= 0) list.splice(index, 1);
    return index >= 0;
  };
  return {
    size: () => open.length,
    all: () => [...open, ...leaving],
    chosen: (which: 'oldest' | undefined) =>
      which === undefined ? [...open] : inOrder.filter((one) => open.includes(one)).slice(0, 1),
    add(socket: WebSocket): void {
      open.push(socket);
      inOrder.push(socket);
    },
    next(): WebSocket | undefined {
      const socket = open.shift();
      if (socket) open.push(socket);
      return socket;
    },
    leave(socket: WebSocket): void {
      if (drop(open, socket)) leaving.push(socket);
    },
    /** False when it was gone before. */
    forget: (socket: WebSocket): boolean => drop(open, socket) || drop(leaving, socket),
  };
}

/** The app's open connections, used in turn. `changed` hears of every one that comes or goes. */
export function createSocketPool(changed: () => void) {
  const connections = createConnections();
  const pending = createPending();
  const pings = setInterval(() => {
    for (const socket of connections.all()) socket.ping();
  }, PING_MS);
  pings.unref();

  const forget = (socket: WebSocket) => {
    if (!connections.forget(socket)) return;
    pending.fail(socket);
    changed();
  };

  return {
    size: connections.size,

    add(socket: WebSocket, hello: string): void {
      connections.add(socket);
      socket.on('close', () => forget(socket));
      socket.on('error', () => forget(socket));
      socket.on('message', pending.acknowledge);
      socket.send(hello);
      changed();
    },

    /** Sends an envelope over one connection and waits for its acknowledgement; undefined when there is none. */
    ask(id: string, envelope: string, signal: AbortSignal): Promise<unknown> | undefined {
      const socket = connections.next();
      if (!socket) return undefined;
      return new Promise((resolve, reject) => {
        pending.add(id, { socket, resolve, reject });
        signal.addEventListener('abort', () => pending.drop(id), { once: true });
        socket.send(envelope);
      });
    },

    /**
     * Ends all of them, or the one that was opened first. With a farewell it is the app that closes them; they get
     * nothing new from then on.
     */
    end(which: 'oldest' | undefined, farewell: string | undefined): void {
      for (const socket of connections.chosen(which)) {
        if (farewell !== undefined) {
          connections.leave(socket);
          socket.send(farewell);
          changed();
        } else {
          forget(socket);
          socket.terminate();
        }
      }
    },

    close(): void {
      clearInterval(pings);
      for (const socket of connections.all()) socket.terminate();
    },
  };
}

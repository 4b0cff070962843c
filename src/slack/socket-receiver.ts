import type { App, Receiver } from '@slack/bolt';
import { SocketModeClient } from '@slack/socket-mode';
import { z } from 'zod';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import { slackLogger } from './clients.ts';
import type { SlackHealth } from './health.ts';
import { createSeen } from './seen.ts';

/**
 * Two sockets: Slack drops each every few hours, and what people do while an app has none is lost after three
 * seconds. A payload goes to one of them ("Using Socket Mode").
 */
const sockets = 2;
/** The second one comes later, so that Slack does not renew both at the same time. */
const apartMs = 3_000;
const openWithinMs = 10_000;
const closeWithinMs = 1_000;
const firstPauseMs = 100;
const longestPauseMs = 10_000;

const envelopeSchema = z.looseObject({
  body: z.record(z.string(), z.unknown()),
  envelope_id: z.string().optional(),
  retry_num: z.number().optional(),
  retry_reason: z.string().optional(),
  ack: z.custom<(body?: unknown) => Promise<void>>((value) => typeof value === 'function'),
});

export interface SocketReceiver extends Receiver {
  /** Whether at least one socket is open. */
  isOpen(): boolean;
  /** Resolves when the first socket is open. @throws what kept it from opening; it goes on trying all the same */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface SocketReceiverDeps {
  appToken: string;
  apiUrl: string;
  health: SlackHealth;
  clock: Clock;
  log: Logger;
}

/** Takes Slack's payloads over sockets, and opens those that Slack drops again, for as long as it takes. */
export function createSocketReceiver(deps: SocketReceiverDeps): SocketReceiver {
  const { clock } = deps;
  const stopping = new AbortController();
  const { signal } = stopping;
  const open = new Set<SocketModeClient>();
  const clients: SocketModeClient[] = [];
  const seen = createSeen();
  let app: App | null = null;
  let running: Promise<unknown> | null = null;

  async function take(given: unknown): Promise<void> {
    const {
      body,
      ack,
      envelope_id: id,
      retry_num: retryNum,
      retry_reason: retryReason,
    } = envelopeSchema.parse(given);
    if (id && seen(id)) return await ack();
    await app?.processEvent({
      body,
      ack: acknowledgeOnce(ack),
      ...(retryNum === undefined ? {} : { retryNum }),
      ...(retryReason === undefined ? {} : { retryReason }),
    });
  }

  return {
    init: (bolt) => {
      app = bolt;
    },
    isOpen: () => open.size > 0,
    async start() {
      for (let index = 0; index < sockets; index++) clients.push(openClient(deps, (given) => take(given)));
      const [first, ...others] = clients;
      if (!first) return;
      await new Promise<void>((resolve, reject) => {
        const keeping = [
          keepOpen(first, { ...deps, open, signal, tried: (error) => (error ? reject(error) : resolve()) }),
          ...others.map((client, index) =>
            clock
              .sleep(apartMs * (index + 1), signal)
              .then(() => keepOpen(client, { ...deps, open, signal, tried: () => {} })),
          ),
        ];
        running = Promise.all(keeping).finally(resolve);
      });
    },
    async stop() {
      stopping.abort();
      await Promise.all(clients.map((client) => close(client, clock)));
      if (running) await within(running, clock, closeWithinMs).catch(() => {});
    },
  };
}

interface Keeping extends Pick<SocketReceiverDeps, 'clock' | 'log'> {
  /** The sockets that are open. */
  open: Set<SocketModeClient>;
  signal: AbortSignal;
  /** Hears what came of each try to open it: null, or what kept it from opening. */
  tried: (error: unknown) => void;
}

/** Opens one socket and opens it again whenever it is gone. */
async function keepOpen(
  client: SocketModeClient,
  { open, signal, tried, clock, log }: Keeping,
): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    try {
      const gone = new Promise<void>((resolve) => client.once('disconnected', () => resolve()));
      await within(client.start(), clock, openWithinMs);
      failures = 0;
      open.add(client);
      tried(null);
      await gone;
      if (!signal.aborted) log.info('Slack closed a socket; it is opened again');
    } catch (error) {
      failures++;
      log.warn('A socket to Slack cannot be opened', { error });
      await close(client, clock);
      tried(error);
    }
    open.delete(client);
    await clock.sleep(Math.min(firstPauseMs * 2 ** failures, longestPauseMs), signal);
  }
}

function openClient(
  { appToken, apiUrl, health, log }: SocketReceiverDeps,
  take: (given: unknown) => Promise<void>,
) {
  const client = new SocketModeClient({
    appToken,
    logger: slackLogger(log),
    // It waits for seconds before it tries again, and gives up for good where the network is gone.
    autoReconnectEnabled: false,
    clientOptions: {
      slackApiUrl: apiUrl,
      retryConfig: { retries: 0 },
      timeout: openWithinMs,
      fetch: health.watch('SLACK_APP_TOKEN'),
    },
  });
  client.on('slack_event', (given: unknown) => {
    take(given).catch((error: unknown) => log.error('A payload of Slack was not taken', { error }));
  });
  return client;
}

async function close(client: SocketModeClient, clock: Clock): Promise<void> {
  await within(
    client.disconnect().catch(() => {}),
    clock,
    closeWithinMs,
  ).catch(() => {});
}

/** Bolt acknowledges a second time where a listener fails after it has acknowledged. */
function acknowledgeOnce(ack: (body?: unknown) => Promise<void>) {
  let done = false;
  return async (body?: unknown): Promise<void> => {
    if (done) return;
    done = true;
    await ack(body);
  };
}

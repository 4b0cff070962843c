import type { Clock } from '../../lib/clock.ts';
import { LIMITS } from './limits.ts';
import type { Json } from './page-api.ts';

/** Something Slack sends to the app. */
export interface Dispatch {
  kind: 'command' | 'interactive' | 'event';
  payload: Json;
  /** Set when an event is sent again. */
  retry?: { number: number; reason: string };
}

/** How the app said it got it. `body` is a JSON object, or the text, or empty. */
export type Answer =
  | { ok: true; body: unknown; ack_ms: number }
  | { ok: false; error: 'operation_timeout' | 'dispatch_failed'; reason: string; noRetry: boolean };

/** A way to the app. `send` gives the acknowledgement's body, or throws `Undelivered`. */
export interface Transport {
  connected(): boolean;
  send(dispatch: Dispatch, signal: AbortSignal): Promise<unknown>;
}

/** The app could not be reached, or answered anything but 200. `reason` is the one of event retries. */
export class Undelivered extends Error {
  readonly reason: string;
  readonly noRetry: boolean;

  constructor(reason: string, noRetry = false) {
    super(reason);
    this.name = 'Undelivered';
    this.reason = reason;
    this.noRetry = noRetry;
  }
}

/** After the first attempt: at once, after a minute, after five. */
const RETRY_AFTER_MS = [0, 60_000, 300_000];

/** Sends to the app by the first way that is connected, and waits three seconds for its acknowledgement. */
export function createDelivery(transports: Transport[], clock: Clock) {
  const closing = new AbortController();

  async function send(dispatch: Dispatch): Promise<Answer> {
    const transport = transports.find((one) => one.connected());
    const failed = (reason: string, noRetry = false): Answer => ({
      ok: false,
      error: reason === 'http_timeout' ? 'operation_timeout' : 'dispatch_failed',
      reason,
      noRetry,
    });
    if (!transport || closing.signal.aborted) return failed('connection_failed');
    const over = new AbortController();
    const signal = AbortSignal.any([closing.signal, over.signal]);
    const late = clock.sleep(LIMITS.ackMilliseconds, signal).then((): never => {
      throw new Undelivered('http_timeout');
    });
    const started = performance.now();
    try {
      const body = await Promise.race([transport.send(dispatch, signal), late]);
      return { ok: true, body, ack_ms: performance.now() - started };
    } catch (error) {
      return error instanceof Undelivered ? failed(error.reason, error.noRetry) : failed('connection_failed');
    } finally {
      over.abort();
      // Ending the wait makes it fall through to its timeout, which nobody waits for any more.
      late.catch(() => {});
    }
  }

  /** Sends an event, again up to three times when the app does not take it. */
  async function sendEvent(payload: Json): Promise<void> {
    let answer = await send({ kind: 'event', payload });
    for (const [index, pause] of RETRY_AFTER_MS.entries()) {
      if (answer.ok || answer.noRetry || closing.signal.aborted) return;
      if (pause > 0) await clock.sleep(pause, closing.signal);
      const retry = { number: index + 1, reason: answer.reason };
      answer = await send({ kind: 'event', payload, retry });
    }
  }

  return {
    send,
    sendEvent,
    connected: () => transports.some((one) => one.connected()),
    close: () => closing.abort(),
  };
}

export type Delivery = ReturnType<typeof createDelivery>;

import { Worker } from 'node:worker_threads';
import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { createSerial } from '../lib/serial.ts';
import { within } from '../lib/within.ts';
import type { Painter } from '../ports/painter.ts';

type Drawn = { png: Uint8Array } | { error: string };

const drawWithinMs = 10_000;
/** A thread with the libraries in it holds some 60 MB, and nobody looks at pictures all day. */
const idleMs = 15_000;

/** Draws in a thread that is there only while pictures are wanted. */
export function createPainter({ clock, log }: { clock: Clock; log: Logger }): Painter {
  const inTurn = createSerial();
  let worker: Worker | null = null;
  let idle: AbortController | null = null;

  async function end(): Promise<void> {
    idle?.abort();
    const ending = worker;
    worker = null;
    await ending?.terminate();
  }

  function endWhenIdle(): void {
    const waiting = new AbortController();
    idle = waiting;
    void clock.sleep(idleMs, waiting.signal).then(() => (waiting.signal.aborted ? undefined : end()));
  }

  async function draw(chart: Parameters<Painter['drawActivity']>[0]): Promise<Uint8Array> {
    idle?.abort();
    worker ??= new Worker(new URL('./draw-worker.ts', import.meta.url));
    worker.unref();
    try {
      const drawn = await within(ask(worker, chart), clock, drawWithinMs);
      endWhenIdle();
      if ('png' in drawn) return drawn.png;
      throw new Error(drawn.error);
    } catch (error) {
      log.warn('A picture cannot be drawn', { error });
      await end();
      throw error;
    }
  }

  return { drawActivity: (chart) => inTurn(() => draw(chart)), stop: end };
}

function ask(worker: Worker, chart: unknown): Promise<Drawn> {
  return new Promise((resolve, reject) => {
    const settle = () => {
      worker.off('message', take);
      worker.off('error', fail);
      worker.off('exit', fail);
    };
    const take = (drawn: Drawn) => {
      settle();
      resolve(drawn);
    };
    const fail = (cause: unknown) => {
      settle();
      reject(cause instanceof Error ? cause : new Error(`The drawing thread has ended (${String(cause)})`));
    };
    worker.on('message', take);
    worker.on('error', fail);
    worker.on('exit', fail);
    worker.postMessage(chart);
  });
}

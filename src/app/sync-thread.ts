import { Worker } from 'node:worker_threads';
import { type Clock, systemClock } from '../lib/clock.ts';
import { type Logger, logLevels } from '../lib/log.ts';
import { type Fault, faultOf } from '../model/fault.ts';
import type { SyncProgress } from '../model/progress.ts';
import type { SyncEvent, SyncJob, SyncRunner } from '../ports/sync-runner.ts';
import type { SyncCommand, SyncReport, SyncThreadData } from './sync-messages.ts';
import { createSyncQuestions, type SyncQuestions } from './sync-questions.ts';

export interface SyncThreadOptions extends SyncThreadData {
  log: Logger;
  clock?: Clock;
  /** The thread's entry. */
  entry?: URL;
}

/** A stopping thread gets this long, in milliseconds; then it is ended, which loses the pages in hand only. */
const stopWithin = 6_000;
/** A thread that has run this long before it fell over starts the distances between restarts anew. */
const healthyAfter = 10 * 60_000;

/**
 * Runs the sync in a thread of its own, so that the one that answers Slack never waits for it. A thread that
 * falls over is started again, with a growing distance; it goes on from the checkpoints.
 */
export function createSyncThread(options: SyncThreadOptions): SyncRunner {
  const { log, clock = systemClock } = options;
  const questions = createSyncQuestions();
  const listeners = new Set<(event: SyncEvent) => void>();
  let last: SyncProgress | null = null;
  let running: { stop: AbortController; ended: Promise<void> } | null = null;

  const send = (event: SyncEvent): void => {
    if (event.kind === 'progress' || event.kind === 'cycle-completed') last = event.progress;
    for (const listener of listeners) {
      try {
        listener(event);
      } catch (error) {
        log.error('a listener of the sync failed', { event: event.kind, error });
      }
    }
  };

  /** What comes of a run is told when nothing of it is left, so that a listener can start the next one. */
  const run = async (job: SyncJob, signal: AbortSignal): Promise<void> => {
    const fault = await keepRunning({ ...options, clock, questions }, job, signal, send, () => last).catch(
      (error: unknown) => faultOf(error, clock.now()),
    );
    running = null;
    if (fault && !signal.aborted) send({ kind: 'stopped', fault });
  };

  return {
    async start(job) {
      // A start right after a stop waits for its end: two threads must never write at once.
      while (running?.stop.signal.aborted) await running.ended;
      if (running) return;
      const stop = new AbortController();
      // Known as running before it begins: what is sent at once must find it so.
      const ended = Promise.resolve().then(() => run(job, stop.signal));
      running = { stop, ended };
    },
    async stop() {
      running?.stop.abort();
      await running?.ended;
    },
    ask: questions.ask,
    progress: () => last,
    onEvent(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}

interface ThreadOptions extends SyncThreadOptions {
  clock: Clock;
  questions: SyncQuestions;
}

/** Resolves with the fault the sync has ended with, or null when it was stopped. */
async function keepRunning(
  options: ThreadOptions,
  job: SyncJob,
  signal: AbortSignal,
  send: (event: SyncEvent) => void,
  lastProgress: () => SyncProgress | null,
): Promise<Fault | null> {
  const { clock, log } = options;
  let failures = 0;
  while (!signal.aborted) {
    const began = clock.now();
    const end = await runThread(options, job, signal, send);
    if (end.kind === 'ended') return end.fault;
    if (signal.aborted) break;
    if (clock.now() - began >= healthyAfter) failures = 0;
    const milliseconds = Math.min(5 * 60_000, 1000 * 2 ** Math.min(failures++, 20));
    log.error('the sync thread fell over, it is started again', { error: end.error, milliseconds });
    const progress = lastProgress();
    const waiting = faultOf(end.error, clock.now());
    if (progress) send({ kind: 'progress', progress: { ...progress, rate: null, timeLeft: null, waiting } });
    await clock.sleep(milliseconds, signal);
  }
  return null;
}

type ThreadEnd = { kind: 'ended'; fault: Fault | null } | { kind: 'fell-over'; error: Error };

/** Runs one thread to its end. */
async function runThread(
  { log, questions, entry = new URL('./sync-worker.ts', import.meta.url), ...options }: ThreadOptions,
  job: SyncJob,
  signal: AbortSignal,
  send: (event: SyncEvent) => void,
): Promise<ThreadEnd> {
  const { destinationPath, secrets, rules } = options;
  const workerData: SyncThreadData = {
    destinationPath,
    ...(secrets ? { secrets } : {}),
    ...(rules ? { rules } : {}),
  };
  const worker = new Worker(entry, { workerData, name: 'sync' });
  const exit = watchThread(worker, { log, questions }, send);
  const post = (command: SyncCommand): void => worker.postMessage(command);
  post({ kind: 'start', job });
  questions.attach(post);
  let patience: NodeJS.Timeout | undefined;
  const stop = (): void => {
    post({ kind: 'stop' });
    patience = setTimeout(() => {
      log.warn('the sync thread did not stop in time and is ended');
      void worker.terminate();
    }, stopWithin);
  };
  if (signal.aborted) stop();
  else signal.addEventListener('abort', stop, { once: true });
  const end = await exit;
  questions.attach(null);
  signal.removeEventListener('abort', stop);
  clearTimeout(patience);
  return end;
}

function watchThread(
  worker: Worker,
  { log, questions }: Pick<ThreadOptions, 'log' | 'questions'>,
  send: (event: SyncEvent) => void,
): Promise<ThreadEnd> {
  return new Promise((resolve) => {
    let end: ThreadEnd | null = null;
    worker.on('message', (report: SyncReport) => {
      if (report.kind === 'event') send(report.event);
      else if (report.kind === 'log') forward(log, report.line);
      else if (report.kind === 'answer') questions.answer(report.id, report.reply);
      else {
        end = report;
        // What may still be open in there, such as idle connections, must not keep it alive.
        void worker.terminate();
      }
    });
    worker.on('error', (error) => {
      end ??= { kind: 'fell-over', error: error instanceof Error ? error : new Error(String(error)) };
    });
    worker.on('exit', (code) => {
      const error = new Error(`The sync thread ended by itself with code ${code}`);
      resolve(end ?? { kind: 'fell-over', error });
    });
  });
}

function forward(log: Logger, line: string): void {
  const { level, msg, time: _time, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const known = logLevels.find((name) => name === level) ?? 'info';
  log[known](String(msg), { thread: 'sync', ...fields });
}

import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import type { Calls, Question, Reply } from './serve.ts';

/** A process of its own that measures, or is measured. */
export interface Helper<C extends Calls> {
  /** Rejects with the helper's error, also when it ends before it has answered. */
  ask<K extends keyof C & string>(name: K, ...input: Parameters<C[K]>): Promise<Awaited<ReturnType<C[K]>>>;
  /** Resolves when the process is gone. */
  end(): Promise<void>;
}

/** A helper gets this long to end what it has started, in milliseconds. */
const patience = 15_000;

/** Starts helpers, and knows them all, so that none is left. */
export function createHelpers() {
  const open = new Set<() => Promise<void>>();
  let ended = false;
  return {
    /** @param file the entry, beside this one. */
    start<C extends Calls>(file: string, environment: Record<string, string> = {}): Helper<C> {
      if (ended) throw new Error('The benchmark was stopped');
      const child = fork(join(import.meta.dirname, file), {
        env: { ...process.env, ...environment },
        stdio: ['ignore', 2, 2, 'ipc'],
      });
      const ask: (name: string, input?: unknown) => Promise<never> = createAsk(child, file);
      const end = () => letGo(child).finally(() => open.delete(end));
      open.add(end);
      return { ask, end };
    },
    async endAll(): Promise<void> {
      ended = true;
      await Promise.all([...open].map((end) => end()));
    },
  };
}

export type Helpers = ReturnType<typeof createHelpers>;

function createAsk(child: ChildProcess, file: string) {
  const waiting = new Map<number, { resolve(value: never): void; reject(error: Error): void }>();
  let last = 0;
  child.on('message', (reply: Reply) => {
    const asker = waiting.get(reply.id);
    waiting.delete(reply.id);
    if ('error' in reply) asker?.reject(new Error(`${file}: ${reply.error}`));
    else asker?.resolve(reply.value as never);
  });
  const giveUp = () => {
    for (const { reject } of waiting.values()) reject(new Error(`${file} ended before it answered`));
    waiting.clear();
  };
  child.once('exit', giveUp);
  child.once('error', giveUp);
  /** What the answer is, only the helper's own calls know. */
  return (name: string, input?: unknown): Promise<never> =>
    new Promise((resolve, reject) => {
      if (!child.connected) return reject(new Error(`${file} is not running`));
      last += 1;
      waiting.set(last, { resolve, reject });
      const question: Question = { id: last, name, input };
      child.send(question);
    });
}

function letGo(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    const tooLong = setTimeout(() => child.kill('SIGKILL'), patience);
    child.once('exit', () => {
      clearTimeout(tooLong);
      resolve();
    });
    if (child.connected) child.disconnect();
  });
}

import { assertNever } from '../lib/errors.ts';
import type { SyncProgress } from '../model/progress.ts';
import type { SyncReply, SyncRequest } from '../ports/sync-runner.ts';
import { countBacklog } from './backlog-count.ts';
import type { EngineDeps } from './engine-deps.ts';
import { addRetried, nothingRetried, type Retried, retryFailed } from './failed-rows.ts';
import { createContext, type PassTools } from './pass.ts';

type Retry = Extract<SyncRequest, { kind: 'retry' }>;

/** What people ask of the running sync; at once, whatever it does. */
export function createAnswers(deps: EngineDeps, tools: PassTools, signal: AbortSignal) {
  const open = new Set<Promise<unknown>>();
  let counting: Promise<SyncProgress> | null = null;

  // However many ask, it is counted once at a time.
  const count = (): Promise<SyncProgress> => {
    counting ??= countBacklog(deps, tools.book.plans(), tools, signal).finally(() => {
      counting = null;
    });
    return counting;
  };

  const answer = async (request: SyncRequest): Promise<SyncReply | null> => {
    switch (request.kind) {
      case 'apply-deletes':
        return { kind: 'applied', done: await tools.brakes.allow(request.entity) };
      case 'retry':
        return { kind: 'retried', ...(await retry(deps, tools, request, signal)) };
      case 'count-backlog':
        return { kind: 'counted', progress: await count() };
      default:
        return assertNever(request);
    }
  };
  return {
    /** Null when the sync is stopped meanwhile. */
    async ask(request: SyncRequest): Promise<SyncReply | null> {
      const answering = answer(request);
      open.add(answering);
      try {
        const reply = await answering;
        return signal.aborted ? null : reply;
      } catch (error) {
        if (signal.aborted) return null;
        throw error;
      } finally {
        open.delete(answering);
      }
    },
    /** Resolves when nothing is being answered any more. */
    settled: async (): Promise<void> => void (await Promise.allSettled(open)),
  };
}

async function retry(
  deps: EngineDeps,
  tools: PassTools,
  { entity, ...of }: Retry,
  signal: AbortSignal,
): Promise<Retried> {
  let sum = nothingRetried;
  for (const plan of tools.book.plans().filter((one) => entity === undefined || one.entity === entity)) {
    const context = createContext(deps, tools, plan, async () => {});
    sum = addRetried(sum, await retryFailed(context, of, signal));
  }
  await tools.board.send();
  return sum;
}

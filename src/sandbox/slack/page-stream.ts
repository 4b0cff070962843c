import type { Exchange } from './http-exchange.ts';
import type { PageState } from './page-api.ts';

/** Changes come in bursts; the page gets one state for all of a burst. */
const COALESCE_MS = 30;
const KEEP_ALIVE_MS = 15_000;

type Listen = (listener: () => void) => () => void;

/** Writes the state at once and after every burst of changes; gives what ends it. */
function streamStates(onChange: Listen, state: () => PageState, write: (text: string) => void): () => void {
  let waiting: NodeJS.Timeout | undefined;
  const push = () => {
    waiting = undefined;
    const now = state();
    write(`id: ${now.revision}\ndata: ${JSON.stringify(now)}\n\n`);
  };
  const alive = setInterval(() => write(': still here\n\n'), KEEP_ALIVE_MS);
  const stop = onChange(() => {
    waiting ??= setTimeout(push, COALESCE_MS);
  });
  push();
  return () => {
    stop();
    clearInterval(alive);
    clearTimeout(waiting);
  };
}

/** Server-sent events: the whole state of one person, in a `message` event of its own after every change. */
export function createStreams(onChange: Listen) {
  const open = new Set<() => void>();
  return {
    open({ response }: Exchange, state: () => PageState): boolean {
      response.writeHead(200, {
        'content-type': 'text/event-stream; charset=utf-8',
        'cache-control': 'no-store',
      });
      const end = streamStates(onChange, state, (text) => response.write(text));
      const stop = () => {
        end();
        open.delete(stop);
        response.end();
      };
      open.add(stop);
      response.on('close', stop);
      return true;
    },

    close(): void {
      for (const stop of [...open]) stop();
    },
  };
}

export type Streams = ReturnType<typeof createStreams>;

/** The stream of states of one person, opened again and again when the sandbox goes away. */
import type { PageState } from '../../slack/page-api.ts';

export interface Connection {
  /** Follows this person from now on. */
  follow(user: string): void;
}

export interface Listener {
  receive(state: PageState): void;
  opened(): void;
  lost(): void;
  /** The workspace has no such person, e.g. one remembered from another sandbox. */
  unknown(): void;
}

const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 8000;

export function createConnection(listener: Listener): Connection {
  let source: EventSource | null = null;
  let retry: ReturnType<typeof setTimeout> | undefined;
  let pause = FIRST_PAUSE_MS;

  function follow(user: string): void {
    source?.close();
    clearTimeout(retry);
    const opened = new EventSource(`/sandbox/events?user=${encodeURIComponent(user)}`);
    source = opened;
    const receive = (event: MessageEvent<string>) => {
      if (source === opened) listener.receive(JSON.parse(event.data) as PageState);
    };
    opened.addEventListener('message', receive);
    opened.addEventListener('state', receive);
    opened.addEventListener('open', () => {
      pause = FIRST_PAUSE_MS;
      listener.opened();
    });
    opened.addEventListener('error', () => {
      if (source !== opened) return;
      // The browser's own retry gives up on an error answer, so the page retries itself.
      opened.close();
      void isUnknown(user).then((unknown) => {
        if (source !== opened) return;
        if (unknown) return listener.unknown();
        listener.lost();
        retry = setTimeout(() => follow(user), pause);
        pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
      });
    });
  }

  return { follow };
}

/** An event stream does not tell why it failed, so this asks. */
async function isUnknown(user: string): Promise<boolean> {
  try {
    return (await fetch(`/sandbox/state?user=${encodeURIComponent(user)}`)).status === 404;
  } catch {
    return false;
  }
}

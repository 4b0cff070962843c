/** The stream of states of one person, opened again and again when the sandbox goes away. */
import type { PageState } from '../../slack/page-api.ts';

export interface Connection {
  /** Follows this person from now on; an empty id leaves the choice to the sandbox. */
  follow(user: string): void;
}

export interface Listener {
  receive(state: PageState): void;
  opened(): void;
  lost(): void;
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
    const query = user ? `?user=${encodeURIComponent(user)}` : '';
    const opened = new EventSource(`/sandbox/events${query}`);
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
      listener.lost();
      retry = setTimeout(() => follow(user), pause);
      pause = Math.min(pause * 2, LONGEST_PAUSE_MS);
    });
  }

  return { follow };
}

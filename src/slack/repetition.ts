import type { App } from '@slack/bolt';
import type { Logger } from '../lib/log.ts';
import type { Bot } from './bot.ts';
import { createSeen } from './seen.ts';
import type { Visit } from './visit.ts';

/** By which an event is known again; null for one that Slack has given no id. */
export function eventKey(body: { event_id?: unknown; event_time?: unknown }): string | null {
  return typeof body.event_id === 'string' ? `${body.event_id} ${String(body.event_time)}` : null;
}

/** Slack sends an event again when its acknowledgement was late ("Events API", retries): it is answered once. */
export function ignoreRepeatedEvents(app: App, log: Logger): void {
  const seen = createSeen();
  app.use(async ({ body, next }) => {
    const key = eventKey(body as { event_id?: unknown; event_time?: unknown });
    if (key !== null && seen(key)) {
      log.info('An event came again and was left alone', { event: key });
      return;
    }
    await next();
  });
}

/** Slack tries for minutes only. */
const eventsKept = 50;

/**
 * The same over restarts, for what an admin has said: a "resume" that comes once more after a restart would undo the
 * pause that came between.
 */
export async function isDoneAlready(
  { store, log }: Pick<Bot, 'store' | 'log'>,
  key: string,
): Promise<boolean> {
  let isDone = false;
  try {
    await store.update((document) => {
      isDone = document.events.includes(key);
      return {
        document: isDone ? document : { ...document, events: [...document.events, key].slice(-eventsKept) },
      };
    });
  } catch (error) {
    log.warn('An event could not be remembered', { error });
  }
  if (isDone) log.info('An event came again after a restart and was left alone', { event: key });
  return isDone;
}

/** Gives a second submission of a view, while the first is being worked on, the answer of the first. */
export function createSubmissions<Answer>() {
  const underWay = new Map<string, Promise<Answer | undefined>>();
  return async (
    key: string,
    ack: (answer?: Answer) => Promise<void>,
    run: (ack: (answer?: Answer) => Promise<void>) => Promise<void>,
  ): Promise<void> => {
    const first = underWay.get(key);
    if (first) return await ack(await first);
    const answered = Promise.withResolvers<Answer | undefined>();
    underWay.set(key, answered.promise);
    let isAnswered = false;
    // Bolt throws at a second acknowledgement.
    const once = async (answer?: Answer): Promise<void> => {
      if (isAnswered) return;
      isAnswered = true;
      answered.resolve(answer);
      await ack(answer);
    };
    try {
      await run(once);
    } finally {
      underWay.delete(key);
      // Whatever went wrong: a modal without an acknowledgement shows an error of Slack's that helps nobody.
      await once();
    }
  };
}

/** Leaves alone a second press of a button whose first press is still being worked on: a double click. */
export function createPresses(bot: Pick<Bot, 'log'>) {
  const pressed = new Set<string>();
  return async (visit: Visit, name: string, run: () => Promise<void>): Promise<void> => {
    const { person, message, value } = visit;
    const key = [person.id, name, value, message?.channel, message?.ts].join(' ');
    if (pressed.has(key)) {
      bot.log.debug('A second press was left alone', { button: name, user: person.id });
      return;
    }
    pressed.add(key);
    try {
      await run();
    } finally {
      pressed.delete(key);
    }
  };
}

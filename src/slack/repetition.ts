import type { App } from '@slack/bolt';
import type { Logger } from '../lib/log.ts';
import type { Bot } from './bot.ts';
import { createSeen } from './seen.ts';
import type { Visit } from './visit.ts';

/** Slack sends an event again when its acknowledgement was late ("Events API", retries): it is answered once. */
export function ignoreRepeatedEvents(app: App, log: Logger): void {
  const seen = createSeen();
  app.use(async ({ body, next }) => {
    const { event_id: id, event_time: time } = body as { event_id?: unknown; event_time?: unknown };
    if (typeof id === 'string' && seen(`${id} ${String(time)}`)) {
      log.info('An event came again and was left alone', { event: id });
      return;
    }
    await next();
  });
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

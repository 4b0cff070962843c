import type { PageState, SandboxMessage } from '../../slack/page-api.ts';
import { dayName, dayOf } from '../blocks/moment.ts';
import { type Child, h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App, Notice } from '../state/app.ts';
import { renderMessage } from './message.ts';

/** Seconds within which messages of one author stand together. */
const TOGETHER = 300;

export function renderMessages(
  app: App,
  state: PageState,
  messages: SandboxMessage[],
  inThread: boolean,
): Child {
  if (inThread) return renderRun(app, state, messages, true);
  const days = Map.groupBy(messages, (message) => dayOf(Number(message.ts), state.me));
  // A box per day: the day's name stays in sight while one scrolls through it, and leaves with it.
  return [...days].map(([day, ofDay]) =>
    h(
      'div',
      { key: `day ${day}`, class: 'day' },
      h('div', { key: 'line', class: 'day-line' }),
      h(
        'div',
        { key: 'name', class: 'day-head' },
        h('span', { class: 'day-name' }, dayName(Number(ofDay[0]?.ts), state.me, app.words)),
      ),
      renderRun(app, state, ofDay, false),
    ),
  );
}

function renderRun(app: App, state: PageState, messages: SandboxMessage[], inThread: boolean): VNode[] {
  return messages.map((message, index) => {
    const compact = follows(messages[index - 1], message);
    return renderMessage(app, state, message, { compact, inThread });
  });
}

function follows(previous: SandboxMessage | undefined, message: SandboxMessage): boolean {
  return (
    // What an app lays out in blocks stands on its own.
    message.blocks.length === 0 &&
    previous !== undefined &&
    previous.user === message.user &&
    previous.ephemeral_for === message.ephemeral_for &&
    Number(message.ts) - Number(previous.ts) < TOGETHER
  );
}

/** What Slack itself would tell this person here, e.g. of a command that failed. */
export function renderNotices(app: App, thread: string | null): VNode[] {
  const here = (notice: Notice) => notice.channel === app.ui.channel && notice.thread === thread;
  return app.ui.notices.filter(here).map((notice) =>
    h(
      'div',
      { key: notice.id, class: 'notice', role: 'status', 'data-testid': 'notice' },
      icon('info'),
      h(
        'div',
        { class: 'notice-words' },
        h('div', { class: 'only-you' }, app.words.onlyYou),
        h('div', { class: 'notice-text' }, notice.text),
      ),
      h(
        'button',
        {
          type: 'button',
          class: 'tool',
          'aria-label': app.words.dismiss,
          on: {
            click: () => {
              app.ui.notices = app.ui.notices.filter((entry) => entry.id !== notice.id);
              document.querySelector<HTMLElement>('.composer textarea')?.focus();
              app.redraw();
            },
          },
        },
        icon('close'),
      ),
    ),
  );
}

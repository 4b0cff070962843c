import type { PageState } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App } from '../state/app.ts';
import { threadReplies } from '../state/reading.ts';
import { renderComposer } from './composer.ts';
import { renderMessage } from './message.ts';
import { renderMessages, renderNotices } from './message-list.ts';

/** The thread of one message, beside the conversation. */
export function renderThread(app: App, state: PageState, ts: string): VNode {
  const parent = state.messages[app.ui.channel]?.find((message) => message.ts === ts);
  const replies = threadReplies(state, app.ui.channel, ts);
  const channel = state.channels.find((entry) => entry.id === app.ui.channel);
  const name = channel?.kind === 'im' ? state.app.real_name : `#${channel?.name ?? ''}`;
  return h(
    'section',
    {
      key: `thread ${ts}`,
      class: 'thread',
      'aria-label': app.words.thread,
      'data-region': 'thread',
      'data-testid': 'thread',
      on: {
        keydown: (event) => {
          if (event.key === 'Escape' && !event.defaultPrevented) closeThread(app, ts);
        },
      },
    },
    renderHead(app, name, ts),
    h(
      'div',
      {
        key: 'replies',
        class: 'messages',
        role: 'log',
        'aria-live': 'off',
        'aria-label': app.words.thread,
        tabindex: 0,
        'data-pinned': 'true',
      },
      parent ? renderMessage(app, state, parent, { compact: false, inThread: true }) : null,
      h('div', { key: 'count', class: 'thread-count' }, h('span', null, app.words.replies(replies.length))),
      renderMessages(app, state, replies, true),
      renderNotices(app, ts),
    ),
    renderComposer(app, state, name, ts),
  );
}

function renderHead(app: App, name: string, ts: string): VNode {
  return h(
    'header',
    { class: 'side-head' },
    h('h2', { class: 'side-title' }, app.words.thread),
    h('span', { class: 'side-note' }, name),
    h(
      'button',
      {
        type: 'button',
        class: 'tool',
        'aria-label': app.words.threadClose,
        'data-testid': 'thread-close',
        on: { click: () => closeThread(app, ts) },
      },
      icon('close'),
    ),
  );
}

function closeThread(app: App, ts: string): void {
  app.ui.thread = null;
  app.ui.side = 'sandbox';
  app.afterDraw(() => {
    const summary = document.querySelector<HTMLElement>(`[data-thread-of="${CSS.escape(ts)}"]`);
    (summary ?? document.querySelector<HTMLElement>('.composer textarea'))?.focus();
  });
  app.redraw();
}

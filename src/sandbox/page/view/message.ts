import type { PageState, SandboxMessage } from '../../slack/page-api.ts';
import { renderBlocks } from '../blocks/block.ts';
import { findUser, renderMrkdwn } from '../blocks/inline.ts';
import { clockTime, dayName, formatMoment } from '../blocks/moment.ts';
import { type Child, classes, h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App, Place } from '../state/app.ts';
import { threadReplies } from '../state/reading.ts';
import { renderAttachment } from './attachment.ts';
import { renderAvatar } from './avatar.ts';

export interface MessageOptions {
  /** Follows one of the same author closely: no picture and name again. */
  compact: boolean;
  /** Stands in the thread pane, which has no thread of its own. */
  inThread: boolean;
}

export function renderMessage(
  app: App,
  state: PageState,
  message: SandboxMessage,
  options: MessageOptions,
): VNode {
  const author = findUser(state, message.user);
  const time = clockTime(Number(message.ts), state.me);
  const name = author?.real_name ?? message.user;
  const isPrivate = message.ephemeral_for !== undefined;
  return h(
    'article',
    {
      key: message.ts,
      class: classes('message', options.compact && 'is-compact', isPrivate && 'is-ephemeral'),
      'data-message-ts': message.ts,
      'data-ephemeral': isPrivate,
      'aria-label': `${name}, ${time}`,
    },
    h(
      'div',
      { class: 'message-side' },
      options.compact ? renderTime(message, state, time) : renderAvatar(author, 'large'),
    ),
    h(
      'div',
      { class: 'message-main' },
      isPrivate ? h('div', { class: 'only-you' }, icon('eye'), app.words.onlyYou) : null,
      options.compact
        ? null
        : h(
            'div',
            { class: 'message-head' },
            h('span', { class: 'message-author' }, name),
            author?.is_bot ? h('span', { class: 'app-badge' }, app.words.appBadge) : null,
            renderTime(message, state, time),
          ),
      h('div', { class: 'message-body' }, renderBody(app, state, message)),
      options.inThread ? null : renderReplies(app, state, message),
    ),
    options.inThread || isPrivate ? null : renderTools(app, message),
  );
}

function renderTime(message: SandboxMessage, state: PageState, time: string): VNode {
  const full = formatMoment(Number(message.ts), { dateStyle: 'full', timeStyle: 'short' }, state.me);
  return h('time', { class: 'message-time', title: full }, time);
}

function renderBody(app: App, state: PageState, message: SandboxMessage): Child {
  const place: Place = {
    app,
    state,
    container: { type: 'message', channel: message.channel, ts: message.ts },
    id: `${message.channel} ${message.ts}`,
    errors: {},
  };
  const edited = message.edited ? h('span', { class: 'edited' }, app.words.edited) : null;
  const files = (message.files ?? []).map((file) => renderAttachment(app, file, state.me.locale));
  if (message.blocks.length > 0) return [renderBlocks(place, message.blocks), edited, files];
  const text = message.text ? h('div', { class: 'message-text' }, renderMrkdwn(place, message.text)) : null;
  return [text, edited, files];
}

function renderReplies(app: App, state: PageState, message: SandboxMessage): Child {
  const replies = threadReplies(state, message.channel, message.ts);
  const count = Math.max(message.reply_count ?? 0, replies.length);
  if (count === 0) return null;
  const last = replies.at(-1);
  const authors = [...new Set(replies.map((reply) => reply.user))].slice(0, 3);
  const when = last
    ? `${dayName(Number(last.ts), state.me, app.words)} ${clockTime(Number(last.ts), state.me)}`
    : '';
  return h(
    'button',
    {
      type: 'button',
      class: 'replies',
      'data-thread-of': message.ts,
      on: { click: () => openThread(app, message.ts) },
    },
    authors.map((user) => renderAvatar(findUser(state, user), 'small')),
    h('span', { class: 'replies-count' }, app.words.replies(count)),
    when ? h('span', { class: 'replies-last' }, app.words.lastReply(when)) : null,
    icon('chevron', 'replies-arrow'),
  );
}

function renderTools(app: App, message: SandboxMessage): VNode {
  return h(
    'div',
    { class: 'message-tools' },
    h(
      'button',
      {
        type: 'button',
        class: 'tool',
        'aria-label': app.words.replyInThread,
        title: app.words.replyInThread,
        'data-reply-to': message.ts,
        on: { click: () => openThread(app, message.ts) },
      },
      icon('thread'),
    ),
  );
}

function openThread(app: App, ts: string): void {
  app.ui.thread = ts;
  app.ui.side = 'thread';
  app.afterDraw(() => document.querySelector<HTMLElement>('[data-region="thread"] textarea')?.focus());
  app.redraw();
}

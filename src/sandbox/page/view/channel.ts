/** The conversation in the middle: its head, its messages, and where one writes. */
import type { PageState, SandboxChannel } from '../../slack/page-api.ts';
import { type Child, classes, h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App } from '../state/app.ts';
import { mainMessages } from '../state/reading.ts';
import { renderAvatar } from './avatar.ts';
import { renderComposer } from './composer.ts';
import { renderHome } from './home.ts';
import { renderMessages, renderNotices } from './message-list.ts';

export function renderChannel(app: App, state: PageState): VNode {
  const channel = state.channels.find((entry) => entry.id === app.ui.channel);
  const atHome = channel?.kind === 'im' && app.ui.tab === 'home';
  return h(
    'main',
    { key: 'main', class: 'main', 'data-region': 'main', 'data-current-channel': app.ui.channel },
    channel ? renderHead(app, state, channel) : null,
    channel && atHome ? renderHome(app, state) : null,
    channel && !atHome ? renderConversation(app, state, channel) : null,
  );
}

function nameOf(state: PageState, channel: SandboxChannel): string {
  return channel.kind === 'im' ? state.app.real_name : `#${channel.name}`;
}

function renderHead(app: App, state: PageState, channel: SandboxChannel): VNode {
  const isApp = channel.kind === 'im';
  return h(
    'header',
    { key: 'head', class: 'channel-head' },
    h(
      'div',
      { class: 'channel-title-row' },
      isApp ? renderAvatar(state.app, 'small') : icon(channel.kind === 'private' ? 'lock' : 'hash'),
      h('h1', { class: 'channel-title' }, isApp ? state.app.real_name : channel.name),
      isApp ? h('span', { class: 'app-badge' }, app.words.appBadge) : null,
      channel.is_ext_shared ? h('span', { class: 'channel-flag' }, icon('link'), app.words.shared) : null,
      channel.topic ? h('span', { class: 'channel-topic', title: channel.topic }, channel.topic) : null,
      isApp
        ? null
        : h(
            'span',
            { class: 'channel-members', title: app.words.members(channel.members.length) },
            icon('people'),
            channel.members.length,
            hiddenWords(app, channel),
          ),
    ),
    isApp ? renderTabs(app) : null,
  );
}

function hiddenWords(app: App, channel: SandboxChannel): VNode {
  return h('span', { class: 'visually-hidden' }, app.words.members(channel.members.length));
}

function renderTabs(app: App): VNode {
  const tab = (name: 'home' | 'messages', words: string): VNode => {
    const current = app.ui.tab === name;
    return h(
      'button',
      {
        type: 'button',
        role: 'tab',
        id: `tab-${name}`,
        class: classes('tab', current && 'is-current'),
        'aria-selected': String(current),
        'aria-controls': current ? 'app-tabpanel' : null,
        tabindex: current ? 0 : -1,
        'data-testid': `tab-${name}`,
        on: {
          click: () => openTab(app, name),
          keydown: (event) => {
            if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
            openTab(app, name === 'home' ? 'messages' : 'home');
            app.afterDraw(() => document.querySelector<HTMLElement>('.channel-head .is-current')?.focus());
          },
        },
      },
      words,
    );
  };
  return h(
    'div',
    { class: 'tabs', role: 'tablist', 'aria-label': app.words.navigation },
    tab('home', app.words.home),
    tab('messages', app.words.messages),
  );
}

function openTab(app: App, tab: 'home' | 'messages'): void {
  app.ui.tab = tab;
  app.redraw();
  void app.act({ type: 'home_opened', tab });
}

function renderConversation(app: App, state: PageState, channel: SandboxChannel): Child {
  const name = nameOf(state, channel);
  const isApp = channel.kind === 'im';
  return [
    h(
      'div',
      {
        key: `messages ${channel.id}`,
        class: 'messages',
        id: isApp ? 'app-tabpanel' : null,
        role: 'log',
        // New messages are read out one by one by the page's own announcer.
        'aria-live': 'off',
        'aria-label': app.words.messageList(name),
        tabindex: 0,
        'data-testid': 'messages',
        'data-pinned': 'true',
      },
      h(
        'div',
        { key: 'start', class: 'channel-start' },
        isApp
          ? renderAvatar(state.app, 'large')
          : h('span', { class: 'channel-start-mark' }, icon(channel.kind === 'private' ? 'lock' : 'hash')),
        h('div', { class: 'channel-start-title' }, app.words.channelStart(name)),
        h(
          'div',
          { class: 'channel-start-hint' },
          mainMessages(state, channel.id).length > 0 ? channel.topic : app.words.channelStartHint,
        ),
      ),
      renderMessages(app, state, mainMessages(state, channel.id), false),
      renderNotices(app, null),
    ),
    channel.is_archived
      ? h('div', { key: 'archived', class: 'archived' }, app.words.archivedNote)
      : renderComposer(app, state, name, null),
  ];
}

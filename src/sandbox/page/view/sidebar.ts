import type { PageState, SandboxChannel } from '../../slack/page-api.ts';
import { classes, h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App } from '../state/app.ts';
import { unreadCount } from '../state/reading.ts';
import { renderAvatar } from './avatar.ts';
import { renderPersonMenu } from './person-menu.ts';

export function renderSidebar(app: App, state: PageState): VNode {
  const { words } = app;
  const direct = state.channels.filter((channel) => channel.kind === 'im');
  const channels = state.channels.filter((channel) => channel.kind !== 'im' && !channel.is_archived);
  return h(
    'nav',
    { key: 'sidebar', class: 'sidebar', 'aria-label': words.navigation, 'data-region': 'sidebar' },
    h(
      'div',
      { class: 'workspace' },
      h('span', { class: 'workspace-mark', 'aria-hidden': 'true' }, state.team.name.slice(0, 1)),
      h(
        'div',
        { class: 'workspace-words' },
        h('div', { class: 'workspace-name' }, state.team.name),
        h('div', { class: 'workspace-note' }, words.simulated),
      ),
    ),
    h(
      'div',
      { class: 'channels' },
      renderSection(
        words.channels,
        channels.map((channel) => renderChannelLink(app, state, channel)),
      ),
      renderSection(
        words.directMessages,
        direct.map((channel) => renderChannelLink(app, state, channel)),
      ),
    ),
    renderFoot(app, state),
  );
}

function renderFoot(app: App, state: PageState): VNode {
  const { words } = app;
  const dark = app.ui.theme === 'dark';
  return h(
    'div',
    { class: 'sidebar-foot' },
    renderPersonMenu(app, state),
    h(
      'button',
      {
        type: 'button',
        class: 'theme-toggle',
        'data-testid': 'theme-toggle',
        'aria-label': dark ? words.themeLight : words.themeDark,
        title: dark ? words.themeLight : words.themeDark,
        on: { click: () => app.chooseTheme(dark ? 'light' : 'dark') },
      },
      icon(dark ? 'sun' : 'moon'),
    ),
  );
}

function renderSection(name: string, links: VNode[]): VNode {
  return h(
    'section',
    { key: name, class: 'channel-section' },
    h('h2', { class: 'channel-heading' }, name),
    h('ul', { class: 'channel-list' }, links),
  );
}

function renderChannelLink(app: App, state: PageState, channel: SandboxChannel): VNode {
  const current = app.ui.channel === channel.id;
  const unread = current ? 0 : unreadCount(app.ui, state, channel.id);
  const isApp = channel.kind === 'im';
  return h(
    'li',
    { key: channel.id },
    h(
      'button',
      {
        type: 'button',
        class: classes('channel-link', current && 'is-current', unread > 0 && 'is-unread'),
        'data-channel': channel.id,
        'aria-current': current ? 'page' : null,
        on: { click: () => app.chooseChannel(channel.id) },
      },
      isApp ? renderAvatar(state.app, 'small') : icon(channel.kind === 'private' ? 'lock' : 'hash'),
      h('span', { class: 'channel-name' }, isApp ? state.app.real_name : channel.name),
      isApp ? h('span', { class: 'app-badge' }, app.words.appBadge) : null,
      channel.is_ext_shared
        ? h('span', { class: 'shared-mark', title: app.words.shared }, icon('link'), hidden(app.words.shared))
        : null,
      unread > 0
        ? h(
            'span',
            { class: 'unread' },
            h('span', { 'aria-hidden': 'true' }, unread),
            hidden(app.words.unread(unread)),
          )
        : null,
    ),
  );
}

function hidden(text: string): VNode {
  return h('span', { class: 'visually-hidden' }, text);
}

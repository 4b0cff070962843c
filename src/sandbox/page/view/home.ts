import type { PageState } from '../../slack/page-api.ts';
import { renderBlocks } from '../blocks/block.ts';
import { recordsOf } from '../blocks/json.ts';
import { h, type VNode } from '../dom/vnode.ts';
import type { App } from '../state/app.ts';
import { renderAvatar } from './avatar.ts';

/** The app's own page. */
export function renderHome(app: App, state: PageState): VNode {
  const { home } = state;
  return h(
    'div',
    {
      key: 'home',
      class: 'home',
      id: 'app-tabpanel',
      role: 'tabpanel',
      'aria-labelledby': 'tab-home',
      tabindex: 0,
      'data-testid': 'home',
    },
    home
      ? h(
          'div',
          { class: 'home-blocks' },
          renderBlocks(
            { app, state, container: { type: 'view', view_id: home.id }, id: home.id, errors: {} },
            recordsOf(home.view, 'blocks'),
          ),
        )
      : h(
          'div',
          { class: 'empty' },
          renderAvatar(state.app, 'large'),
          h('h2', { class: 'empty-title' }, app.words.homeEmptyTitle),
          h('p', { class: 'empty-text' }, app.words.homeEmptyText),
        ),
  );
}

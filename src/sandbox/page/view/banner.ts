import { h, type VNode } from '../dom/vnode.ts';
import { icon, spinner } from '../icons.ts';
import type { App } from '../state/app.ts';

/** What is wrong with the connection, if anything is. */
export function renderBanner(app: App): VNode | null {
  const { ui, state, words } = app;
  if (ui.connection === 'lost') return banner('lost', words.lost, icon('warning'));
  if (!state) return banner('waiting', words.connecting, spinner());
  if (!state.bot_connected) return banner('waiting', words.botStarting, spinner());
  return null;
}

function banner(kind: string, text: string, picture: VNode): VNode {
  return h(
    'div',
    { key: 'banner', class: `banner banner-${kind}`, role: 'status', 'data-testid': 'banner' },
    picture,
    text,
  );
}

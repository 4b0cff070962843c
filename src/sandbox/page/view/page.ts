/** The whole page: the workspace on the left, and beside it a thread or the sandbox panel. */
import type { PageState } from '../../slack/page-api.ts';
import { type Child, classes, h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App } from '../state/app.ts';
import { fillableInputs } from '../state/view-act.ts';
import { renderBanner } from './banner.ts';
import { renderChannel } from './channel.ts';
import { renderConfirmation } from './confirmation.ts';
import { renderModals } from './modal.ts';
import { renderPanel, togglePanel } from './panel.ts';
import { renderSidebar } from './sidebar.ts';
import { renderThread } from './thread.ts';

export function renderPage(app: App): VNode[] {
  const { state } = app;
  if (!state) return [h('div', { key: 'waiting', class: 'waiting' }, renderBanner(app))];
  const covered = state.views.length > 0 || app.ui.confirmation !== null;
  const side = renderSide(app, state, covered);
  return [
    h(
      'div',
      { key: 'frame', class: classes('frame', side !== null && 'has-side') },
      h('a', { key: 'skip', class: 'skip', href: '#composer', on: { click: focusComposer } }, app.words.skip),
      h(
        'div',
        { key: 'client', class: 'client' },
        h('div', { key: 'top', class: 'client-top' }, renderBanner(app)),
        h(
          'div',
          { key: 'under', class: 'client-under', inert: covered },
          renderSidebar(app, state),
          renderChannel(app, state),
        ),
        renderModals(app, state),
        renderConfirmation(app, state),
      ),
      side,
    ),
  ];
}

function focusComposer(event: Event): void {
  event.preventDefault();
  document.querySelector<HTMLElement>('.composer textarea')?.focus();
}

function renderSide(app: App, state: PageState, covered: boolean): VNode | null {
  const { ui } = app;
  // A dialog covers the workspace, its threads too; the panel, which can fill it in, takes their place.
  const needsPanel = ui.panel !== null && ui.panelOpen && fillableInputs(app, state) !== null;
  const panel = ui.panel !== null && ui.panelOpen ? ui.panel : null;
  const showsThread = ui.thread !== null && (ui.side === 'thread' || !panel) && !needsPanel;
  if (!ui.thread && !panel) return ui.panel ? renderShowButton(app) : null;
  return h(
    'aside',
    { key: 'side', class: 'side', inert: covered && showsThread },
    ui.thread && ui.panel ? renderSideTabs(app, showsThread, needsPanel) : null,
    showsThread && ui.thread ? renderThread(app, state, ui.thread) : null,
    !showsThread && panel ? renderPanel(app, state, panel) : null,
  );
}

function renderSideTabs(app: App, showsThread: boolean, locked: boolean): Child {
  const { words } = app;
  const tab = (side: 'thread' | 'sandbox', text: string, current: boolean) =>
    h(
      'button',
      {
        type: 'button',
        class: classes('side-tab', current && 'is-current'),
        'aria-pressed': String(current),
        'data-testid': `side-${side}`,
        disabled: locked && side === 'thread',
        on: {
          click: () => {
            app.ui.side = side;
            if (side === 'sandbox') app.ui.panelOpen = true;
            app.redraw();
          },
        },
      },
      icon(side === 'thread' ? 'thread' : 'flask'),
      text,
    );
  return h(
    'div',
    { key: 'tabs', class: 'side-tabs', role: 'group', 'aria-label': words.sideTabs },
    tab('thread', words.thread, showsThread),
    tab('sandbox', words.panel, !showsThread),
  );
}

function renderShowButton(app: App): VNode {
  return h(
    'div',
    { key: 'strip', class: 'strip' },
    h(
      'button',
      {
        type: 'button',
        class: 'strip-button',
        'aria-label': app.words.panelShow,
        title: app.words.panelShow,
        'data-testid': 'panel-show',
        on: { click: () => togglePanel(app, true) },
      },
      icon('flask'),
      h('span', { 'aria-hidden': 'true' }, app.words.panel),
    ),
  );
}

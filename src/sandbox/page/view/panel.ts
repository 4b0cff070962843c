/** What is not Slack: the other systems the sandbox plays, and how far the data has come. */
import type { PageState, PanelState } from '../../slack/page-api.ts';
import { type Child, h, type VNode } from '../dom/vnode.ts';
import { icon, spinner } from '../icons.ts';
import type { App } from '../state/app.ts';
import { sendText } from '../state/sending.ts';
import { fillableInputs, fillIn, flash } from '../state/view-act.ts';
import { renderEntities } from './panel-entities.ts';

export function renderPanel(app: App, state: PageState, panel: PanelState): VNode {
  const { words } = app;
  return h(
    'section',
    {
      key: 'panel',
      class: 'panel',
      'aria-label': words.panel,
      'data-region': 'panel',
      'data-testid': 'panel',
    },
    h(
      'header',
      { class: 'side-head' },
      icon('flask'),
      h('h2', { class: 'side-title' }, words.panel),
      h(
        'button',
        {
          type: 'button',
          class: 'tool',
          'aria-label': words.panelHide,
          title: words.panelHide,
          'data-testid': 'panel-hide',
          on: { click: () => togglePanel(app, false) },
        },
        icon('panel'),
      ),
    ),
    h(
      'div',
      { class: 'panel-body' },
      h('p', { class: 'panel-intro' }, words.panelIntro),
      renderCards(app, state, panel),
    ),
  );
}

/** What is of use now comes first: the credentials to begin with, the data once it flows. */
function renderCards(app: App, state: PageState, panel: PanelState): Child[] {
  const flows = panel.entities.some((entity) => entity.stored !== null);
  const tryIt = renderTryIt(app, state, panel);
  const data = [renderEntities(app, state, panel), renderActions(app, state, panel)];
  return flows ? [...data, tryIt] : [tryIt, ...data];
}

export function togglePanel(app: App, open: boolean): void {
  app.ui.panelOpen = open;
  app.ui.side = open || !app.ui.thread ? 'sandbox' : 'thread';
  app.afterDraw(() =>
    document
      .querySelector<HTMLElement>(open ? '[data-testid="panel-hide"]' : '[data-testid="panel-show"]')
      ?.focus(),
  );
  app.redraw();
}

function renderTryIt(app: App, state: PageState, panel: PanelState): Child {
  const { words } = app;
  const credentials = Object.entries(panel.credentials);
  if (credentials.length === 0) return null;
  return h(
    'section',
    { key: 'try-it', class: 'panel-card' },
    h('h3', { class: 'panel-title' }, words.tryIt),
    h('p', { class: 'panel-text' }, words.tryItText),
    h(
      'dl',
      { class: 'credentials' },
      credentials.map(([name, value]) => renderCredential(app, name, value)),
    ),
    renderTryButton(app, state),
  );
}

function renderTryButton(app: App, state: PageState): VNode {
  const fillable = fillableInputs(app, state);
  const filled = app.ui.flash === 'fill';
  const offersSetup = state.views.length === 0 && state.bot_connected;
  const fill = h(
    'button',
    {
      key: 'fill',
      type: 'button',
      class: 'button button-accent button-wide',
      'data-testid': 'panel-fill',
      disabled: fillable === null,
      on: { click: () => fillIn(app, state) },
    },
    icon(filled ? 'check' : 'fill'),
    filled ? app.words.filled : app.words.fillIn,
  );
  const setup = h(
    'button',
    {
      key: 'setup',
      type: 'button',
      class: 'button button-wide',
      'data-testid': 'panel-setup',
      disabled: !offersSetup || app.ui.busy.has('command'),
      on: { click: () => void sendText(app, null, '/dynamics setup') },
    },
    icon('play'),
    app.words.runSetup,
  );
  return h('div', { class: 'panel-buttons' }, setup, fill);
}

function renderCredential(app: App, name: string, value: string): VNode {
  const copied = app.ui.flash === `copy ${name}`;
  const label = app.words.credentialNames[name] ?? name;
  return h(
    'div',
    { key: name, class: 'credential', 'data-credential': name },
    h('dt', null, label),
    h('dd', { title: value }, value),
    h(
      'button',
      {
        type: 'button',
        class: 'tool',
        'aria-label': copied ? app.words.copied : app.words.copy(label),
        title: app.words.copy(label),
        on: { click: () => void copy(app, name, value) },
      },
      icon(copied ? 'check' : 'copy'),
    ),
  );
}

async function copy(app: App, name: string, value: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(value);
    flash(app, `copy ${name}`);
  } catch {
    // Without a secure origin, or when it is not allowed, browsers let nobody write: the value stays selectable.
  }
}

function renderActions(app: App, state: PageState, panel: PanelState): Child {
  if (panel.actions.length === 0) return null;
  const language = state.me.locale.startsWith('ja') ? 'ja' : 'en';
  return h(
    'section',
    { key: 'actions', class: 'panel-card' },
    h('h3', { class: 'panel-title' }, app.words.play),
    h('p', { class: 'panel-text' }, app.words.playText),
    h(
      'div',
      { class: 'panel-buttons' },
      panel.actions.map((action) => {
        const busy = app.ui.panelBusy === action.id;
        return h(
          'button',
          {
            key: action.id,
            type: 'button',
            class: 'button button-wide',
            'data-panel-action': action.id,
            'aria-disabled': app.ui.panelBusy ? 'true' : null,
            'aria-busy': busy ? 'true' : null,
            on: { click: () => app.runPanelAction(action.id) },
          },
          action.label[language],
          busy ? spinner() : null,
        );
      }),
    ),
    h(
      'div',
      { class: 'panel-done', role: 'status', 'data-testid': 'panel-done' },
      panel.done ? h('p', null, panel.done[language]) : null,
      panel.done ? renderArrival(app, panel.done.stored) : null,
    ),
  );
}

/** Whether what was played has come through to the other end. */
function renderArrival(app: App, stored: boolean | undefined): Child {
  if (stored === undefined) return null;
  return h(
    'p',
    { class: stored ? 'arrival is-stored' : 'arrival', 'data-arrived': String(stored) },
    stored ? icon('success') : spinner(),
    stored ? app.words.arrived : app.words.underWay,
  );
}

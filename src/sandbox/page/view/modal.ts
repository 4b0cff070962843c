/** The open dialogs of the app: the topmost is in use, those below it wait, dimmed. */
import type { PageState, SandboxView } from '../../slack/page-api.ts';
import { renderBlocks } from '../blocks/block.ts';
import { renderTextOf } from '../blocks/inline.ts';
import { recordOf, recordsOf, textOf, wordsOf } from '../blocks/json.ts';
import { domId } from '../blocks/place.ts';
import { classes, h, type VNode } from '../dom/vnode.ts';
import { icon, spinner } from '../icons.ts';
import type { App, Place } from '../state/app.ts';
import { closeView, isSubmitting, submitView } from '../state/view-act.ts';
import { renderAvatar } from './avatar.ts';

export function renderModals(app: App, state: PageState): VNode | null {
  if (state.views.length === 0) return null;
  const covered = app.ui.confirmation !== null;
  return h(
    'div',
    { key: 'modals', class: 'overlay' },
    state.views.map((view, index) => {
      const above = state.views.length - 1 - index;
      return renderModal(app, state, view, above, above > 0 || covered);
    }),
  );
}

function renderModal(app: App, state: PageState, view: SandboxView, above: number, waits: boolean): VNode {
  const titleId = domId('title', view.id);
  return h(
    'div',
    {
      key: view.id,
      class: classes(
        'modal',
        above > 0 && 'is-below',
        app.ui.flash === 'fill' && above === 0 && 'just-filled',
      ),
      style: `--above:${above}`,
      role: 'dialog',
      tabindex: -1,
      inert: waits,
      'aria-modal': 'true',
      'aria-labelledby': titleId,
      'data-layer': 'modal',
      'data-testid': 'modal',
      'data-view-id': view.id,
      'data-view-callback-id': textOf(view.view, 'callback_id'),
      on: {
        keydown: (event) => {
          if (event.key === 'Escape') void closeView(app, view, false);
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) void submitView(app, view);
        },
      },
    },
    h(
      'form',
      {
        class: 'modal-form',
        novalidate: true,
        on: {
          submit: (event) => {
            event.preventDefault();
            void submitView(app, view);
          },
        },
      },
      renderHead(app, state, view, titleId),
      renderBody(app, state, view),
      renderFoot(app, state, view),
    ),
  );
}

function renderHead(app: App, state: PageState, view: SandboxView, titleId: string): VNode {
  return h(
    'div',
    { class: 'modal-head' },
    renderAvatar(state.app, 'medium'),
    h('h2', { id: titleId, class: 'modal-title' }, wordsOf(view.view, 'title')),
    h(
      'button',
      {
        type: 'button',
        class: 'tool modal-close',
        'aria-label': app.words.closeAll,
        'data-testid': 'modal-x',
        on: { click: () => void closeView(app, view, true) },
      },
      icon('close'),
    ),
  );
}

function renderBody(app: App, state: PageState, view: SandboxView): VNode {
  const errors = app.ui.errors.get(view.id) ?? {};
  const place: Place = { app, state, container: { type: 'view', view_id: view.id }, id: view.id, errors };
  return h(
    'div',
    { class: 'modal-body', 'aria-busy': isSubmitting(app, view) ? 'true' : null },
    errors['']
      ? h('div', { key: 'failure', class: 'alert alert-error', role: 'alert' }, icon('error'), errors[''])
      : null,
    renderBlocks(place, recordsOf(view.view, 'blocks')),
  );
}

function renderFoot(app: App, state: PageState, view: SandboxView): VNode {
  const busy = isSubmitting(app, view);
  const submit = recordOf(view.view, 'submit');
  const close = recordOf(view.view, 'close');
  const words = (name: string) => renderTextOf({ app, state }, view.view, name);
  return h(
    'div',
    { class: 'modal-foot' },
    h(
      'button',
      {
        type: 'button',
        class: 'button',
        'data-testid': 'modal-cancel',
        on: { click: () => void closeView(app, view, false) },
      },
      close ? words('close') : submit ? app.words.cancel : app.words.close,
    ),
    submit
      ? h(
          'button',
          {
            type: 'submit',
            class: classes('button', 'button-primary', busy && 'is-busy'),
            'data-testid': 'modal-submit',
            'aria-disabled': busy ? 'true' : null,
            'aria-busy': busy ? 'true' : null,
          },
          h('span', { class: 'button-words' }, words('submit')),
          busy ? spinner() : null,
        )
      : null,
  );
}

import type { PageState } from '../../slack/page-api.ts';
import { renderTextOf } from '../blocks/inline.ts';
import { recordOf, textOf } from '../blocks/json.ts';
import { h, type VNode } from '../dom/vnode.ts';
import type { App } from '../state/app.ts';

/** The question an element asks before it acts. */
export function renderConfirmation(app: App, state: PageState): VNode | null {
  const { confirmation } = app.ui;
  if (!confirmation) return null;
  const { dialog, answer } = confirmation;
  const danger = textOf(dialog, 'style') === 'danger';
  const words = (name: string) => renderTextOf({ app, state }, dialog, name);
  const button = (yes: boolean) =>
    h(
      'button',
      {
        type: 'button',
        class: yes ? `button button-${danger ? 'danger-solid' : 'primary'}` : 'button',
        'data-testid': yes ? 'confirm-yes' : 'confirm-no',
        // What cannot be undone should not happen by a stray Enter.
        'data-focus-first': yes !== danger,
        on: { click: () => answer(yes) },
      },
      yes
        ? recordOf(dialog, 'confirm')
          ? words('confirm')
          : app.words.confirmYes
        : recordOf(dialog, 'deny')
          ? words('deny')
          : app.words.confirmNo,
    );
  return h(
    'div',
    { key: 'confirmation', class: 'overlay overlay-confirmation' },
    h(
      'div',
      {
        class: 'modal confirmation',
        role: 'alertdialog',
        tabindex: -1,
        'aria-modal': 'true',
        'aria-labelledby': 'confirmation-title',
        'aria-describedby': 'confirmation-text',
        'data-layer': 'confirmation',
        'data-testid': 'confirmation',
        on: { keydown: (event) => event.key === 'Escape' && answer(false) },
      },
      h('h2', { id: 'confirmation-title', class: 'modal-title' }, words('title')),
      h('div', { id: 'confirmation-text', class: 'confirmation-text' }, words('text')),
      h('div', { class: 'modal-foot' }, button(false), button(true)),
    ),
  );
}

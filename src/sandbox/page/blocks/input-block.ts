import type { Json } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { Place } from '../state/app.ts';
import { renderElement } from './element.ts';
import { fieldId } from './field.ts';
import { renderTextOf } from './inline.ts';
import { flagOf, recordOf, textOf } from './json.ts';

/** Groups of controls take their name from the label; a single control is what its label is for. */
const GROUPS = ['checkboxes', 'radio_buttons'];

export function renderInputBlock(place: Place, blockId: string, block: Json): VNode {
  const element = recordOf(block, 'element') ?? {};
  const id = fieldId(place, blockId, element);
  const error = place.errors[blockId];
  const hint = recordOf(block, 'hint');
  const describedBy = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  const isGroup = GROUPS.includes(textOf(element, 'type'));
  const optional = flagOf(block, 'optional');
  return h(
    'div',
    { class: error ? 'input-block is-invalid' : 'input-block' },
    h(
      isGroup ? 'div' : 'label',
      { key: 'label', class: 'input-label', id: `${id}-label`, for: isGroup ? null : id },
      renderTextOf(place, block, 'label'),
      optional ? h('span', { class: 'optional' }, ` (${place.app.words.optional})`) : null,
    ),
    h(
      'div',
      { key: 'control', class: 'input-control' },
      renderElement({
        place,
        blockId,
        element,
        dispatch: flagOf(block, 'dispatch_action'),
        optional,
        id,
        labelledBy: `${id}-label`,
        describedBy,
        invalid: error !== undefined,
      }),
    ),
    error
      ? h(
          'div',
          { key: 'error', class: 'input-error', id: `${id}-error` },
          icon('error'),
          h('span', null, error),
        )
      : null,
    hint
      ? h('div', { key: 'hint', class: 'input-hint', id: `${id}-hint` }, renderTextOf(place, block, 'hint'))
      : null,
  );
}

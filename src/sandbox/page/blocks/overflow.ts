import { h, type VNode } from '../dom/vnode.ts';
import { icon, spinner } from '../icons.ts';
import { isBusy, press } from '../state/press.ts';
import { renderMenu } from '../view/menu.ts';
import { type Field, fieldAttributes } from './field.ts';
import { renderTextOf } from './inline.ts';
import { recordsOf, textOf, wordsOf } from './json.ts';

export function renderOverflow(field: Field): VNode {
  const { place, blockId, element } = field;
  const { id: _id, 'aria-label': _label, ...hooks } = fieldAttributes(field);
  const busy = isBusy(place, blockId, element);
  return renderMenu(place.app, {
    id: field.id,
    label: place.app.words.moreActions,
    className: 'overflow',
    attributes: { ...hooks, class: 'menu-button button button-square' },
    content: busy ? spinner() : icon('dots'),
    items: recordsOf(element, 'options').map((option) => ({
      content: [
        h('span', { class: 'option-text' }, renderTextOf(place, option, 'text')),
        wordsOf(option, 'description')
          ? h('span', { class: 'option-description' }, wordsOf(option, 'description'))
          : null,
      ],
      attributes: { 'data-value': textOf(option, 'value') },
      choose: () => {
        if (/^https?:/i.test(textOf(option, 'url'))) window.open(textOf(option, 'url'), '_blank', 'noopener');
        void press(place, blockId, element, { selected_option: option });
      },
    })),
  });
}

import type { Json } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import type { Place } from '../state/app.ts';
import { renderButton } from './button.ts';
import { renderChoices } from './choices.ts';
import { bareField, type Field } from './field.ts';
import { recordOf, textOf } from './json.ts';
import { renderOverflow } from './overflow.ts';
import { renderSelect } from './select.ts';
import { renderDateInput, renderTextInput } from './typed-input.ts';

/** An element of a section or an actions block. */
export function renderBareElement(place: Place, blockId: string, element: Json): VNode {
  if (textOf(element, 'type') === 'button' || textOf(element, 'type') === 'workflow_button') {
    return renderButton(place, blockId, element);
  }
  if (textOf(element, 'type') === 'image') return renderPicture(element);
  return h(
    'div',
    { key: textOf(element, 'action_id'), class: 'bare-element' },
    renderElement(bareField(place, blockId, element)),
  );
}

export function renderElement(field: Field): VNode {
  const type = textOf(field.element, 'type');
  if (type.endsWith('_select')) return renderSelect(field);
  switch (type) {
    case 'plain_text_input':
    case 'email_text_input':
    case 'url_text_input':
    case 'number_input':
      return renderTextInput(field);
    case 'datepicker':
    case 'timepicker':
      return renderDateInput(field);
    case 'checkboxes':
    case 'radio_buttons':
      return renderChoices(field);
    case 'overflow':
      return renderOverflow(field);
    default:
      return renderUnsupported(field.place, type);
  }
}

export function renderUnsupported(place: Place, type: string): VNode {
  return h('div', { class: 'unsupported', role: 'note' }, place.app.words.unsupported(type || '?'));
}

export function renderPicture(image: Json): VNode {
  return h('img', {
    class: 'picture',
    src: textOf(image, 'image_url') || pathOf(recordOf(image, 'slack_file')),
    alt: textOf(image, 'alt_text'),
    loading: 'lazy',
  });
}

/** A file of the workspace's own, wherever the page was opened from. */
const pathOf = (file: Json | null): string =>
  file ? `/sandbox/files/${encodeURIComponent(textOf(file, 'id'))}/picture` : '';

import type { Json } from '../../slack/page-api.ts';
import { classes, h, type VNode } from '../dom/vnode.ts';
import { icon, spinner } from '../icons.ts';
import type { Place } from '../state/app.ts';
import { isBusy, press } from '../state/press.ts';
import { renderTextOf } from './inline.ts';
import { recordOf, textOf } from './json.ts';

export function renderButton(place: Place, blockId: string, element: Json): VNode {
  const url = textOf(element, 'url');
  const isLink = /^https?:/i.test(url);
  const busy = isBusy(place, blockId, element);
  const style = textOf(element, 'style');
  const detail: Json = { text: recordOf(element, 'text') ?? {} };
  if (textOf(element, 'value')) detail.value = textOf(element, 'value');
  return h(
    isLink ? 'a' : 'button',
    {
      key: `${textOf(element, 'action_id')} ${textOf(element, 'value')}`,
      class: classes('button', style && `button-${style}`, busy && 'is-busy'),
      ...(isLink ? { href: url, target: '_blank', rel: 'noopener noreferrer' } : { type: 'button' }),
      'data-action-id': textOf(element, 'action_id'),
      'data-block-id': blockId,
      'aria-label': textOf(element, 'accessibility_label') || null,
      'aria-busy': busy ? 'true' : null,
      // Not `disabled`: the focus has to stay where it was when the act returns.
      'aria-disabled': busy ? 'true' : null,
      on: { click: () => void press(place, blockId, element, detail) },
    },
    h('span', { class: 'button-words' }, renderTextOf(place, element, 'text')),
    isLink ? icon('external') : null,
    busy ? spinner() : null,
  );
}

import type { Json } from '../../slack/page-api.ts';
import { type Child, h, type VNode } from '../dom/vnode.ts';
import { renderEmoji, withEmoji } from './emoji.ts';
import { type Reader, renderChannel, renderLink, renderUser } from './inline.ts';
import { flagOf, numberOf, recordOf, recordsOf, textOf } from './json.ts';
import { formatDate } from './moment.ts';

export function renderRichText(reader: Reader, block: Json): VNode {
  return h(
    'div',
    { class: 'rich-text' },
    recordsOf(block, 'elements').map((part) => renderPart(reader, part)),
  );
}

function renderPart(reader: Reader, part: Json): VNode {
  const children = () => renderElements(reader, recordsOf(part, 'elements'));
  switch (textOf(part, 'type')) {
    case 'rich_text_list':
      return renderList(reader, part);
    case 'rich_text_preformatted':
      return h('pre', { class: 'pre' }, children());
    case 'rich_text_quote':
      return h('blockquote', { class: 'quote' }, children());
    default:
      return h('div', { class: 'lines' }, children());
  }
}

function renderList(reader: Reader, list: Json): VNode {
  const offset = numberOf(list, 'offset') ?? 0;
  const ordered = textOf(list, 'style') === 'ordered';
  return h(
    ordered ? 'ol' : 'ul',
    {
      class: `list list-${(numberOf(list, 'indent') ?? 0) % 3}`,
      style: `--indent:${numberOf(list, 'indent') ?? 0}`,
      start: ordered && offset > 0 ? offset + 1 : null,
    },
    recordsOf(list, 'elements').map((item) =>
      h('li', null, renderElements(reader, recordsOf(item, 'elements'))),
    ),
  );
}

function renderElements(reader: Reader, elements: Json[]): Child[] {
  return elements.map((element) => styled(element, renderElement(reader, element)));
}

function renderElement(reader: Reader, element: Json): Child {
  switch (textOf(element, 'type')) {
    case 'text':
      return withLineBreaks(textOf(element, 'text'));
    case 'link':
      return renderLink(textOf(element, 'url'), [textOf(element, 'text') || textOf(element, 'url')]);
    case 'user':
      return renderUser(reader, textOf(element, 'user_id'));
    case 'channel':
      return renderChannel(reader, textOf(element, 'channel_id'));
    case 'broadcast':
      return h('span', { class: 'mention mention-all' }, `@${textOf(element, 'range')}`);
    case 'emoji':
      return renderEmoji(textOf(element, 'name'));
    case 'date': {
      const epoch = numberOf(element, 'timestamp') ?? 0;
      const text = formatDate(epoch, textOf(element, 'format'), reader.state.me, reader.app.words);
      return textOf(element, 'url') ? renderLink(textOf(element, 'url'), [text]) : text;
    }
    case 'color':
      return h('code', null, textOf(element, 'value'));
    default:
      return textOf(element, 'fallback') || textOf(element, 'text');
  }
}

function withLineBreaks(text: string): Child[] {
  return text
    .split('\n')
    .flatMap((line, index): Child[] => [index > 0 ? h('br', null) : null, withEmoji(line)]);
}

function styled(element: Json, child: Child): Child {
  const style = recordOf(element, 'style');
  let result = child;
  if (flagOf(style, 'code')) result = h('code', null, result);
  if (flagOf(style, 'strike')) result = h('s', null, result);
  if (flagOf(style, 'italic')) result = h('em', null, result);
  if (flagOf(style, 'bold')) result = h('strong', null, result);
  if (flagOf(style, 'underline')) result = h('u', null, result);
  return result;
}

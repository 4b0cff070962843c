/** Slack's Block Kit, drawn. A block this page does not know is shown as such and harms nothing else. */
import type { Json } from '../../slack/page-api.ts';
import { classes, h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { Place } from '../state/app.ts';
import { renderBareElement, renderPicture, renderUnsupported } from './element.ts';
import { renderMrkdwn, renderText, renderTextOf } from './inline.ts';
import { renderInputBlock } from './input-block.ts';
import { recordOf, recordsOf, textOf } from './json.ts';
import { renderMarkdown } from './markdown.ts';
import { blockIdOf } from './place.ts';
import { renderPlan, renderTask } from './plan.ts';
import { renderRichText } from './rich-text.ts';
import { renderTable } from './table.ts';

export function renderBlocks(place: Place, blocks: Json[]): VNode[] {
  return blocks.map((block, index) => {
    const id = blockIdOf(block, index);
    const type = textOf(block, 'type');
    return h(
      'div',
      { key: `${type} ${id}`, class: `block block-${type}`, 'data-block': id },
      renderBlock(place, id, block),
    );
  });
}

function renderBlock(place: Place, id: string, block: Json): VNode {
  switch (textOf(block, 'type')) {
    case 'header':
      return h('h3', { class: 'header' }, renderTextOf(place, block, 'text'));
    case 'section':
      return renderSection(place, id, block);
    case 'divider':
      return h('hr', null);
    case 'context':
      return renderContext(place, block);
    case 'image':
      return renderImage(place, block);
    case 'actions':
      return h(
        'div',
        { class: 'actions' },
        recordsOf(block, 'elements').map((element) => renderBareElement(place, id, element)),
      );
    case 'input':
      return renderInputBlock(place, id, block);
    case 'rich_text':
      return renderRichText(place, block);
    case 'markdown':
      return renderMarkdown(place, textOf(block, 'text'));
    case 'table':
    case 'data_table':
      return renderTable(place, block);
    case 'alert':
      return renderAlert(place, block);
    case 'plan':
      return renderPlan(place, block);
    case 'task_card':
      return renderTask(place, block);
    default:
      return renderUnsupported(place, textOf(block, 'type'));
  }
}

function renderSection(place: Place, id: string, block: Json): VNode {
  const accessory = recordOf(block, 'accessory');
  const fields = recordsOf(block, 'fields');
  return h(
    'div',
    { class: classes('section', accessory && 'has-accessory') },
    h(
      'div',
      { class: 'section-words' },
      recordOf(block, 'text')
        ? h('div', { class: 'section-text' }, renderTextOf(place, block, 'text'))
        : null,
      fields.length > 0
        ? h(
            'div',
            { class: 'fields' },
            fields.map((field) => h('div', { class: 'field' }, renderText(place, field))),
          )
        : null,
    ),
    accessory ? h('div', { class: 'accessory' }, renderBareElement(place, id, accessory)) : null,
  );
}

function renderContext(place: Place, block: Json): VNode {
  return h(
    'div',
    { class: 'context' },
    recordsOf(block, 'elements').map((element) =>
      textOf(element, 'type') === 'image'
        ? renderPicture(element)
        : h('div', { class: 'context-text' }, renderText(place, element)),
    ),
  );
}

function renderImage(place: Place, block: Json): VNode {
  const title = recordOf(block, 'title');
  return h(
    'figure',
    { class: 'image' },
    title ? h('figcaption', null, renderText(place, title)) : null,
    renderPicture(block),
  );
}

const ALERT_ICONS = {
  info: 'info',
  warning: 'warning',
  error: 'error',
  success: 'success',
  default: 'info',
} as const;

function renderAlert(place: Place, block: Json): VNode {
  const level = textOf(block, 'level');
  const known = level in ALERT_ICONS ? (level as keyof typeof ALERT_ICONS) : 'default';
  const text = block.text;
  return h(
    'div',
    { class: `alert alert-${known}`, role: known === 'error' ? 'alert' : 'status' },
    icon(ALERT_ICONS[known]),
    h(
      'div',
      { class: 'alert-text' },
      typeof text === 'string' ? renderMrkdwn(place, text) : renderText(place, recordOf(block, 'text')),
    ),
  );
}

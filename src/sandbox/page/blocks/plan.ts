import type { Json } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import { spinner } from '../icons.ts';
import { renderEmoji, withNamedEmoji } from './emoji.ts';
import type { Reader } from './inline.ts';
import { recordOf, recordsOf, textOf } from './json.ts';
import { renderRichText } from './rich-text.ts';

/** A checklist with a state per task. */
export function renderPlan(reader: Reader, block: Json): VNode {
  return h(
    'div',
    { class: 'plan' },
    h('div', { class: 'plan-title' }, withNamedEmoji(textOf(block, 'title'))),
    recordsOf(block, 'tasks').map((task) => renderTask(reader, task)),
  );
}

const MARKS: Record<string, string> = { complete: 'white_check_mark', error: 'x', pending: 'white_circle' };

export function renderTask(reader: Reader, task: Json): VNode {
  const status = textOf(task, 'status');
  const details = recordOf(task, 'details');
  const output = recordOf(task, 'output');
  return h(
    'div',
    { class: `task task-${status}` },
    h(
      'span',
      { class: 'task-mark' },
      status === 'in_progress' ? spinner() : renderEmoji(MARKS[status] ?? 'white_circle'),
    ),
    h(
      'div',
      { class: 'task-words' },
      h('div', { class: 'task-title' }, withNamedEmoji(textOf(task, 'title'))),
      details ? h('div', { class: 'task-details' }, renderRichText(reader, details)) : null,
      output ? h('div', { class: 'task-details' }, renderRichText(reader, output)) : null,
    ),
  );
}

/** The `markdown` block: the part of standard Markdown that apps write in messages. */
import { h, type VNode } from '../dom/vnode.ts';
import { type Reader, renderInlines } from './inline.ts';
import { type Inline, parseInline } from './mrkdwn.ts';

export function renderMarkdown(reader: Reader, source: string): VNode {
  const parts = source.split(/```[^\n]*\n([\s\S]*?)\n?```/);
  return h(
    'div',
    { class: 'markdown' },
    parts.flatMap((part, index) =>
      index % 2 === 1
        ? [h('pre', { class: 'pre' }, part)]
        : part.split('\n').map((line) => renderLine(reader, line)),
    ),
  );
}

function renderLine(reader: Reader, line: string): VNode | null {
  if (line.trim() === '') return null;
  const heading = /^#{1,6} (.*)$/.exec(line);
  if (heading) return h('h4', { class: 'markdown-heading' }, renderInlines(reader, inline(heading[1] ?? '')));
  const item = /^\s*(?:[-*]|(\d+)\.) (.*)$/.exec(line);
  if (item) {
    const mark = item[1] ? `${item[1]}. ` : '• ';
    return h('div', { class: 'markdown-item' }, mark, renderInlines(reader, inline(item[2] ?? '')));
  }
  const quote = /^> ?(.*)$/.exec(line);
  if (quote) return h('blockquote', { class: 'quote' }, renderInlines(reader, inline(quote[1] ?? '')));
  return h('div', null, renderInlines(reader, inline(line)));
}

/** Markdown's marks in mrkdwn's spelling: `**bold**`, `[text](url)` and `~~strike~~` differ, the rest is alike. */
function inline(text: string): Inline[] {
  return parseInline(
    text
      .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<$2|$1>')
      .replace(/(?<!\*)\*([^*\n]+)\*(?!\*)/g, '_$1_')
      .replace(/\*\*([^*\n]+)\*\*/g, '*$1*')
      .replace(/~~([^~\n]+)~~/g, '~$1~'),
  );
}

/** Text with mentions, links, dates and emoji: mrkdwn and plain text objects as elements. */
import type { Json, PageState, SandboxUser } from '../../slack/page-api.ts';
import { type Child, h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App } from '../state/app.ts';
import { renderEmoji, withEmoji, withNamedEmoji } from './emoji.ts';
import { flagOf, recordOf, textOf } from './json.ts';
import { formatDate } from './moment.ts';
import { type Inline, type MrkdwnBlock, parseMrkdwn } from './mrkdwn.ts';

/** What inline text needs of a place. */
export interface Reader {
  app: App;
  state: PageState;
}

export function renderMrkdwn(reader: Reader, source: string): VNode[] {
  return parseMrkdwn(source).map((block) => renderPart(reader, block));
}

function renderPart(reader: Reader, block: MrkdwnBlock): VNode {
  if (block.kind === 'pre') return h('pre', { class: 'pre' }, block.text);
  const lines = block.lines.flatMap((line, index): Child[] => [
    index > 0 ? h('br', null) : null,
    renderInlines(reader, line),
  ]);
  return h(block.kind === 'quote' ? 'blockquote' : 'div', { class: block.kind }, lines);
}

export function renderInlines(reader: Reader, inlines: Inline[]): Child[] {
  return inlines.map((inline) => renderInline(reader, inline));
}

const STYLE_TAGS = { bold: 'strong', italic: 'em', strike: 's' } as const;

function renderInline(reader: Reader, inline: Inline): Child {
  switch (inline.kind) {
    case 'text':
      return withEmoji(inline.text);
    case 'bold':
    case 'italic':
    case 'strike':
      return h(STYLE_TAGS[inline.kind], null, renderInlines(reader, inline.children));
    case 'code':
      return h('code', null, inline.text);
    case 'link':
      return renderLink(inline.url, renderInlines(reader, inline.children));
    case 'user':
      return renderUser(reader, inline.id, inline.label);
    case 'channel':
      return renderChannel(reader, inline.id, inline.label);
    case 'broadcast':
      return h('span', { class: 'mention mention-all' }, inline.label || `@${inline.id}`);
    case 'emoji':
      return renderEmoji(inline.id);
    case 'date': {
      const text = Number.isFinite(inline.epoch)
        ? formatDate(inline.epoch, inline.format, reader.state.me, reader.app.words)
        : inline.fallback;
      return inline.url ? renderLink(inline.url, [text]) : text;
    }
  }
}

/** Only web and mail addresses become links; anything else, `javascript:` above all, stays text. */
export function renderLink(url: string, children: Child[]): VNode {
  if (!/^(https?:|mailto:)/i.test(url)) return h('span', null, children);
  return h('a', { href: url, target: '_blank', rel: 'noopener noreferrer', class: 'link' }, children);
}

export function findUser(state: PageState, id: string): SandboxUser | undefined {
  return id === state.app.id ? state.app : state.users.find((user) => user.id === id);
}

export function renderUser(reader: Reader, id: string, label = ''): VNode {
  const user = findUser(reader.state, id);
  const own = id === reader.state.me.id;
  return h('span', { class: own ? 'mention mention-me' : 'mention' }, `@${user?.real_name || label || id}`);
}

export function renderChannel(reader: Reader, id: string, label = ''): VNode {
  const channel = reader.state.channels.find((entry) => entry.id === id);
  if (!channel) return h('span', { class: 'mention' }, `#${label || id}`);
  return h(
    'button',
    { type: 'button', class: 'mention', on: { click: () => reader.app.chooseChannel(id) } },
    channel.kind === 'private' ? icon('lock') : '#',
    channel.name,
  );
}

/** A text object of either type. */
export function renderText(reader: Reader, text: Json | null): Child {
  if (!text) return null;
  const words = textOf(text, 'text');
  if (textOf(text, 'type') === 'mrkdwn') return renderMrkdwn(reader, words);
  return flagOf(text, 'emoji') || text.emoji === undefined ? withNamedEmoji(words) : withEmoji(words);
}

export function renderTextOf(reader: Reader, json: Json, name: string): Child {
  return renderText(reader, recordOf(json, name));
}

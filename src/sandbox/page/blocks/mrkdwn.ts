/**
 * Slack's mrkdwn as a tree. A style mark counts only at the edge of a word, as in Slack: `2*3*4` stays as it is,
 * and so does a mark glued to Japanese text.
 */
export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'bold' | 'italic' | 'strike'; children: Inline[] }
  | { kind: 'code'; text: string }
  | { kind: 'link'; url: string; children: Inline[] }
  | { kind: 'user' | 'channel' | 'broadcast' | 'emoji'; id: string; label: string }
  | { kind: 'date'; epoch: number; format: string; url: string; fallback: string };

export type MrkdwnBlock =
  | { kind: 'lines'; lines: Inline[][] }
  | { kind: 'quote'; lines: Inline[][] }
  | { kind: 'pre'; text: string };

export function parseMrkdwn(source: string): MrkdwnBlock[] {
  return source.split(/```\n?([\s\S]*?)\n?```/).flatMap((part, index): MrkdwnBlock[] => {
    if (index % 2 === 1) return [{ kind: 'pre', text: unescapeText(part) }];
    return part.trim() === '' ? [] : parseLines(part.replace(/^\n|\n$/g, ''));
  });
}

function parseLines(source: string): MrkdwnBlock[] {
  const blocks: { kind: 'lines' | 'quote'; lines: Inline[][] }[] = [];
  for (const line of source.split('\n')) {
    const quoted = /^(?:>|&gt;) ?(.*)$/.exec(line);
    const kind = quoted ? 'quote' : 'lines';
    const inline = parseInline(quoted?.[1] ?? line);
    const last = blocks.at(-1);
    if (last?.kind === kind) last.lines.push(inline);
    else blocks.push({ kind, lines: [inline] });
  }
  return blocks;
}

const EDGE = '[\\p{L}\\p{N}]';
const STYLED = (mark: string) => `(?<!${EDGE})[${mark}](?=[^\\s${mark}])([^\\n]*?[^\\s])[${mark}](?!${EDGE})`;

const TOKEN = new RegExp(
  ['`([^`\\n]+)`', '<([^<>\\n]+)>', STYLED('*'), STYLED('_'), STYLED('~'), ':([a-z0-9_+-]+):'].join('|'),
  'gu',
);

export function parseInline(source: string): Inline[] {
  const parts: Inline[] = [];
  let from = 0;
  for (const match of source.matchAll(TOKEN)) {
    if (match.index > from) parts.push({ kind: 'text', text: unescapeText(source.slice(from, match.index)) });
    parts.push(parseToken(match));
    from = match.index + match[0].length;
  }
  if (from < source.length) parts.push({ kind: 'text', text: unescapeText(source.slice(from)) });
  return parts;
}

function parseToken(match: RegExpMatchArray): Inline {
  const [whole, code, angle, bold, italic, strike, emoji] = match;
  if (code !== undefined) return { kind: 'code', text: unescapeText(code) };
  if (angle !== undefined) return parseAngle(angle);
  if (bold !== undefined) return { kind: 'bold', children: parseInline(bold) };
  if (italic !== undefined) return { kind: 'italic', children: parseInline(italic) };
  if (strike !== undefined) return { kind: 'strike', children: parseInline(strike) };
  return { kind: 'emoji', id: emoji ?? '', label: whole };
}

/** What stands between `<` and `>`: a mention, a date or a link. */
function parseAngle(inside: string): Inline {
  const bar = inside.indexOf('|');
  const target = bar < 0 ? inside : inside.slice(0, bar);
  const label = bar < 0 ? '' : unescapeText(inside.slice(bar + 1));
  if (target.startsWith('@')) return { kind: 'user', id: target.slice(1), label };
  if (target.startsWith('#')) return { kind: 'channel', id: target.slice(1), label };
  if (target.startsWith('!date^')) {
    const [, epoch, format, url] = target.split('^');
    return { kind: 'date', epoch: Number(epoch), format: format ?? '', url: url ?? '', fallback: label };
  }
  if (target.startsWith('!')) return { kind: 'broadcast', id: target.slice(1), label };
  const text = label || unescapeText(target).replace(/^mailto:/, '');
  return { kind: 'link', url: unescapeText(target), children: [{ kind: 'text', text }] };
}

export function unescapeText(text: string): string {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}

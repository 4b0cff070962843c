/**
 * Emoji by Slack's names. Those that carry a meaning in status messages are drawn here, so that they look the same
 * on every machine, with or without an emoji font; the rest are the platform's own characters.
 */
import { h, type VNode } from '../dom/vnode.ts';
import { ALIASES, CHARACTERS, SAME } from './emoji-names.ts';

type Shape = [tag: 'path' | 'circle' | 'rect', attributes: Record<string, string | number>];

const line = (d: string, stroke: string, width = 2): Shape => [
  'path',
  { d, fill: 'none', stroke, 'stroke-width': width, 'stroke-linecap': 'round', 'stroke-linejoin': 'round' },
];
const area = (d: string, fill: string): Shape => ['path', { d, fill }];
const disc = (fill: string, r = 8.5): Shape => ['circle', { cx: 10, cy: 10, r, fill }];
const tile = (fill: string): Shape => ['rect', { x: 1.5, y: 1.5, width: 17, height: 17, rx: 4, fill }];

const DRAWN: Record<string, Shape[]> = {
  white_check_mark: [tile('#1f9d61'), line('M5.8 10.4 8.8 13.3 14.3 7.2', '#fff', 2.2)],
  heavy_check_mark: [line('M4 10.8 8.2 15 16.2 5.8', '#1f9d61', 2.8)],
  x: [line('M4.5 4.5l11 11M15.5 4.5l-11 11', '#d92d3a', 3)],
  warning: [area('M10 2 19 17.5H1z', '#f2b01e'), line('M10 7.5v4.5M10 14.8v.1', '#3d2c00', 1.9)],
  information_source: [tile('#3576d8'), line('M10 9.3v5M10 5.9v.1', '#fff', 2.2)],
  hourglass_flowing_sand: [
    area('M5.5 3.5h9c0 3.5-3 4.5-3 6.5s3 3 3 6.5h-9c0-3.5 3-4.5 3-6.5s-3-3-3-6.5z', '#d8e6f7'),
    area(
      'M7.2 6.2h5.6c-.6 1.5-2 2.3-2.8 3.3-.8-1-2.2-1.8-2.8-3.3zM6.5 16c.3-1.8 2-2.2 3.5-3.7 1.5 1.5 3.2 1.9 3.5 3.7z',
      '#e0a030',
    ),
    line('M4.5 2.8h11M4.5 17.2h11', '#8a5a22', 1.8),
  ],
  arrows_counterclockwise: [
    tile('#3576d8'),
    line('M14.3 8.2A4.7 4.7 0 0 0 6 7.5M5.7 11.8a4.7 4.7 0 0 0 8.3.7', '#fff', 1.7),
    line('M6 4.8v2.9h2.9M14 15.2v-2.9h-2.9', '#fff', 1.7),
  ],
  lock: [
    line('M6.5 9V6.3a3.5 3.5 0 0 1 7 0V9', '#8b93a3', 2),
    area('M4 8.8h12v8.7H4z', '#e8a927'),
    line('M10 12v2.5', '#6b4a05', 1.8),
  ],
  rocket: [
    area('M10.5 12.8 7.2 9.5C8.3 5.8 11.5 2.5 17 2c.4 5.5-2.8 9.3-6.5 10.8z', '#dfe6f0'),
    ['circle', { cx: 12.7, cy: 7.3, r: 1.7, fill: '#3576d8' }],
    area('M7.6 8.3 3.8 9l-1.3 3 4-.3zM11.7 12.4l-.7 3.8-3 1.3.3-4z', '#d92d3a'),
    area('M6.5 12.2c-2 .4-3 2.6-3 4.8 2.2 0 4.4-1 4.8-3z', '#f2b01e'),
  ],
  tada: [
    area('M2 18 6.2 7l6.8 6.8z', '#f2b01e'),
    line('M11 8.5c1.8-1 2-3.5 1-5.5M12.5 10.5c1.5-1.5 3.5-1.5 5-.5', '#d92d3a', 1.5),
    ['circle', { cx: 16, cy: 5, r: 1.2, fill: '#3576d8' }],
    ['circle', { cx: 8, cy: 4, r: 1.1, fill: '#1f9d61' }],
    ['circle', { cx: 16.5, cy: 13.5, r: 1.1, fill: '#1f9d61' }],
  ],
  large_green_circle: [disc('#1f9d61')],
  large_yellow_circle: [disc('#e8b021')],
  red_circle: [disc('#d92d3a')],
  large_blue_circle: [disc('#3576d8')],
  white_circle: [line('M10 3a7 7 0 1 1 0 14 7 7 0 0 1 0-14z', '#94a0b3', 2.2)],
  no_entry: [disc('#d92d3a'), line('M6 10h8', '#fff', 2.6)],
  double_vertical_bar: [tile('#3576d8'), line('M7.5 6v8M12.5 6v8', '#fff', 2.4)],
  arrow_forward: [tile('#3576d8'), area('M7 5.5v9l7.5-4.5z', '#fff')],
};

const SAME_PATTERN = new RegExp(`(${Object.keys(SAME).join('|')})`, 'u');

/** An emoji by name; what nobody knows stays readable as `:name:`. */
export function renderEmoji(name: string): VNode | string {
  const known = ALIASES[name] ?? name;
  const shapes = DRAWN[known];
  if (shapes) return picture(known, shapes);
  const character = CHARACTERS[known];
  return character
    ? h('span', { class: 'emoji-text', role: 'img', 'aria-label': known }, character)
    : `:${name}:`;
}

/** Plain text with its status characters drawn. */
export function withEmoji(text: string): (VNode | string)[] {
  if (!SAME_PATTERN.test(text)) return [text];
  return text.split(SAME_PATTERN).map((part) => (SAME[part] ? renderEmoji(SAME[part]) : part));
}

/** Plain text of a `plain_text` object: `:names:` become emoji too, unless it says `emoji: false`. */
export function withNamedEmoji(text: string): (VNode | string)[] {
  return text
    .split(/:([a-z0-9_+-]+):/)
    .flatMap((part, index) => (index % 2 === 1 ? [renderEmoji(part)] : withEmoji(part)));
}

function picture(name: string, shapes: Shape[]): VNode {
  return h(
    'svg',
    { class: 'emoji', viewBox: '0 0 20 20', role: 'img', 'aria-label': name.replaceAll('_', ' ') },
    shapes.map(([tag, attributes]) => h(tag, attributes)),
  );
}

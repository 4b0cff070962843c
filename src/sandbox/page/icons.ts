/** The page's own icons: strokes on a grid of 20, in the colour of the text around them. */
import { h, type VNode } from './dom/vnode.ts';

const PATHS = {
  hash: 'M7.5 3.5 6 16.5M14 3.5l-1.5 13M3.5 7.5h13M3 12.5h13',
  lock: 'M5.5 9h9v7.5h-9zM7.5 9V6.5a2.5 2.5 0 0 1 5 0V9',
  link: 'M8.5 11.5a3 3 0 0 0 4.2 0l2.6-2.6a3 3 0 0 0-4.2-4.2l-1 1M11.5 8.5a3 3 0 0 0-4.2 0l-2.6 2.6a3 3 0 0 0 4.2 4.2l1-1',
  people:
    'M7.5 9a2.6 2.6 0 1 0 0-5.2A2.6 2.6 0 0 0 7.5 9zM2.5 16c.3-2.6 2.3-4.4 5-4.4s4.7 1.8 5 4.4M13 4.2a2.5 2.5 0 0 1 0 4.6M14.5 11.9c1.7.6 2.8 2.1 3 4.1',
  close: 'M5 5l10 10M15 5 5 15',
  check: 'M4 10.5 8.2 14.5 16 6',
  chevron: 'M5.5 8l4.5 4.5L14.5 8',
  updown: 'M6.5 8 10 4.5 13.5 8M6.5 12l3.5 3.5 3.5-3.5',
  send: 'M3.5 10 16.5 4l-4 12.5-3.2-5.2zM9.3 11.3 16.5 4',
  sun: 'M10 13.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM10 2v1.8M10 16.2V18M2 10h1.8M16.2 10H18M4.3 4.3l1.3 1.3M14.4 14.4l1.3 1.3M15.7 4.3l-1.3 1.3M5.6 14.4l-1.3 1.3',
  moon: 'M16.5 11.8A6.8 6.8 0 0 1 8.2 3.5a6.8 6.8 0 1 0 8.3 8.3z',
  eye: 'M2 10s3-5 8-5 8 5 8 5-3 5-8 5-8-5-8-5zM10 12.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4z',
  thread: 'M3.5 4.5h13v9h-7l-3.5 3v-3h-2.5zM7 8h6M7 10.5h4',
  dots: 'M5 10h.01M10 10h.01M15 10h.01',
  copy: 'M7.5 7.5h9v9h-9zM4.5 12.5h-1v-9h9v1',
  warning: 'M10 3.5 17.5 16.5h-15zM10 8.5v3.5M10 14.3v.01',
  info: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 9.3v4M10 6.6v.01',
  success: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM7 10.2l2.2 2.2L13.2 8',
  error: 'M10 17a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM10 6.5v4.2M10 13.5v.01',
  flask: 'M8 3h4M8.7 3v5L4.5 15.2c-.6 1.1 0 1.8 1 1.8h9c1 0 1.6-.7 1-1.8L11.3 8V3M6.5 12.5h7',
  fill: 'M4 16h12M10 3.5v8.5M6.5 8.7l3.5 3.5 3.5-3.5',
  play: 'M6.5 4.5v11l9-5.5z',
  panel: 'M3.5 4h13v12h-13zM12.5 4v12',
  external: 'M8 4.5H4.5v11h11V12M11.5 4.5h4v4M15 5l-6 6',
  calendar: 'M3.5 5h13v11.5h-13zM3.5 8.5h13M7 3v3M13 3v3',
  home: 'M3.5 9.5 10 4l6.5 5.5M5.5 8.5v7.5h9V8.5',
  database:
    'M4 5.5c0-1.4 2.7-2.5 6-2.5s6 1.1 6 2.5-2.7 2.5-6 2.5-6-1.1-6-2.5zM4 5.5v9c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5v-9M4 10c0 1.4 2.7 2.5 6 2.5s6-1.1 6-2.5',
  file: 'M5.5 3h6l3.5 3.5V17h-9.5zM11.5 3v3.5H15',
  spinner: 'M10 3a7 7 0 1 1-7 7',
} as const;

export type IconName = keyof typeof PATHS;

export function icon(name: IconName, className = ''): VNode {
  const attributes = {
    class: `icon icon-${name} ${className}`.trim(),
    viewBox: '0 0 20 20',
    'aria-hidden': 'true',
    focusable: 'false',
  };
  return h('svg', attributes, h('path', { d: PATHS[name] }));
}

export function spinner(): VNode {
  return icon('spinner', 'spin');
}

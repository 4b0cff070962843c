import type { SandboxFile } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import { icon } from '../icons.ts';
import type { App } from '../state/app.ts';

/** A file of a message, to be downloaded. */
export function renderAttachment(app: App, file: SandboxFile, locale: string): VNode {
  const size = new Intl.NumberFormat(locale, {
    style: 'unit',
    unit: file.size < 1000 ? 'byte' : 'kilobyte',
    unitDisplay: file.size < 1000 ? 'long' : 'short',
    maximumFractionDigits: 0,
  }).format(file.size < 1000 ? file.size : file.size / 1000);
  return h(
    'a',
    {
      key: file.id,
      class: 'attachment',
      href: pathOf(file.url),
      download: file.name,
      'aria-label': app.words.download(file.name),
      'data-file': file.name,
    },
    h('span', { class: 'attachment-icon' }, icon('file')),
    h(
      'span',
      { class: 'attachment-words' },
      h('span', { class: 'attachment-name' }, file.title || file.name),
      h('span', { class: 'attachment-size' }, `${file.name} · ${size}`),
    ),
  );
}

/** The page's own origin may be spelled otherwise (localhost, 127.0.0.1) than in the address the app was given. */
function pathOf(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  return parsed?.pathname.startsWith('/sandbox/files/') ? parsed.pathname : '#';
}

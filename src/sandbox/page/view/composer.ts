import type { PageState } from '../../slack/page-api.ts';
import { isComposing, moved, typedText } from '../dom/event.ts';
import { classes, h, type VNode } from '../dom/vnode.ts';
import { icon, spinner } from '../icons.ts';
import type { App } from '../state/app.ts';
import { draftKey, sendText } from '../state/sending.ts';
import { firstActive, type Offer, offersFor, renderOffers } from './command-list.ts';

interface Composer {
  app: App;
  id: string;
  key: string;
  thread: string | null;
  text: string;
  offers: Offer[];
  /** Index of the offer the keys stand on; null while no list is open. */
  active: number | null;
}

export function renderComposer(app: App, state: PageState, name: string, thread: string | null): VNode {
  const composer = describeComposer(app, state, thread);
  const { id, text, active } = composer;
  const busy = app.ui.busy.has('command') && !thread;
  return h(
    'div',
    { key: 'composer', class: classes('composer', busy && 'is-busy') },
    h('textarea', {
      key: 'text',
      id,
      rows: Math.min(8, text.split('\n').length),
      role: 'combobox',
      value: text,
      placeholder: thread ? app.words.composerReply : app.words.composer(name),
      'aria-label': thread ? app.words.composerReply : app.words.composer(name),
      'aria-autocomplete': 'list',
      'aria-expanded': active === null ? 'false' : 'true',
      'aria-controls': active === null ? null : `${id}-list`,
      'aria-activedescendant': active === null || active < 0 ? null : `${id}-option-${active}`,
      'data-testid': thread ? 'thread-composer' : 'composer',
      on: {
        input: (event) => write(composer, state, typedText(event)),
        blur: () => closeOffers(composer),
        keydown: (event) => pressKey(composer, state, event),
      },
    }),
    renderFoot(composer, busy),
    active === null
      ? null
      : renderOffers(app, id, composer.offers, active, (offer) => write(composer, state, offer.text)),
  );
}

function renderFoot(composer: Composer, busy: boolean): VNode {
  const { app, id, text, thread } = composer;
  return h(
    'div',
    { key: 'foot', class: 'composer-foot' },
    h('span', { class: 'composer-hint' }, app.words.composerHint),
    h(
      'button',
      {
        type: 'button',
        class: 'send',
        'aria-label': app.words.send,
        'data-testid': thread ? 'thread-send' : 'send',
        'aria-disabled': text.trim() === '' ? 'true' : null,
        on: {
          click: () => {
            send(composer);
            document.getElementById(id)?.focus();
          },
        },
      },
      busy ? spinner() : icon('send'),
    ),
  );
}

function describeComposer(app: App, state: PageState, thread: string | null): Composer {
  const key = draftKey(app.ui.channel, thread);
  const id = thread ? 'thread-composer' : 'composer';
  const text = app.ui.drafts.get(key) ?? '';
  const offers = thread ? [] : offersFor(state, text);
  const open = app.ui.popup?.id === id && offers.length > 0;
  return { app, id, key, thread, text, offers, active: open ? (app.ui.popup?.active ?? -1) : null };
}

function write(composer: Composer, state: PageState, text: string): void {
  const { app, id, key, thread } = composer;
  app.ui.drafts.set(key, text);
  const offers = thread ? [] : offersFor(state, text);
  app.ui.popup = offers.length > 0 ? { id, query: text, active: firstActive(text, offers) } : null;
  app.redraw();
}

function closeOffers(composer: Composer): void {
  if (composer.app.ui.popup?.id !== composer.id) return;
  composer.app.ui.popup = null;
  composer.app.redraw();
}

function send(composer: Composer): void {
  closeOffers(composer);
  void sendText(composer.app, composer.thread, composer.text);
  composer.app.redraw();
}

function pressKey(composer: Composer, state: PageState, event: KeyboardEvent): void {
  if (isComposing(event)) return;
  const { app, active, offers, id } = composer;
  const offer = active === null ? undefined : offers[active];
  if (event.key === 'Escape' && active !== null) {
    event.preventDefault();
    event.stopPropagation();
    closeOffers(composer);
    return;
  }
  if ((event.key === 'ArrowDown' || event.key === 'ArrowUp') && active !== null) {
    event.preventDefault();
    const from = active < 0 && event.key === 'ArrowUp' ? 0 : active;
    app.ui.popup = { id, query: composer.text, active: moved(event.key, from, offers.length) ?? -1 };
    app.redraw();
    return;
  }
  if ((event.key === 'Enter' && !event.shiftKey && offer) || (event.key === 'Tab' && offer)) {
    event.preventDefault();
    write(composer, state, offer.text);
    return;
  }
  if (event.key === 'Enter' && !event.shiftKey) {
    event.preventDefault();
    send(composer);
  }
}

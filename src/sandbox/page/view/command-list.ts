/** What a typed `/` offers: commands, then the words a command's usage hint names. */
import type { PageState } from '../../slack/page-api.ts';
import { h, type VNode } from '../dom/vnode.ts';
import type { App } from '../state/app.ts';

export interface Offer {
  /** What the text becomes. */
  text: string;
  title: string;
  hint: string;
  description: string;
}

export function offersFor(state: PageState, text: string): Offer[] {
  const typed = /^(\/\S*)(?: (\S*))?$/.exec(text);
  const command = typed?.[1] ?? '';
  if (!typed) return [];
  if (typed[2] === undefined) {
    return state.commands
      .filter((entry) => entry.command.startsWith(command))
      .map((entry) => ({
        text: `${entry.command} `,
        title: entry.command,
        hint: entry.usage_hint,
        description: entry.description,
      }));
  }
  const word = typed[2];
  const words = wordsOfHint(state.commands.find((entry) => entry.command === command)?.usage_hint ?? '');
  if (words.includes(word)) return [];
  return words
    .filter((entry) => entry.startsWith(word))
    .map((entry) => ({
      text: `${command} ${entry}`,
      title: `${command} ${entry}`,
      hint: '',
      description: '',
    }));
}

/** `[setup | status | help]` names words; a hint without bars is prose. */
function wordsOfHint(hint: string): string[] {
  return hint.includes('|') ? (hint.match(/[\p{L}\p{N}_-]+/gu) ?? []) : [];
}

/** Which offer Enter takes: none when the text already stands for itself. */
export function firstActive(text: string, offers: Offer[]): number {
  return offers.length === 0 || text.endsWith(' ') || offers.some((offer) => offer.text.trim() === text)
    ? -1
    : 0;
}

export function renderOffers(
  app: App,
  id: string,
  offers: Offer[],
  active: number,
  take: (offer: Offer) => void,
): VNode {
  return h(
    'div',
    {
      key: 'offers',
      id: `${id}-list`,
      class: 'popup offer-list',
      role: 'listbox',
      'aria-label': app.words.commands,
      'data-popup': 'wide',
      on: { mousedown: (event) => event.preventDefault() },
    },
    h('div', { class: 'option-group-label', 'aria-hidden': 'true' }, app.words.commands),
    offers.map((offer, index) =>
      h(
        'div',
        {
          id: `${id}-option-${index}`,
          class: 'option offer',
          role: 'option',
          'aria-selected': String(index === active),
          'data-active': index === active ? 'true' : null,
          'data-command': offer.text.trim(),
          on: { click: () => take(offer) },
        },
        h('span', { class: 'offer-title' }, offer.title),
        offer.hint ? h('span', { class: 'offer-hint' }, offer.hint) : null,
        offer.description ? h('span', { class: 'offer-description' }, offer.description) : null,
      ),
    ),
  );
}

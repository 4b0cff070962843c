import { type Child, h, type VNode } from '../dom/vnode.ts';
import { icon, spinner } from '../icons.ts';
import type { Popup } from '../state/app.ts';
import { isMany } from '../state/form.ts';
import { withNamedEmoji } from './emoji.ts';
import type { Field } from './field.ts';
import { elementKey } from './place.ts';
import { type Choice, type ChoiceGroup, minQueryLength, offeredGroups } from './select-options.ts';

/** The open list of a select. */
export function renderOptions(
  field: Field,
  popup: Popup,
  chosen: Choice[],
  choose: (choice: Choice) => void,
): VNode {
  const groups = offeredGroups(field, popup.query);
  const note = describe(field, popup, groups);
  const taken = new Set(chosen.map((choice) => choice.id));
  let index = -1;
  const renderGroup = (group: ChoiceGroup): Child => {
    const options = group.choices.map((choice) => {
      index += 1;
      return renderOption(field, choice, index, popup.active === index, taken.has(choice.id), choose);
    });
    if (!group.label) return options;
    return h(
      'div',
      { role: 'group', 'aria-label': group.label, class: 'option-group' },
      h('div', { class: 'option-group-label', 'aria-hidden': 'true' }, group.label),
      options,
    );
  };
  return h(
    'div',
    {
      key: 'list',
      id: `${field.id}-list`,
      class: 'popup option-list',
      role: 'listbox',
      'data-popup': 'wide',
      'aria-label': field.place.app.words.choose,
      'aria-multiselectable': isMany(field.element) ? 'true' : null,
      on: {
        // The focus stays in the search box; the list must not take it.
        mousedown: (event) => {
          event.preventDefault();
          event.stopPropagation();
        },
      },
    },
    groups.map(renderGroup),
    note,
  );
}

function describe(field: Field, popup: Popup, groups: ChoiceGroup[]): Child {
  const { words, ui } = field.place.app;
  const min = minQueryLength(field.element);
  const note = (...content: Child[]) => h('div', { class: 'option-note', role: 'status' }, content);
  if (popup.query.length < min) return note(words.typeMore(min));
  const found = ui.suggestions.get(elementKey(field.place, field.blockId, field.element));
  if (found?.loading && groups.length === 0) return note(spinner(), words.loading);
  return groups.length === 0 ? note(words.noResults) : null;
}

function renderOption(
  field: Field,
  choice: Choice,
  index: number,
  active: boolean,
  taken: boolean,
  choose: (choice: Choice) => void,
): VNode {
  return h(
    'div',
    {
      id: `${field.id}-option-${index}`,
      class: 'option',
      role: 'option',
      'aria-selected': String(taken),
      'data-active': active ? 'true' : null,
      'data-value': choice.id,
      on: { click: () => choose(choice) },
    },
    h('span', { class: 'option-check' }, taken ? icon('check') : null),
    h(
      'span',
      { class: 'option-words' },
      h('span', { class: 'option-text' }, withNamedEmoji(choice.text)),
      choice.description ? h('span', { class: 'option-description' }, choice.description) : null,
    ),
  );
}

/**
 * All selects, as one combobox: type to search, arrow keys walk, Enter chooses, Esc closes. The focus stays in the
 * search box; the list is named to it by `aria-activedescendant`.
 */
import { isComposing, moved, typedText } from '../dom/event.ts';
import { type Child, classes, h, type VNode } from '../dom/vnode.ts';
import { icon, spinner } from '../icons.ts';
import type { Popup } from '../state/app.ts';
import { isMany } from '../state/form.ts';
import { isBusy } from '../state/press.ts';
import { change, type Field, fieldAttributes } from './field.ts';
import { wordsOf } from './json.ts';
import { choose, closeList, drop, openList, search } from './select-act.ts';
import { renderOptions } from './select-list.ts';
import { type Choice, chosenChoices, offeredGroups, valueWith } from './select-options.ts';

export function renderSelect(field: Field): VNode {
  const { app } = field.place;
  const popup = app.ui.popup?.id === field.id ? app.ui.popup : null;
  const chosen = chosenChoices(field);
  const many = isMany(field.element);
  return h(
    'div',
    {
      class: classes('select', many && 'select-many', popup && 'is-open', field.invalid && 'is-invalid'),
      on: {
        mousedown: (event) => {
          if (event.target === event.currentTarget) event.preventDefault();
          focusAndOpen(field, popup);
        },
      },
    },
    many ? chosen.map((choice) => renderChip(field, choice)) : null,
    renderSearch(field, popup, chosen),
    renderEnd(field, chosen, many),
    popup ? renderOptions(field, popup, chosen, (choice) => choose(field, choice)) : null,
  );
}

function renderChip(field: Field, choice: Choice): VNode {
  return h(
    'span',
    { key: `chip ${choice.id}`, class: 'chip', 'data-value': choice.id },
    h('span', { class: 'chip-text' }, choice.text),
    h(
      'button',
      {
        type: 'button',
        class: 'chip-remove',
        'aria-label': field.place.app.words.remove(choice.text),
        on: {
          mousedown: (event) => event.stopPropagation(),
          click: () => {
            drop(field, choice);
            document.getElementById(field.id)?.focus();
          },
        },
      },
      icon('close'),
    ),
  );
}

function renderSearch(field: Field, popup: Popup | null, chosen: Choice[]): VNode {
  const { words } = field.place.app;
  const single = isMany(field.element) ? undefined : chosen[0];
  const hint = wordsOf(field.element, 'placeholder') || words.choose;
  return h('input', {
    ...fieldAttributes(field),
    key: 'search',
    class: 'select-search',
    type: 'text',
    role: 'combobox',
    autocomplete: 'off',
    spellcheck: 'false',
    'aria-autocomplete': 'list',
    'aria-haspopup': 'listbox',
    'aria-expanded': popup ? 'true' : 'false',
    'aria-controls': popup ? `${field.id}-list` : null,
    'aria-activedescendant': popup && popup.active >= 0 ? `${field.id}-option-${popup.active}` : null,
    'aria-required': field.optional ? null : 'true',
    value: popup ? popup.query : (single?.text ?? ''),
    placeholder: single?.text ?? (chosen.length > 0 ? '' : hint),
    on: {
      blur: () => closeList(field),
      input: (event) => search(field, typedText(event)),
      keydown: (event) => pressKey(field, popup, event),
    },
  });
}

function renderEnd(field: Field, chosen: Choice[], many: boolean): Child {
  if (isBusy(field.place, field.blockId, field.element)) return spinner();
  if (many || !field.optional || chosen.length === 0 || field.dispatch)
    return icon('chevron', 'select-arrow');
  return h(
    'button',
    {
      type: 'button',
      class: 'chip-remove',
      'aria-label': field.place.app.words.clear,
      on: {
        mousedown: (event) => event.stopPropagation(),
        click: () => void change(field, valueWith(field, [])),
      },
    },
    icon('close'),
  );
}

function focusAndOpen(field: Field, popup: Popup | null): void {
  const box = document.getElementById(field.id);
  if (document.activeElement !== box) box?.focus();
  if (!popup) openList(field, '');
}

function pressKey(field: Field, popup: Popup | null, event: KeyboardEvent): void {
  if (isComposing(event)) return;
  const choices = offeredGroups(field, popup?.query ?? '').flatMap((group) => group.choices);
  if (event.key === 'Escape' && popup) {
    event.preventDefault();
    event.stopPropagation();
    closeList(field);
  } else if (event.key === 'Enter') {
    pressEnter(field, popup, choices, event);
  } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
    event.preventDefault();
    if (!popup) {
      openList(field, '');
      return;
    }
    const from = popup.active < 0 && event.key === 'ArrowUp' ? 0 : popup.active;
    popup.active = moved(event.key, from, choices.length) ?? -1;
    field.place.app.redraw();
  } else if (event.key === 'Backspace' && (popup?.query ?? '') === '' && isMany(field.element)) {
    const last = chosenChoices(field).at(-1);
    if (last) drop(field, last);
  }
}

function pressEnter(field: Field, popup: Popup | null, choices: Choice[], event: KeyboardEvent): void {
  // Never submits the dialog around it: in Slack, too, Enter belongs to the list.
  event.preventDefault();
  event.stopPropagation();
  const choice = popup ? choices[popup.active] : undefined;
  if (choice) choose(field, choice);
  else if (!popup) openList(field, '');
}

/** What happens in a select: its list opens and closes, options are chosen and dropped. */
import { isMany } from '../state/form.ts';
import { change, type Field, heldValue, keep } from './field.ts';
import { type Choice, chosenChoices, maxChosen, valueWith } from './select-options.ts';
import { loadSuggestions } from './select-suggestions.ts';

export function openList(field: Field, query: string): void {
  const { app } = field.place;
  app.ui.popup = { id: field.id, query, active: query === '' ? -1 : 0, before: heldValue(field) };
  loadSuggestions(field, query);
  app.redraw();
}

export function search(field: Field, query: string): void {
  const { popup } = field.place.app.ui;
  if (popup?.id !== field.id) {
    openList(field, query);
    return;
  }
  popup.query = query;
  popup.active = query === '' ? -1 : 0;
  loadSuggestions(field, query);
  field.place.app.redraw();
}

/** Several choices count as one change: it is sent when the list closes, as Slack does. */
export function closeList(field: Field): void {
  const { app } = field.place;
  if (app.ui.popup?.id !== field.id) return;
  const before = app.ui.popup.before ?? heldValue(field);
  app.ui.popup = null;
  app.redraw();
  if (!isMany(field.element) || !field.dispatch) return;
  if (JSON.stringify(before) !== JSON.stringify(heldValue(field)))
    void change(field, heldValue(field), before);
}

export function choose(field: Field, choice: Choice): void {
  const { app } = field.place;
  if (!isMany(field.element)) {
    app.ui.popup = null;
    void change(field, valueWith(field, [choice]));
    return;
  }
  const chosen = chosenChoices(field);
  if (chosen.some((entry) => entry.id === choice.id)) {
    drop(field, choice);
    return;
  }
  if (chosen.length >= maxChosen(field.element)) return;
  keep(field, valueWith(field, [...chosen, choice]));
  if (app.ui.popup?.query) search(field, '');
}

export function drop(field: Field, choice: Choice): void {
  const rest = chosenChoices(field).filter((entry) => entry.id !== choice.id);
  const open = field.place.app.ui.popup?.id === field.id;
  if (open) keep(field, valueWith(field, rest));
  else void change(field, valueWith(field, rest));
}

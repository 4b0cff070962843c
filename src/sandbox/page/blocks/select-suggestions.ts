/** Options that the app looks up while one types (`block_suggestion`). */

import type { Field } from './field.ts';
import { textOf } from './json.ts';
import { elementKey } from './place.ts';
import { isExternal, minQueryLength } from './select-options.ts';

/** A pause in typing; each question costs the app a look-up. */
const PAUSE_MS = 180;

export function loadSuggestions(field: Field, query: string): void {
  const { element } = field;
  if (!isExternal(element)) return;
  const { suggestions } = field.place.app.ui;
  const key = elementKey(field.place, field.blockId, element);
  if (query.length < minQueryLength(element)) {
    suggestions.delete(key);
    return;
  }
  const old = suggestions.get(key);
  const wanted = { query, loading: true, options: old?.options ?? [], groups: old?.groups ?? [] };
  suggestions.set(key, wanted);
  setTimeout(
    () => {
      // Typed on meanwhile: a newer question stands in its place.
      if (suggestions.get(key) === wanted) void ask(field, key, query);
    },
    query === '' ? 0 : PAUSE_MS,
  );
}

async function ask(field: Field, key: string, query: string): Promise<void> {
  const { app, container } = field.place;
  const asked = app.ui.suggestions.get(key);
  const result = await app.act({
    type: 'block_suggestion',
    container,
    block_id: field.blockId,
    action_id: textOf(field.element, 'action_id'),
    value: query,
  });
  if (app.ui.suggestions.get(key) !== asked) return;
  const found = result.ok ? result : { options: [], option_groups: [] };
  // Slack shows a late, failed or oversized answer as "No results", without any error.
  app.ui.suggestions.set(key, {
    query,
    loading: false,
    options: found.options ?? [],
    groups: found.option_groups ?? [],
  });
  app.redraw();
}

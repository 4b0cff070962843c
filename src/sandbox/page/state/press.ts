/** Pressing and changing elements: the confirm dialog first, then the act, with the element busy meanwhile. */
import type { Json, PageActResult } from '../../slack/page-api.ts';
import { recordOf, recordsOf, textOf } from '../blocks/json.ts';
import { elementKey } from '../blocks/place.ts';
import type { Act, App, Place } from './app.ts';
import { collectValues } from './form.ts';

/** Asks the person, if the element wants that. Resolves false when they thought better of it. */
export function confirmFirst(app: App, element: Json): Promise<boolean> {
  const dialog = recordOf(element, 'confirm');
  if (!dialog) return Promise.resolve(true);
  return new Promise((resolve) => {
    app.ui.confirmation = {
      dialog,
      answer(confirmed) {
        app.ui.confirmation = null;
        app.redraw();
        resolve(confirmed);
      },
    };
    app.redraw();
  });
}

/**
 * Sends one `block_actions`. `detail` is what Slack sends of the element besides its ids. Resolves false when the
 * person did not confirm it.
 */
export async function press(place: Place, blockId: string, element: Json, detail: Json): Promise<boolean> {
  const { app } = place;
  const key = elementKey(place, blockId, element) + textOf(element, 'value');
  if (app.ui.busy.has(key)) return true;
  if (!(await confirmFirst(app, element))) return false;
  app.ui.busy.add(key);
  app.redraw();
  const result = await app.act({
    type: 'block_action',
    container: place.container,
    block_id: blockId,
    action_id: textOf(element, 'action_id'),
    element: { type: textOf(element, 'type'), ...detail },
    ...valuesOfPlace(place),
  } satisfies Act);
  app.ui.busy.delete(key);
  tellFailure(place, result);
  app.redraw();
  return true;
}

export function isBusy(place: Place, blockId: string, element: Json): boolean {
  return place.app.ui.busy.has(elementKey(place, blockId, element) + textOf(element, 'value'));
}

function valuesOfPlace(place: Place): Pick<Extract<Act, { type: 'block_action' }>, 'values'> {
  const { container, state, app } = place;
  if (container.type !== 'view') return {};
  const view = [...state.views, ...(state.home ? [state.home] : [])].find(
    (entry) => entry.id === container.view_id,
  );
  return view && recordsOf(view.view, 'blocks').length > 0 ? { values: collectValues(app.ui, view) } : {};
}

function tellFailure(place: Place, result: PageActResult): void {
  const { app } = place;
  if (result.ok) return;
  const isModal = place.state.views.some((view) => view.id === place.id);
  if (isModal) app.ui.errors.set(place.id, { ...app.ui.errors.get(place.id), '': app.words.failedView });
  else addNotice(app, `${app.words.failedAction} (${result.error})`, null);
}

let noticeCount = 0;

export function addNotice(app: App, text: string, thread: string | null): void {
  noticeCount += 1;
  app.ui.notices.push({ id: `notice-${noticeCount}`, channel: app.ui.channel, thread, text });
  app.redraw();
}

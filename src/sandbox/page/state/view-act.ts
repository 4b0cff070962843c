/** Submitting and closing dialogs, and filling them in. */
import type { PageState, SandboxView } from '../../slack/page-api.ts';
import { recordsOf, textOf } from '../blocks/json.ts';
import { elementsOf, formKey } from '../blocks/place.ts';
import type { App } from './app.ts';
import { collectValues } from './form.ts';
import { validateView } from './validation.ts';

export function isSubmitting(app: App, view: SandboxView): boolean {
  return app.ui.busy.has(`submit ${view.id}`);
}

export async function submitView(app: App, view: SandboxView): Promise<void> {
  if (isSubmitting(app, view)) return;
  const wrong = validateView(app.ui, view, app.words);
  if (Object.keys(wrong).length > 0) return showErrors(app, view, wrong);
  app.ui.busy.add(`submit ${view.id}`);
  app.ui.errors.delete(view.id);
  app.redraw();
  const result = await app.act({
    type: 'view_submission',
    view_id: view.id,
    values: collectValues(app.ui, view),
  });
  app.ui.busy.delete(`submit ${view.id}`);
  if (!result.ok) showErrors(app, view, { '': app.words.failedView });
  else if (result.errors && Object.keys(result.errors).length > 0) showErrors(app, view, result.errors);
  // What was typed has been sent: a view that takes its place asks anew, however soon it asks for the same.
  else app.ui.forms.delete(view.id);
  app.redraw();
}

function showErrors(app: App, view: SandboxView, errors: Record<string, string>): void {
  app.ui.errors.set(view.id, errors);
  app.afterDraw(() =>
    document
      .querySelector<HTMLElement>(
        '.modal:not([inert]) input[aria-invalid="true"], .modal:not([inert]) textarea[aria-invalid="true"]',
      )
      ?.focus(),
  );
  app.redraw();
}

/** Cancel closes the top view; the cross closes the whole stack, which Slack reports on the root view. */
export async function closeView(app: App, view: SandboxView, all: boolean): Promise<void> {
  const root = all ? app.state?.views[0] : undefined;
  const result = await app.act({ type: 'view_closed', view_id: root?.id ?? view.id, is_cleared: all });
  if (!result.ok) showErrors(app, view, { '': app.words.failedView });
}

/** The top view's inputs that the sandbox knows values for. */
export function fillableInputs(app: App, state: PageState): { view: SandboxView; count: number } | null {
  const view = state.views.at(-1);
  const known = app.ui.panel?.credentials ?? {};
  if (!view) return null;
  const inputs = elementsOf(recordsOf(view.view, 'blocks')).filter(
    ({ element }) => textOf(element, 'type').endsWith('_input') && textOf(element, 'action_id') in known,
  );
  return inputs.length > 0 ? { view, count: inputs.length } : null;
}

export function fillIn(app: App, state: PageState): void {
  const fillable = fillableInputs(app, state);
  if (!fillable) return;
  const { view } = fillable;
  const form = app.ui.forms.get(view.id) ?? new Map();
  for (const { blockId, element } of elementsOf(recordsOf(view.view, 'blocks'))) {
    const value = app.ui.panel?.credentials[textOf(element, 'action_id')];
    if (value === undefined) continue;
    form.set(formKey(blockId, element), { type: textOf(element, 'type'), value });
  }
  app.ui.forms.set(view.id, form);
  app.ui.errors.delete(view.id);
  flash(app, 'fill');
  app.afterDraw(() =>
    document.querySelector<HTMLElement>('.modal:not([inert]) [data-testid="modal-submit"]')?.focus(),
  );
  app.redraw();
}

/** Marks something for a moment. */
export function flash(app: App, name: string): void {
  app.ui.flash = name;
  app.redraw();
  setTimeout(() => {
    if (app.ui.flash !== name) return;
    app.ui.flash = null;
    app.redraw();
  }, 1600);
}

/**
 * What stands in the inputs, kept apart from the drawing. An update of a view keeps what was typed as long as
 * block_id, action_id and type stay the same, which is Slack's own rule; all else starts with its initial value.
 */
import type { Json, PageState, SandboxView, ViewValues } from '../../slack/page-api.ts';
import { flagOf, recordOf, recordsOf, textOf, textsOf } from '../blocks/json.ts';
import { elementsOf, formKey } from '../blocks/place.ts';
import type { Place, Ui } from './app.ts';

/** Elements that hold a value, and what it is called there and in the element's definition. */
const VALUES: Record<string, { name: string; initial: string; many: boolean }> = {
  plain_text_input: { name: 'value', initial: 'initial_value', many: false },
  email_text_input: { name: 'value', initial: 'initial_value', many: false },
  url_text_input: { name: 'value', initial: 'initial_value', many: false },
  number_input: { name: 'value', initial: 'initial_value', many: false },
  datepicker: { name: 'selected_date', initial: 'initial_date', many: false },
  timepicker: { name: 'selected_time', initial: 'initial_time', many: false },
  static_select: { name: 'selected_option', initial: 'initial_option', many: false },
  external_select: { name: 'selected_option', initial: 'initial_option', many: false },
  users_select: { name: 'selected_user', initial: 'initial_user', many: false },
  conversations_select: { name: 'selected_conversation', initial: 'initial_conversation', many: false },
  channels_select: { name: 'selected_channel', initial: 'initial_channel', many: false },
  radio_buttons: { name: 'selected_option', initial: 'initial_option', many: false },
  checkboxes: { name: 'selected_options', initial: 'initial_options', many: true },
  multi_static_select: { name: 'selected_options', initial: 'initial_options', many: true },
  multi_external_select: { name: 'selected_options', initial: 'initial_options', many: true },
  multi_users_select: { name: 'selected_users', initial: 'initial_users', many: true },
  multi_conversations_select: {
    name: 'selected_conversations',
    initial: 'initial_conversations',
    many: true,
  },
};

/** The name of the value an element holds, e.g. `selected_option`; null for one without (a button). */
export function valueName(element: Json): string | null {
  return VALUES[textOf(element, 'type')]?.name ?? null;
}

export function isMany(element: Json): boolean {
  return VALUES[textOf(element, 'type')]?.many ?? false;
}

export function initialValue(element: Json, channel: string): Json {
  const type = textOf(element, 'type');
  const kind = VALUES[type];
  if (!kind) return { type };
  const current = type === 'conversations_select' && flagOf(element, 'default_to_current_conversation');
  const fallback = kind.many ? [] : current ? channel : null;
  return { type, [kind.name]: element[kind.initial] ?? fallback };
}

export function readValue(place: Place, blockId: string, element: Json): Json {
  const known = place.app.ui.forms.get(place.id)?.get(formKey(blockId, element));
  return known ?? initialValue(element, place.app.ui.channel);
}

export function writeValue(place: Place, blockId: string, element: Json, value: Json): void {
  const { forms, errors } = place.app.ui;
  const form = forms.get(place.id) ?? new Map<string, Json>();
  form.set(formKey(blockId, element), value);
  forms.set(place.id, form);
  const { [blockId]: _gone, ...others } = errors.get(place.id) ?? {};
  errors.set(place.id, others);
  place.app.redraw();
}

/** True when nothing is chosen or typed. */
export function isEmpty(value: Json, element: Json): boolean {
  const name = valueName(element);
  const held = name ? value[name] : null;
  return held === null || held === undefined || held === '' || (Array.isArray(held) && held.length === 0);
}

/** Drops the forms of closed views, and brings those of changed views in line with their new inputs. */
export function syncForms(ui: Ui, before: PageState | null, after: PageState): void {
  const known = new Map(before?.views.map((entry) => [entry.id, entry.hash]));
  for (const view of after.views) {
    if (known.get(view.id) === view.hash) continue;
    ui.forms.set(view.id, renewedForm(ui, view));
    ui.errors.delete(view.id);
  }
  const open = new Set(after.views.map((view) => view.id));
  for (const id of known.keys()) {
    if (open.has(id)) continue;
    ui.forms.delete(id);
    ui.errors.delete(id);
  }
}

function renewedForm(ui: Ui, view: SandboxView): Map<string, Json> {
  const old = ui.forms.get(view.id);
  const form = new Map<string, Json>();
  for (const { blockId, element } of elementsOf(recordsOf(view.view, 'blocks'))) {
    if (!valueName(element)) continue;
    const kept = old?.get(formKey(blockId, element));
    const same = kept && textOf(kept, 'type') === textOf(element, 'type');
    form.set(formKey(blockId, element), same ? kept : initialValue(element, ui.channel));
  }
  return form;
}

/** `view.state.values`: everything that holds a value, by block_id and action_id. */
export function collectValues(ui: Ui, view: SandboxView): ViewValues {
  const values: ViewValues = {};
  for (const { blockId, element } of elementsOf(recordsOf(view.view, 'blocks'))) {
    if (!valueName(element)) continue;
    const held = ui.forms.get(view.id)?.get(formKey(blockId, element)) ?? initialValue(element, ui.channel);
    values[blockId] = { ...values[blockId], [textOf(element, 'action_id')]: sentValue(held, element) };
  }
  return values;
}

/** Slack sends an empty text field as null. */
function sentValue(held: Json, element: Json): Json {
  return valueName(element) === 'value' && held.value === '' ? { ...held, value: null } : held;
}

/** Options as objects, whichever way the element holds them. */
export function chosenOptions(value: Json): Json[] {
  const single = recordOf(value, 'selected_option');
  return single ? [single] : recordsOf(value, 'selected_options');
}

/** Ids of chosen people or conversations. */
export function chosenIds(value: Json, name: string): string[] {
  const single = textOf(value, name);
  return single ? [single] : textsOf(value, name);
}

import { oneImage } from './composition-shapes.ts';
import { contextText, ELEMENTS } from './element-shapes.ts';
import { isObject, listOf, object, objectOf, type Report, required, string } from './fields.ts';
import { ELEMENT_PLACES, type Place, type Surface } from './limits.ts';
import type { Json } from './page-api.ts';

const optionKey = (option: unknown): string => {
  const { value, text } = objectOf(option);
  return JSON.stringify([value, objectOf(text).text]);
};

/** The options an element brings along, those in groups included. */
export const choicesOf = (element: Json): unknown[] => [
  ...listOf(element.options),
  ...listOf(element.option_groups).flatMap((group) => listOf(objectOf(group).options)),
];

const withOwnChoices = ['static_select', 'multi_static_select', 'checkboxes', 'radio_buttons'];

/** What was chosen beforehand must be among the choices, word for word. */
function checkInitial(element: Json, at: string, report: Report): void {
  const initial = listOf(element.initial_options);
  const most = element.max_selected_items;
  if (typeof most === 'number' && initial.length > most)
    report(`${at}/initial_options`, `no more than ${most} items allowed`);
  if (!withOwnChoices.includes(String(element.type))) return;
  const known = new Set(choicesOf(element).map(optionKey));
  for (const [index, option] of initial.entries()) {
    if (!known.has(optionKey(option)))
      report(`${at}/initial_options/${index}`, 'initial option must be among the options');
  }
  const one = element.initial_option;
  if (one !== undefined && one !== null && !known.has(optionKey(one)))
    report(`${at}/initial_option`, 'initial option must be among the options');
}

function checkSelf(element: Json, at: string, report: Report): void {
  const type = String(element.type);
  if (type === 'image') oneImage(element, at, report);
  if (
    type.endsWith('static_select') &&
    (element.options === undefined) === (element.option_groups === undefined)
  )
    report(at, 'must have either options or option_groups');
  const { min_length: least, max_length: most } = element;
  if (typeof least === 'number' && typeof most === 'number' && least > most)
    report(`${at}/min_length`, 'must not be more than max_length');
  checkInitial(element, at, report);
}

/** Checks one element standing in a part of a block, e.g. a button in `actions`. */
export function checkElement(
  element: unknown,
  at: string,
  place: Place,
  surface: Surface,
  report: Report,
): void {
  if (!isObject(element)) {
    report(at, 'must provide an object');
    return;
  }
  const type = String(element.type);
  if (place === 'context' && (type === 'plain_text' || type === 'mrkdwn')) {
    contextText(element, at, report);
    return;
  }
  const rule = Object.hasOwn(ELEMENT_PLACES, type) ? ELEMENT_PLACES[type] : undefined;
  const shape = Object.hasOwn(ELEMENTS, type) ? ELEMENTS[type] : undefined;
  if (!rule || !shape) {
    report(at, `unsupported type: ${type}`);
    return;
  }
  if (!rule.places.includes(place)) {
    report(at, `unsupported type: ${type} in ${place}`);
    return;
  }
  if (rule.surfaces && !rule.surfaces.includes(surface)) {
    report(at, `unsupported type: ${type} on a ${surface}`);
    return;
  }
  object({ type: required(string(100)), ...shape })(element, at, report);
  checkSelf(element, at, report);
}

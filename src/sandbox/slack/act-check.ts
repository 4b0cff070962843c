import { boolean, isObject, object, oneOf, optional, required, type Shape, string } from './fields.ts';
import type { PageAct } from './page-api.ts';

const word = required(string(200));
const text = required(string(100_000, 0));
const json = required((value, at, report) => {
  if (!isObject(value)) report(at, 'must provide an object');
});
const container = required((value, at, report) => {
  const shape: Shape =
    isObject(value) && value.type === 'view'
      ? { type: word, view_id: word }
      : { type: required(oneOf('message')), channel: word, ts: word };
  object(shape)(value, at, report);
});
const place = { container, block_id: word, action_id: word };
const always = { type: word, user: word };

const ACTS: Readonly<Record<PageAct['type'], Shape>> = {
  message: { ...always, channel: word, text, thread_ts: optional(string(100)) },
  command: { ...always, channel: word, command: word, text },
  block_action: { ...always, ...place, element: json, values: { ...json, required: false } },
  view_submission: { ...always, view_id: word, values: json },
  view_closed: { ...always, view_id: word, is_cleared: required(boolean) },
  block_suggestion: { ...always, ...place, value: text },
  home_opened: { ...always, tab: required(oneOf('home', 'messages')) },
  shortcut: { ...always, callback_id: word },
};

/** Acts come over the wire from the page, so they may be anything; this is what is wrong with one, if anything. */
export function actProblem(act: unknown): string | undefined {
  const type = isObject(act) ? String(act.type) : '';
  if (!Object.hasOwn(ACTS, type)) return 'unknown_act';
  let wrong: string | undefined;
  object(ACTS[type as PageAct['type']])(act, '', (pointer, message) => {
    wrong ??= `invalid_act: ${pointer} ${message}`;
  });
  return wrong;
}

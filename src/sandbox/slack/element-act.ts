import type { ActContext } from './act-context.ts';
import { ApiError } from './api-error.ts';
import { findElement } from './block-ids.ts';
import { completeValues, holderOf } from './element-values.ts';
import { isObject, listOf, objectOf } from './fields.ts';
import type { ActionContainer, Json, PageAct, PageActResult, ViewValues } from './page-api.ts';
import { isMember, isVisible } from './page-state.ts';
import { type Found, interactionBase, personOf, placeOf } from './payloads.ts';
import { checkSuggestion, describeProblem } from './surface-check.ts';

type BlockAct = Extract<PageAct, { type: 'block_action' }>;
type SuggestionAct = Extract<PageAct, { type: 'block_suggestion' }>;

/** The message or view in question, if this person has it before them. */
function locate({ workspace, messages, views }: ActContext, user: string, at: ActionContainer): Found {
  if (at.type === 'view') {
    const view = views.find(at.view_id);
    if (view?.user !== user) throw new ApiError('view_not_found');
    return { kind: 'view', view, blocks: listOf(view.view.blocks).filter(isObject) };
  }
  const message = messages.find(at.channel, at.ts);
  const channel = workspace.channels.get(at.channel);
  if (!channel || !isMember(channel, user) || !message || !isVisible(message, user))
    throw new ApiError('message_not_found');
  return { kind: 'message', message, channel, blocks: message.blocks };
}

/** What Slack tells of an element besides its ids: from the app's own definition, and from what was done to it. */
function actionOf(element: Json, done: Json): Json {
  const { type, text, value, style, url, placeholder, icon } = element;
  const holder = holderOf(element);
  const own = { text, value, style, url, placeholder, icon };
  const result: Json = { type, action_id: element.action_id };
  for (const [name, one] of Object.entries(own)) if (one !== undefined) result[name] = one;
  if (holder) result[holder.field] = done[holder.field] ?? (holder.many ? [] : null);
  if (type === 'overflow') result.selected_option = done.selected_option;
  if (type === 'feedback_buttons') Object.assign(result, { value: done.value, text: done.text });
  return result;
}

const targetOf = (found: Found, user: string) =>
  found.kind === 'message' ? { user, channel: found.channel.id, message: found.message } : undefined;

/** A changed select in a view stands in `state.values` too. */
function withChange(values: ViewValues, act: BlockAct, element: Json): ViewValues {
  const holder = holderOf(element);
  if (!holder || !(holder.field in act.element)) return values;
  const changed = { type: element.type, [holder.field]: act.element[holder.field] };
  return { ...values, [act.block_id]: { ...values[act.block_id], [act.action_id]: changed } };
}

export async function playBlockAction(context: ActContext, act: BlockAct): Promise<PageActResult> {
  const { workspace, triggers, responseUrls, delivery } = context;
  const user = personOf(workspace, act.user);
  const found = locate(context, user.id, act.container);
  const hit = findElement(found.blocks, act.block_id, act.action_id);
  if (!hit) return { ok: false, error: 'action_not_found' };
  // An input reports only at submit, unless the app asked for more.
  if (hit.block.type === 'input' && hit.block.dispatch_action !== true) return { ok: true };
  const here = found.kind === 'view' ? found.view.opened_in : found.channel.id;
  const values = completeValues(found.blocks, withChange(act.values ?? {}, act, hit.element), here);
  const target = targetOf(found, user.id);
  const payload = {
    type: 'block_actions',
    ...interactionBase(workspace, user),
    ...placeOf(workspace, found, values),
    trigger_id: triggers.issue({
      user: user.id,
      view_id: found.kind === 'view' && found.view.view.type === 'modal' ? found.view.id : null,
      channel: here,
    }),
    ...(target && { response_url: responseUrls.issue(target) }),
    actions: [{ ...actionOf(hit.element, act.element), block_id: act.block_id, action_ts: workspace.ts() }],
  };
  const answer = await delivery.send({ kind: 'interactive', payload });
  return answer.ok ? { ok: true, ack_ms: answer.ack_ms } : { ok: false, error: answer.error };
}

export async function playSuggestion(context: ActContext, act: SuggestionAct): Promise<PageActResult> {
  const { workspace, delivery, log } = context;
  const user = personOf(workspace, act.user);
  const found = locate(context, user.id, act.container);
  const hit = findElement(found.blocks, act.block_id, act.action_id);
  if (!hit || !String(hit.element.type).endsWith('external_select'))
    return { ok: false, error: 'action_not_found' };
  // Under the minimum Slack does not ask.
  if (act.value.length < Number(hit.element.min_query_length ?? 3)) return { ok: true, options: [] };
  const { block_id, action_id, value } = act;
  const payload = {
    type: 'block_suggestion',
    ...interactionBase(workspace, user),
    ...placeOf(workspace, found, {}),
    block_id,
    action_id,
    value,
  };
  const answer = await delivery.send({ kind: 'interactive', payload });
  // Whatever goes wrong here, the person sees "No results".
  if (!answer.ok) return { ok: true, options: [] };
  const body = objectOf(answer.body);
  const problems = checkSuggestion(body).map(describeProblem);
  if (problems.length > 0) {
    const at = workspace.clock.now();
    log({
      method: 'ack:block_suggestion',
      args: body,
      ok: false,
      error: 'invalid_options',
      messages: problems,
      at,
    });
    return { ok: true, ack_ms: answer.ack_ms, options: [] };
  }
  const groups = listOf(body.option_groups).filter(isObject);
  const flat = listOf(body.options).filter(isObject);
  const { ack_ms } = answer;
  return groups.length > 0
    ? { ok: true, ack_ms, option_groups: groups }
    : { ok: true, ack_ms, options: flat };
}

import type { ActContext } from './act-context.ts';
import { ApiError } from './api-error.ts';
import { useAnswer } from './app-answer.ts';
import { completeValues, formErrors } from './element-values.ts';
import { isObject, listOf, objectOf, stringOf } from './fields.ts';
import type { Json, PageAct, PageActResult, SandboxUser, ViewValues } from './page-api.ts';
import { interactionBase, personOf } from './payloads.ts';
import { viewObject } from './slack-objects.ts';
import { assertView } from './view-store.ts';
import type { StoredView } from './workspace.ts';

type SubmissionAct = Extract<PageAct, { type: 'view_submission' }>;
type ClosedAct = Extract<PageAct, { type: 'view_closed' }>;

const blocksOf = (view: StoredView): Json[] => listOf(view.view.blocks).filter(isObject);

function openModal({ views }: ActContext, user: string, id: string): StoredView {
  const view = views.find(id);
  if (view?.user !== user || view.view.type !== 'modal') throw new ApiError('view_not_found');
  return view;
}

/** The response URLs a modal gets through its conversation selects with `response_url_enabled`. */
function responseUrlsOf(
  { responseUrls }: ActContext,
  user: string,
  blocks: Json[],
  values: ViewValues,
): Json[] {
  return blocks.flatMap((block) => {
    const element = objectOf(block.element);
    if (block.type !== 'input' || element.response_url_enabled !== true) return [];
    const [block_id, action_id] = [stringOf(block.block_id), stringOf(element.action_id)];
    const { selected_conversation, selected_channel } = objectOf(values[block_id]?.[action_id]);
    const channel_id = stringOf(selected_conversation ?? selected_channel);
    if (channel_id === '') return [];
    return [
      { block_id, action_id, channel_id, response_url: responseUrls.issue({ user, channel: channel_id }) },
    ];
  });
}

/** `errors` must be about input blocks of the view, or Slack shows that something went wrong. */
function fieldErrors(body: Json, blocks: Json[]): Record<string, string> {
  const inputs = new Set(blocks.filter(({ type }) => type === 'input').map(({ block_id }) => block_id));
  const errors = Object.entries(objectOf(body.errors));
  const wrong = errors.find(([id, text]) => !inputs.has(id) || typeof text !== 'string' || text === '');
  if (errors.length === 0 || wrong) {
    const messages = [`[ERROR] not an input block with a text: ${wrong?.[0] ?? 'no errors at all'}`];
    throw new ApiError('invalid_errors', { response_metadata: { messages } });
  }
  return Object.fromEntries(errors.map(([id, text]) => [id, String(text)]));
}

/** Does what the acknowledgement of a submission says. */
function respond({ views }: ActContext, view: StoredView, body: unknown, ack_ms: number): PageActResult {
  if (body === '' || (isObject(body) && Object.keys(body).length === 0)) {
    views.close(view);
    return { ok: true, ack_ms };
  }
  const answer = objectOf(body);
  switch (answer.response_action) {
    case 'errors':
      return { ok: true, ack_ms, errors: fieldErrors(answer, blocksOf(view)) };
    case 'update':
      views.replace(view, assertView(answer.view, 'modal'), undefined);
      return { ok: true, ack_ms };
    case 'push':
      views.push(view.user, assertView(answer.view, 'modal'));
      return { ok: true, ack_ms };
    case 'clear':
      views.clear(view.user);
      return { ok: true, ack_ms };
    default:
      throw new ApiError('invalid_response_action');
  }
}

export async function playSubmission(context: ActContext, act: SubmissionAct): Promise<PageActResult> {
  const { workspace, triggers, delivery, views } = context;
  const user = personOf(workspace, act.user);
  const view = openModal(context, user.id, act.view_id);
  if (views.stack(user.id).at(-1) !== view || !view.view.submit)
    return { ok: false, error: 'view_not_found' };
  const blocks = blocksOf(view);
  const values = completeValues(blocks, act.values, view.opened_in);
  const errors = formErrors(blocks, values);
  if (Object.keys(errors).length > 0) return { ok: true, errors };
  const payload = {
    type: 'view_submission',
    ...interactionBase(workspace, user),
    trigger_id: triggers.issue({ user: user.id, view_id: view.id, channel: view.opened_in }),
    view: viewObject(workspace, view, values),
    response_urls: responseUrlsOf(context, user.id, blocks, values),
  };
  const answer = await delivery.send({ kind: 'interactive', payload });
  if (!answer.ok) return { ok: false, error: answer.error };
  const { body, ack_ms } = answer;
  return useAnswer(context, 'view_submission', body, () => respond(context, view, body, ack_ms));
}

async function tellClosed(context: ActContext, user: SandboxUser, view: StoredView, is_cleared: boolean) {
  if (view.view.notify_on_close !== true) return;
  const { workspace, delivery } = context;
  const seen = viewObject(workspace, view);
  const payload = { type: 'view_closed', ...interactionBase(workspace, user), view: seen, is_cleared };
  await delivery.send({ kind: 'interactive', payload });
}

/** Cancel closes one view (all with `clear_on_close`), the cross all of them, which the root view hears of. */
export async function playClosed(context: ActContext, act: ClosedAct): Promise<PageActResult> {
  const { workspace, views } = context;
  const user = personOf(workspace, act.user);
  const view = openModal(context, user.id, act.view_id);
  const cleared = act.is_cleared || view.view.clear_on_close === true;
  const told = cleared ? (views.stack(user.id)[0] ?? view) : view;
  if (cleared) views.clear(user.id);
  else views.close(view);
  await tellClosed(context, user, told, cleared);
  return { ok: true };
}

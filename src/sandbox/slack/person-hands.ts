import { completeValues } from './element-values.ts';
import { isObject, listOf, objectOf, stringOf } from './fields.ts';
import type { Json, PageActResult, PageState } from './page-api.ts';
import { type Given, inputNamed, valueFor } from './person-form.ts';
import type { Memory } from './person-memory.ts';
import { blocksIn, findSpot, type Spot, type Where } from './person-search.ts';
import type { Slack } from './slack.ts';
import { visibleWords } from './visible-words.ts';

export interface PressOptions extends Where {
  /** What the person answers to the confirm dialog. Must be given when, and only when, there is one. */
  confirm?: boolean;
}

/** Whose hands, what they have typed, and the confirm dialogs they have seen. */
export interface Hands {
  slack: Pick<Slack, 'act' | 'state'>;
  user: string;
  memory: Memory;
  confirms: string[];
}

const stateOf = ({ slack, user }: Hands): PageState => slack.state(user);
const idsOf = ({ block, element }: Spot) => ({
  block_id: stringOf(block.block_id),
  action_id: stringOf(element.action_id),
});

async function suggestAt({ slack, user }: Hands, spot: Spot, value: string): Promise<Json[]> {
  const ids = idsOf(spot);
  const result = await slack.act({
    type: 'block_suggestion',
    user,
    container: spot.container,
    ...ids,
    value,
  });
  if (!result.ok) throw new Error(`"${ids.action_id}" could not be searched: ${result.error}`);
  const grouped = (result.option_groups ?? []).flatMap((group) => listOf(group.options));
  return [...(result.options ?? []), ...grouped.filter(isObject)];
}

/** Does something to an element; in a view, what was typed so far goes along. */
function use({ slack, user, memory }: Hands, spot: Spot, element: Json): Promise<PageActResult> {
  const { container, view } = spot;
  const values = view && completeValues(blocksIn(view), memory.of(view.id), null);
  return slack.act({
    type: 'block_action',
    user,
    container,
    ...idsOf(spot),
    element,
    ...(values && { values }),
  });
}

/** Shows the confirm dialog, if there is one; whether to go on. */
function isConfirmed({ confirms }: Hands, { element }: Spot, answer: boolean | undefined): boolean {
  const id = stringOf(element.action_id);
  if (!element.confirm) {
    if (answer !== undefined) throw new Error(`"${id}" asks for no confirmation.`);
    return true;
  }
  const { title, text } = objectOf(element.confirm);
  confirms.push(visibleWords([title, text]));
  if (answer === undefined) throw new Error(`"${id}" asks to confirm; say { confirm: true } or false.`);
  return answer;
}

async function change(hands: Hands, spot: Spot, given: Given, confirm?: boolean): Promise<PageActResult> {
  const suggest = (query: string) => suggestAt(hands, spot, query);
  const value = await valueFor(spot.element, given, { state: stateOf(hands), suggest });
  if (!isConfirmed(hands, spot, confirm)) return { ok: true };
  const { block_id, action_id } = idsOf(spot);
  if (spot.view) hands.memory.keep(spot.view.id, block_id, action_id, value);
  return use(hands, spot, value);
}

/** What a person does to elements in messages, modals and the App Home. */
export function createHands(hands: Hands) {
  const find = (actionId: string, where: Where) => findSpot(stateOf(hands), actionId, where);
  return {
    /** Presses a button. */
    async press(actionId: string, options: PressOptions = {}): Promise<PageActResult> {
      const spot = find(actionId, options);
      const { type } = spot.element;
      if (!/button/.test(String(type))) throw new Error(`"${actionId}" is a ${String(type)}, not a button.`);
      return isConfirmed(hands, spot, options.confirm) ? use(hands, spot, {}) : { ok: true };
    },

    /** Chooses in a select, ticks checkboxes, picks a date: anything that holds a value, wherever it stands. */
    select: async (actionId: string, given: Given, options: PressOptions = {}): Promise<PageActResult> =>
      change(hands, find(actionId, options), given, options.confirm),

    /** Chooses from an overflow menu by value. */
    async choose(actionId: string, value: string, options: PressOptions = {}): Promise<PageActResult> {
      const spot = find(actionId, options);
      const choice = listOf(spot.element.options).find((one) => objectOf(one).value === value);
      if (spot.element.type !== 'overflow' || !choice)
        throw new Error(`"${actionId}" has no choice "${value}".`);
      const selected_option = objectOf(choice);
      return isConfirmed(hands, spot, options.confirm) ? use(hands, spot, { selected_option }) : { ok: true };
    },

    /** Types into the open modal without submitting it. */
    async fill(values: Record<string, Given>): Promise<void> {
      for (const [name, given] of Object.entries(values)) {
        const view = stateOf(hands).views.at(-1);
        if (!view) throw new Error(`There is no modal open to fill in "${name}".`);
        const container = { type: 'view' as const, view_id: view.id };
        await change(hands, { container, view, ...inputNamed(blocksIn(view), name) }, given);
      }
    },

    /** Types into an external select; what comes up. */
    suggest: async (actionId: string, query: string, where: Where = {}): Promise<Json[]> =>
      suggestAt(hands, find(actionId, where), query),
  };
}

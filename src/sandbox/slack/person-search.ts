import { elementsOf } from './block-check.ts';
import { isObject, listOf, stringOf } from './fields.ts';
import type { ActionContainer, Json, PageState, SandboxMessage, SandboxView } from './page-api.ts';

/** An element a person has before them, and where. */
export interface Spot {
  container: ActionContainer;
  block: Json;
  element: Json;
  /** Set when it stands in a modal or the App Home. */
  view: SandboxView | null;
}

/** Narrows the search down; what is missing may be anything. */
export interface Where {
  message?: Pick<SandboxMessage, 'channel' | 'ts'>;
  view?: SandboxView;
  block_id?: string;
  /** Of a button that stands there several times. */
  value?: string;
}

export const blocksIn = (view: SandboxView): Json[] => listOf(view.view.blocks).filter(isObject);

const containers = (state: PageState, { message, view }: Where) => {
  const ofView = (one: SandboxView) => ({
    container: { type: 'view' as const, view_id: one.id },
    blocks: blocksIn(one),
    view: one,
  });
  const ofMessage = ({ channel, ts, blocks }: SandboxMessage) => ({
    container: { type: 'message' as const, channel, ts },
    blocks,
    view: null,
  });
  const top = state.views.at(-1);
  const messages = Object.values(state.messages)
    .flat()
    .sort((a, b) => (a.ts < b.ts ? 1 : -1));
  if (view)
    return [...state.views, ...(state.home ? [state.home] : [])]
      .filter((one) => one.id === view.id)
      .map(ofView);
  if (message)
    return messages.filter((one) => one.channel === message.channel && one.ts === message.ts).map(ofMessage);
  return [
    ...(top ? [ofView(top)] : []),
    ...messages.map(ofMessage),
    ...(state.home ? [ofView(state.home)] : []),
  ];
};

/**
 * The element with this action_id: in the topmost modal, else in the newest message that has it, else in the App
 * Home. What is not before the person is an error.
 */
export function findSpot(state: PageState, actionId: string, where: Where): Spot {
  const places = containers(state, where);
  const seen = new Set<string>();
  for (const { container, blocks, view } of places) {
    for (const block of blocks) {
      for (const element of elementsOf(block)) {
        seen.add(stringOf(element.action_id));
        if (element.action_id !== actionId) continue;
        if (where.block_id !== undefined && block.block_id !== where.block_id) continue;
        if (where.value !== undefined && element.value !== where.value) continue;
        return { container, block, element, view };
      }
    }
  }
  const there = [...seen].filter((id) => id !== '').join(', ');
  throw new Error(
    `${state.me.real_name} sees no "${actionId}" to use. What is there: ${there || 'nothing'}.`,
  );
}

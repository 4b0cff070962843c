import { randomBytes } from 'node:crypto';
import { elementsOf } from './block-check.ts';
import { listOf, objectOf } from './fields.ts';
import { ELEMENT_PLACES } from './limits.ts';
import type { Json } from './page-api.ts';

const shortId = () => randomBytes(4).toString('base64url').slice(0, 5);

/**
 * The app's blocks with the block and action ids that Slack makes up where the app gave none.
 * @param before the blocks they take the place of: what is still there keeps its id, wherever it stands now, so
 * that a click on its way while a message is edited still finds its button, and the focus stays on it.
 */
export function identified(blocks: unknown, before: readonly Json[] = []): Json[] {
  const left = [...before];
  return listOf(structuredClone(blocks)).map((one) => {
    const block = objectOf(one);
    const same = left.findIndex((old) => likeness(old) === likeness(block));
    const [old] = same < 0 ? [] : left.splice(same, 1);
    block.block_id ??= old?.block_id ?? shortId();
    for (const element of elementsOf(block)) {
      const type = String(element.type);
      if (type !== 'image' && Object.hasOwn(ELEMENT_PLACES, type)) element.action_id ??= shortId();
    }
    return block;
  });
}

/** What a block is, whatever it says at the moment: its type and the names the app gave its elements. */
function likeness(block: Json): string {
  const names = elementsOf(block).map((element) => element.action_id);
  return JSON.stringify([block.type, names]);
}

/** The element a person uses, by its ids, in the blocks of a message or view. */
export function findElement(
  blocks: Json[],
  blockId: string,
  actionId: string,
): { block: Json; element: Json } | undefined {
  const block = blocks.find((one) => one.block_id === blockId);
  const element = block && elementsOf(block).find((one) => one.action_id === actionId);
  return block && element ? { block, element } : undefined;
}

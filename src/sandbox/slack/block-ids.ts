import { randomBytes } from 'node:crypto';
import { elementsOf } from './block-check.ts';
import { listOf, objectOf } from './fields.ts';
import { ELEMENT_PLACES } from './limits.ts';
import type { Json } from './page-api.ts';

const shortId = () => randomBytes(4).toString('base64url').slice(0, 5);

/**
 * The app's blocks with the block and action ids that Slack makes up where the app gave none.
 * @param before the blocks they take the place of: one of the same type in the same place keeps its id, so that
 * a click on its way while a message is edited still finds its button.
 */
export function identified(blocks: unknown, before: readonly Json[] = []): Json[] {
  return listOf(structuredClone(blocks)).map((one, index) => {
    const block = objectOf(one);
    const old = before[index];
    block.block_id ??= old?.type === block.type ? old?.block_id : undefined;
    block.block_id ??= shortId();
    for (const element of elementsOf(block)) {
      const type = String(element.type);
      if (type !== 'image' && Object.hasOwn(ELEMENT_PLACES, type)) element.action_id ??= shortId();
    }
    return block;
  });
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

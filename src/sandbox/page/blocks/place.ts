/** Names inside a place: of blocks, of elements, and of what stands in an element. */
import type { Json } from '../../slack/page-api.ts';
import type { Place } from '../state/app.ts';
import { recordOf, recordsOf, textOf } from './json.ts';

/** Slack gives a block without an id one of its own; the page needs one that lasts, so it counts. */
export function blockIdOf(block: Json, index: number): string {
  return textOf(block, 'block_id') || `block-${index}`;
}

export function formKey(blockId: string, element: Json): string {
  return `${blockId}\n${textOf(element, 'action_id')}`;
}

/** One element on the whole page. */
export function elementKey(place: Place, blockId: string, element: Json): string {
  return `${place.id}\n${formKey(blockId, element)}`;
}

/** An id usable in `id`, `for` and `aria-…`: no spaces. */
export function domId(...parts: string[]): string {
  return parts.join('-').replace(/[^A-Za-z0-9_.-]/g, '_');
}

/** Every element of a list of blocks, with the id of its block. */
export function elementsOf(blocks: Json[]): { blockId: string; block: Json; element: Json }[] {
  return blocks.flatMap((block, index) => {
    const single = recordOf(block, 'element') ?? recordOf(block, 'accessory');
    const elements = single
      ? [single]
      : textOf(block, 'type') === 'actions'
        ? recordsOf(block, 'elements')
        : [];
    return elements.map((element) => ({ blockId: blockIdOf(block, index), block, element }));
  });
}

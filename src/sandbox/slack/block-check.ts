import { BLOCKS } from './block-shapes.ts';
import { oneImage } from './composition-shapes.ts';
import { checkElement } from './element-check.ts';
import { isObject, listOf, object, optional, type Report, required, string } from './fields.ts';
import { BLOCK_SURFACES, LIMITS, type Place, type Surface } from './limits.ts';
import type { Json } from './page-api.ts';

const CONTAINED = [
  'actions',
  'context',
  'divider',
  'header',
  'image',
  'input',
  'rich_text',
  'section',
  'table',
  'video',
];

/** Checks one block of a surface with everything in it. */
export function checkBlock(block: unknown, at: string, surface: Surface, report: Report): void {
  if (!isObject(block)) {
    report(at, 'must provide an object');
    return;
  }
  const type = String(block.type);
  const surfaces = Object.hasOwn(BLOCK_SURFACES, type) ? BLOCK_SURFACES[type] : undefined;
  const shape = Object.hasOwn(BLOCKS, type) ? BLOCKS[type] : undefined;
  if (!surfaces || !shape) {
    report(`${at}/type`, `unsupported type: ${type}`);
    return;
  }
  if (!surfaces.includes(surface)) {
    report(`${at}/type`, `unsupported type: ${type} on a ${surface}`);
    return;
  }
  const common = { type: required(string(100)), block_id: optional(string(LIMITS.id)) };
  object({ ...common, ...shape })(block, at, report);
  checkInside(block, type, at, surface, report);
  checkActionIds(block, at, report);
}

function checkInside(block: Json, type: string, at: string, surface: Surface, report: Report): void {
  const each = (name: string, place: Place) => {
    for (const [index, element] of listOf(block[name]).entries())
      checkElement(element, `${at}/${name}/${index}`, place, surface, report);
  };
  if (type === 'actions' || type === 'context' || type === 'context_actions') each('elements', type);
  if (type === 'card') checkCard(block, at, surface, report);
  if (type === 'image') oneImage(block, at, report);
  if (type === 'section') checkSection(block, at, surface, report);
  if (type === 'input') checkInput(block, at, surface, report);
  if (type === 'carousel') {
    for (const [index, card] of listOf(block.elements).entries()) {
      if (isObject(card) && card.type !== 'card') report(`${at}/elements/${index}`, 'must be a card');
      else checkBlock(card, `${at}/elements/${index}`, surface, report);
    }
  }
  if (type === 'container') {
    for (const [index, child] of listOf(block.child_blocks).entries()) {
      const pointer = `${at}/child_blocks/${index}`;
      if (isObject(child) && !CONTAINED.includes(String(child.type)))
        report(pointer, `unsupported type: ${String(child.type)} in container`);
      else checkBlock(child, pointer, surface, report);
    }
  }
}

function checkSection(block: Json, at: string, surface: Surface, report: Report): void {
  if (!block.text && !block.fields) report(at, 'must have text or fields');
  if (block.accessory) checkElement(block.accessory, `${at}/accessory`, 'section', surface, report);
}

function checkInput(block: Json, at: string, surface: Surface, report: Report): void {
  if (!block.element) return;
  checkElement(block.element, `${at}/element`, 'input', surface, report);
  if (isObject(block.element) && block.element.type === 'file_input' && block.dispatch_action === true)
    report(`${at}/dispatch_action`, 'a file_input cannot dispatch');
}

function checkCard(block: Json, at: string, surface: Surface, report: Report): void {
  if (!block.hero_image && !block.title && !block.body && !block.actions)
    report(at, 'must have one of hero_image, title, body, actions');
  for (const [index, element] of listOf(block.actions).entries())
    checkElement(element, `${at}/actions/${index}`, 'actions', surface, report);
}

/** The elements of a block that a person can use, wherever in the block they stand. */
export function elementsOf(block: Json): Json[] {
  const cards = [...listOf(block.child_blocks), ...(block.type === 'carousel' ? listOf(block.elements) : [])];
  const own = [block.element, block.accessory, ...listOf(block.elements), ...listOf(block.actions)];
  return [...own.filter(isObject), ...cards.filter(isObject).flatMap(elementsOf)];
}

function checkActionIds(block: Json, at: string, report: Report): void {
  const seen = new Set<unknown>();
  for (const { action_id: id } of elementsOf(block)) {
    if (id !== undefined && seen.has(id)) report(at, `duplicate action_id: ${String(id)}`);
    seen.add(id);
  }
}

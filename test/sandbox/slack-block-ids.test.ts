import { expect, test } from 'vitest';
import { identified } from '../../src/sandbox/slack/block-ids.ts';

const text = (words: string) => ({ type: 'section', text: { type: 'mrkdwn', text: words } });
const buttons = (...names: string[]) => ({
  type: 'actions',
  elements: names.map((action_id) => ({
    type: 'button',
    action_id,
    text: { type: 'plain_text', text: 'Press' },
  })),
});
const idsOf = (blocks: Record<string, unknown>[]) => blocks.map(({ block_id: id }) => id);

test('a message that is edited keeps the ids of what is still there, also when blocks come in before it', () => {
  const before = identified([text('One'), buttons('confirm', 'change')]);
  const after = identified(
    [text('One'), text('Rows'), { type: 'divider' }, buttons('confirm', 'change')],
    before,
  );
  expect(after[0]?.block_id).toBe(before[0]?.block_id);
  expect(after[3]?.block_id).toBe(before[1]?.block_id);
  expect(new Set(idsOf(after)).size).toBe(4);
});

test('other buttons are another block', () => {
  const before = identified([buttons('confirm')]);
  expect(identified([buttons('edit')], before)[0]?.block_id).not.toBe(before[0]?.block_id);
});

test('ids of the app itself are left alone', () => {
  const before = identified([text('One')]);
  expect(identified([{ ...text('One'), block_id: 'mine' }], before)[0]?.block_id).toBe('mine');
});

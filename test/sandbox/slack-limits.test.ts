import { describe, expect, test } from 'vitest';
import { LIMITS } from '../../src/sandbox/slack/limits.ts';
import type { Json } from '../../src/sandbox/slack/page-api.ts';
import {
  checkMessage,
  checkSuggestion,
  checkView,
  isTooLarge,
} from '../../src/sandbox/slack/surface-check.ts';

const chars = (count: number) => 'あ'.repeat(count);
const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, index) => make(index));
const plain = (text: string): Json => ({ type: 'plain_text', text });
const mrkdwn = (text: string): Json => ({ type: 'mrkdwn', text });
const section = (extra: Json = {}): Json => ({ type: 'section', text: mrkdwn('x'), ...extra });
const option = (index: number | string, extra: Json = {}): Json => ({
  text: plain(`o${index}`),
  value: `${index}`,
  ...extra,
});
const options = (count: number) => times(count, (index) => option(index));
const button = (extra: Json = {}): Json => ({ type: 'button', text: plain('Go'), ...extra });
const actions = (...elements: Json[]): Json => ({ type: 'actions', elements });
const input = (element: Json, extra: Json = {}): Json => ({
  type: 'input',
  label: plain('Label'),
  element,
  ...extra,
});
const textInput = (extra: Json = {}): Json => ({ type: 'plain_text_input', ...extra });
const modal = (extra: Json = {}): Json => ({
  type: 'modal',
  title: plain('Title'),
  submit: plain('Send'),
  blocks: [section()],
  ...extra,
});
const confirm = (extra: Json = {}): Json => ({
  title: plain('t'),
  text: plain('x'),
  confirm: plain('y'),
  deny: plain('n'),
  ...extra,
});
const richText = (...elements: Json[]): Json => ({ type: 'rich_text', elements });
const cells = (rows: number, columns: number) =>
  times(rows, () => times(columns, () => ({ type: 'raw_text', text: 'c' })));
const task = (extra: Json = {}): Json => ({ task_id: '1', title: 'Leads', status: 'complete', ...extra });

const inMessage = (...blocks: Json[]) => checkMessage({ blocks });
const inModal = (...blocks: Json[]) => checkView(modal({ blocks }));
const inHome = (...blocks: Json[]) => checkView({ type: 'home', blocks });

/** A limit: what stands at it passes, one more fails at the pointer. */
const limits: [string, number, (count: number) => ReturnType<typeof checkMessage>, string][] = [
  ['blocks in a message', 50, (n) => inMessage(...times(n, () => section())), '/blocks'],
  ['blocks in a modal', 100, (n) => inModal(...times(n, () => section())), '/view/blocks'],
  ['blocks in a home', 100, (n) => inHome(...times(n, () => section())), '/view/blocks'],
  ['attachments', 100, (n) => checkMessage({ attachments: times(n, () => ({})) }), '/attachments'],
  ['view title', 24, (n) => checkView(modal({ title: plain(chars(n)) })), '/view/title/text'],
  ['view submit', 24, (n) => checkView(modal({ submit: plain(chars(n)) })), '/view/submit/text'],
  ['view close', 24, (n) => checkView(modal({ close: plain(chars(n)) })), '/view/close/text'],
  [
    'private_metadata',
    3000,
    (n) => checkView(modal({ private_metadata: chars(n) })),
    '/view/private_metadata',
  ],
  ['callback_id', 255, (n) => checkView(modal({ callback_id: chars(n) })), '/view/callback_id'],
  ['external_id', 255, (n) => checkView(modal({ external_id: chars(n) })), '/view/external_id'],
  ['block_id', 255, (n) => inMessage(section({ block_id: chars(n) })), '/blocks/0/block_id'],
  [
    'action_id',
    255,
    (n) => inMessage(actions(button({ action_id: chars(n) }))),
    '/blocks/0/elements/0/action_id',
  ],
  ['section text', 3000, (n) => inMessage(section({ text: mrkdwn(chars(n)) })), '/blocks/0/text/text'],
  [
    'section fields',
    10,
    (n) => inMessage(section({ fields: times(n, () => mrkdwn('f')) })),
    '/blocks/0/fields',
  ],
  [
    'section field',
    2000,
    (n) => inMessage(section({ fields: [mrkdwn(chars(n))] })),
    '/blocks/0/fields/0/text',
  ],
  ['header', 150, (n) => inMessage({ type: 'header', text: plain(chars(n)) }), '/blocks/0/text/text'],
  [
    'context elements',
    10,
    (n) => inMessage({ type: 'context', elements: times(n, () => mrkdwn('c')) }),
    '/blocks/0/elements',
  ],
  ['actions elements', 25, (n) => inMessage(actions(...times(n, () => button()))), '/blocks/0/elements'],
  [
    'input label',
    2000,
    (n) => inModal(input(textInput(), { label: plain(chars(n)) })),
    '/view/blocks/0/label/text',
  ],
  [
    'input hint',
    2000,
    (n) => inModal(input(textInput(), { hint: plain(chars(n)) })),
    '/view/blocks/0/hint/text',
  ],
  [
    'image alt_text',
    2000,
    (n) => inMessage({ type: 'image', image_url: 'u', alt_text: chars(n) }),
    '/blocks/0/alt_text',
  ],
  [
    'image title',
    2000,
    (n) => inMessage({ type: 'image', image_url: 'u', alt_text: 'a', title: plain(chars(n)) }),
    '/blocks/0/title/text',
  ],
  [
    'image url',
    3000,
    (n) => inMessage({ type: 'image', image_url: chars(n), alt_text: 'a' }),
    '/blocks/0/image_url',
  ],
  ['markdown', 12_000, (n) => inMessage({ type: 'markdown', text: chars(n) }), '/blocks/0/text'],
  [
    'markdown in total',
    12_000,
    (n) => inMessage({ type: 'markdown', text: chars(n - 10) }, { type: 'markdown', text: chars(10) }),
    '/blocks',
  ],
  ['table rows', 100, (n) => inMessage({ type: 'table', rows: cells(n, 1) }), '/blocks/0/rows'],
  ['table cells', 20, (n) => inMessage({ type: 'table', rows: cells(1, n) }), '/blocks/0/rows/0'],
  [
    'table columns',
    20,
    (n) =>
      inMessage({ type: 'table', rows: cells(1, 1), column_settings: times(n, () => ({ align: 'left' })) }),
    '/blocks/0/column_settings',
  ],
  [
    'data_table rows',
    101,
    (n) => inMessage({ type: 'data_table', caption: 'c', rows: cells(n, 1) }),
    '/blocks/0/rows',
  ],
  ['alert text', 200, (n) => inModal({ type: 'alert', text: plain(chars(n)) }), '/view/blocks/0/text/text'],
  ['card title', 150, (n) => inMessage({ type: 'card', title: mrkdwn(chars(n)) }), '/blocks/0/title/text'],
  ['card body', 200, (n) => inMessage({ type: 'card', body: mrkdwn(chars(n)) }), '/blocks/0/body/text'],
  [
    'card buttons',
    2,
    (n) => inMessage({ type: 'card', actions: times(n, () => button()) }),
    '/blocks/0/actions',
  ],
  [
    'carousel cards',
    10,
    (n) => inMessage({ type: 'carousel', elements: times(n, () => ({ type: 'card', title: mrkdwn('t') })) }),
    '/blocks/0/elements',
  ],
  [
    'container blocks',
    10,
    (n) => inMessage({ type: 'container', child_blocks: times(n, () => section()) }),
    '/blocks/0/child_blocks',
  ],
  [
    'context_actions',
    5,
    (n) =>
      inMessage({
        type: 'context_actions',
        elements: times(n, () => ({ type: 'icon_button', icon: 'trash', text: plain('x') })),
      }),
    '/blocks/0/elements',
  ],
  [
    'list indent',
    8,
    (n) =>
      inMessage(
        richText({
          type: 'rich_text_list',
          style: 'bullet',
          indent: n,
          elements: [{ type: 'rich_text_section', elements: [] }],
        }),
      ),
    '/blocks/0/elements/0/indent',
  ],
  [
    'button text',
    75,
    (n) => inMessage(actions(button({ text: plain(chars(n)) }))),
    '/blocks/0/elements/0/text/text',
  ],
  [
    'button value',
    2000,
    (n) => inMessage(actions(button({ value: chars(n) }))),
    '/blocks/0/elements/0/value',
  ],
  ['button url', 3000, (n) => inMessage(actions(button({ url: chars(n) }))), '/blocks/0/elements/0/url'],
  [
    'button accessibility_label',
    75,
    (n) => inMessage(actions(button({ accessibility_label: chars(n) }))),
    '/blocks/0/elements/0/accessibility_label',
  ],
  [
    'confirm title',
    100,
    (n) => inMessage(actions(button({ confirm: confirm({ title: plain(chars(n)) }) }))),
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    'confirm text',
    300,
    (n) => inMessage(actions(button({ confirm: confirm({ text: mrkdwn(chars(n)) }) }))),
    '/blocks/0/elements/0/confirm/text/text',
  ],
  [
    'confirm button',
    30,
    (n) => inMessage(actions(button({ confirm: confirm({ confirm: plain(chars(n)) }) }))),
    '/blocks/0/elements/0/confirm/confirm/text',
  ],
  [
    'deny button',
    30,
    (n) => inMessage(actions(button({ confirm: confirm({ deny: plain(chars(n)) }) }))),
    '/blocks/0/elements/0/confirm/deny/text',
  ],
  [
    'select options',
    100,
    (n) => inModal(input({ type: 'static_select', options: options(n) })),
    '/view/blocks/0/element/options',
  ],
  [
    'option groups',
    100,
    (n) =>
      inModal(
        input({
          type: 'static_select',
          option_groups: times(n, (i) => ({ label: plain('g'), options: [option(i)] })),
        }),
      ),
    '/view/blocks/0/element/option_groups',
  ],
  [
    'options of a group',
    100,
    (n) =>
      inModal(input({ type: 'static_select', option_groups: [{ label: plain('g'), options: options(n) }] })),
    '/view/blocks/0/element/option_groups/0/options',
  ],
  [
    'group label',
    75,
    (n) =>
      inModal(
        input({ type: 'static_select', option_groups: [{ label: plain(chars(n)), options: options(1) }] }),
      ),
    '/view/blocks/0/element/option_groups/0/label/text',
  ],
  [
    'option text',
    75,
    (n) => inModal(input({ type: 'static_select', options: [option(1, { text: plain(chars(n)) })] })),
    '/view/blocks/0/element/options/0/text/text',
  ],
  [
    'option value',
    75,
    (n) => inModal(input({ type: 'static_select', options: [option(1, { value: chars(n) })] })),
    '/view/blocks/0/element/options/0/value',
  ],
  [
    'option description',
    75,
    (n) => inModal(input({ type: 'static_select', options: [option(1, { description: plain(chars(n)) })] })),
    '/view/blocks/0/element/options/0/description/text',
  ],
  [
    'checkboxes',
    10,
    (n) => inModal(input({ type: 'checkboxes', options: options(n) })),
    '/view/blocks/0/element/options',
  ],
  [
    'radio buttons',
    10,
    (n) => inModal(input({ type: 'radio_buttons', options: options(n) })),
    '/view/blocks/0/element/options',
  ],
  [
    'overflow',
    5,
    (n) => inMessage(section({ accessory: { type: 'overflow', options: options(n) } })),
    '/blocks/0/accessory/options',
  ],
  [
    'placeholder',
    150,
    (n) => inModal(input(textInput({ placeholder: plain(chars(n)) }))),
    '/view/blocks/0/element/placeholder/text',
  ],
  [
    'max_length',
    3000,
    (n) => inModal(input(textInput({ max_length: n }))),
    '/view/blocks/0/element/max_length',
  ],
  [
    'initial_value',
    3000,
    (n) => inModal(input(textInput({ initial_value: chars(n) }))),
    '/view/blocks/0/element/initial_value',
  ],
  [
    'files',
    10,
    (n) => inModal(input({ type: 'file_input', max_files: n })),
    '/view/blocks/0/element/max_files',
  ],
  ['suggested options', 100, (n) => checkSuggestion({ options: options(n) }), '/options'],
];

describe('each limit of Slack', () => {
  test.each(limits)('%s: %i', (_, most, check, pointer) => {
    expect(check(most)).toEqual([]);
    expect(check(most + 1).map((problem) => problem.pointer)).toContain(pointer);
  });
});

const refused: [string, () => ReturnType<typeof checkMessage>, string][] = [
  ['an unknown block', () => inMessage({ type: 'dance' }), 'unsupported type: dance'],
  [
    'a name every object has, as a type',
    () => inMessage({ type: 'constructor' }),
    'unsupported type: constructor',
  ],
  ['an unknown element', () => inMessage(actions({ type: 'lever' })), 'unsupported type: lever'],
  ['an unknown property', () => inMessage(section({ colour: 'red' })), 'invalid additional property: colour'],
  [
    'an alert in a message',
    () => inMessage({ type: 'alert', text: plain('x') }),
    'unsupported type: alert on a message',
  ],
  [
    'a table in a modal',
    () => inModal({ type: 'table', rows: cells(1, 1) }),
    'unsupported type: table on a modal',
  ],
  ['a plan in a modal', () => inModal({ type: 'plan', title: 't' }), 'unsupported type: plan on a modal'],
  [
    'a text input in actions',
    () => inModal(actions(textInput())),
    'unsupported type: plain_text_input in actions',
  ],
  [
    'an e-mail input in a message',
    () => inMessage(input({ type: 'email_text_input' })),
    'unsupported type: email_text_input on a message',
  ],
  ['a button as an input', () => inModal(input(button())), 'unsupported type: button in input'],
  [
    'mrkdwn in a header',
    () => inMessage({ type: 'header', text: mrkdwn('x') }),
    'must be one of: plain_text',
  ],
  [
    'mrkdwn on a button',
    () => inMessage(actions(button({ text: mrkdwn('x') }))),
    'must be one of: plain_text',
  ],
  ['an empty text', () => inMessage(section({ text: mrkdwn('') })), 'must be more than 0 characters'],
  ['a section with nothing in it', () => inMessage({ type: 'section' }), 'must have text or fields'],
  ['an empty actions block', () => inMessage(actions()), 'no fewer than 1 items required'],
  ['a button without text', () => inMessage(actions({ type: 'button' })), 'missing required field: text'],
  [
    'a button style of its own',
    () => inMessage(actions(button({ style: 'default' }))),
    'must be one of: primary, danger',
  ],
  [
    'two blocks of one id',
    () => inMessage(section({ block_id: 'a' }), section({ block_id: 'a' })),
    'duplicate block_id: a',
  ],
  [
    'two elements of one id in a block',
    () => inMessage(actions(button({ action_id: 'a' }), button({ action_id: 'a' }))),
    'duplicate action_id: a',
  ],
  [
    'two options of one value',
    () => inModal(input({ type: 'checkboxes', options: [option(1), option(1)] })),
    'duplicate option value: 1',
  ],
  [
    'one value in two groups',
    () =>
      inModal(
        input({
          type: 'static_select',
          option_groups: times(2, () => ({ label: plain('g'), options: [option(1)] })),
        }),
      ),
    'duplicate option value: 1',
  ],
  [
    'an initial option that is none',
    () => inModal(input({ type: 'checkboxes', options: options(2), initial_options: [option(7)] })),
    'initial option must be among the options',
  ],
  [
    'an initial option in other words',
    () =>
      inModal(
        input({
          type: 'static_select',
          options: options(2),
          initial_option: option(1, { text: plain('other') }),
        }),
      ),
    'initial option must be among the options',
  ],
  [
    'no initial options, but the list of them',
    () => inModal(input({ type: 'checkboxes', options: options(2), initial_options: [] })),
    'no fewer than 1 items required',
  ],
  [
    'options and groups at once',
    () => inModal(input({ type: 'static_select', options: options(1), option_groups: [] })),
    'must have either options or option_groups',
  ],
  [
    'more chosen than may be',
    () =>
      inModal(input({ type: 'multi_external_select', max_selected_items: 1, initial_options: options(2) })),
    'no more than 1 items allowed',
  ],
  [
    'an input without submit',
    () => checkView({ type: 'modal', title: plain('t'), blocks: [input(textInput())] }),
    'missing required field: submit (there are input blocks)',
  ],
  ['a modal without title', () => checkView({ type: 'modal', blocks: [] }), 'missing required field: title'],
  [
    'a home with a title',
    () => checkView({ type: 'home', title: plain('t'), blocks: [] }),
    'invalid additional property: title',
  ],
  [
    'a number input that does not say whether decimal',
    () => inModal(input({ type: 'number_input' })),
    'missing required field: is_decimal_allowed',
  ],
  [
    'two focused elements',
    () => inModal(input(textInput({ focus_on_load: true })), input(textInput({ focus_on_load: true }))),
    'only one element may have focus_on_load',
  ],
  [
    'two plans',
    () => inMessage({ type: 'plan', title: 'a' }, { type: 'plan', title: 'b' }),
    'only one plan is allowed',
  ],
  [
    'a plan beside a task card',
    () => inMessage({ type: 'plan', title: 'a' }, { type: 'task_card', ...task() }),
    'a plan cannot stand beside task cards',
  ],
  [
    'a task that is "completed"',
    () => inMessage({ type: 'plan', title: 'a', tasks: [task({ status: 'completed' })] }),
    'must be one of: pending, in_progress, complete, error',
  ],
  [
    'two tables',
    () => inMessage({ type: 'table', rows: cells(1, 1) }, { type: 'table', rows: cells(1, 1) }),
    'only one table is allowed',
  ],
  [
    'a wrong date',
    () => inModal(input({ type: 'datepicker', initial_date: '1.2.2026' })),
    'must be a date as YYYY-MM-DD',
  ],
  [
    'an image of nothing',
    () => inMessage({ type: 'image', alt_text: 'a' }),
    'must have either image_url or slack_file',
  ],
  [
    'a file input that dispatches',
    () => inModal(input({ type: 'file_input' }, { dispatch_action: true })),
    'a file_input cannot dispatch',
  ],
  ['no view at all', () => checkView(undefined), 'must provide an object'],
  ['blocks that are none', () => checkMessage({ blocks: 'x' }), 'must be an array'],
];

test.each(refused)('refuses %s', (_, check, message) => {
  expect(check().map((problem) => problem.message)).toContain(message);
});

test('takes what Slack takes', () => {
  const bold = {
    type: 'rich_text_section',
    elements: [
      { type: 'text', text: 'b', style: { bold: true } },
      { type: 'link', url: 'https://x' },
    ],
  };
  const blocks = [
    {
      type: 'plan',
      title: 'Setup',
      tasks: [task(), task({ task_id: '2', status: 'error', details: richText(bold) })],
    },
    section({ accessory: { type: 'overflow', options: options(2), confirm: confirm({ style: 'danger' }) } }),
    actions(button({ style: 'primary' }), { type: 'conversations_select', filter: { include: ['public'] } }),
    input(textInput({ multiline: true }), { dispatch_action: true, optional: true }),
    { type: 'context', elements: [mrkdwn('c'), { type: 'image', image_url: 'u', alt_text: '' }] },
    { type: 'divider' },
  ];
  expect(checkMessage({ blocks })).toEqual([]);
  expect(checkView(modal({ submit: undefined, close: null, clear_on_close: true, external_id: '' }))).toEqual(
    [],
  );
  expect(checkSuggestion({ options: [] })).toEqual([]);
});

test('a view over 250 kB is too large', () => {
  const view = (bytes: number) => modal({ private_metadata: 'x'.repeat(bytes) });
  const empty = Buffer.byteLength(JSON.stringify(view(0)));
  expect(isTooLarge(view(LIMITS.view.bytes - empty))).toBe(false);
  expect(isTooLarge(view(LIMITS.view.bytes - empty + 1))).toBe(true);
});

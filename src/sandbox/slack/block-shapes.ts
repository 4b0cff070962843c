import { anyText, imageFields, mrkdwn, plainText } from './composition-shapes.ts';
import {
  boolean,
  type Check,
  either,
  every,
  type Field,
  integer,
  list,
  object,
  oneOf,
  optional,
  required,
  type Shape,
  string,
} from './fields.ts';
import { LIMITS } from './limits.ts';
import { RICH_TEXT, richText } from './rich-text-shapes.ts';

/** Looked at elsewhere: elements and nested blocks need the place they stand in. */
const elsewhere: Check = () => {};
const url = string(LIMITS.url);
const rawText = object({ type: required(oneOf('raw_text')), text: required(string(LIMITS.text, 0)) });
const rawNumber = object({
  type: required(oneOf('raw_number')),
  value: required((value, at, report) => {
    if (typeof value !== 'number') report(at, 'must be a number');
  }),
  text: optional(string(LIMITS.text, 0)),
});
const cell = either(rawText, rawNumber, richText);
const elements = (min: number, max: number): Field => required(list(elsewhere, { min, max }));

const tableColumns = optional(
  list(object({ align: optional(oneOf('left', 'center', 'right')), is_wrapped: optional(boolean) }), {
    max: LIMITS.table.columns,
  }),
);

const tenThousand: Check = (rows, at, report) => {
  const length = JSON.stringify(rows, (name, value) => (name === 'type' ? undefined : value)).replace(
    /"(text|value)":|[{}[\]",]/g,
    '',
  ).length;
  if (length > LIMITS.dataTable.characters)
    report(at, `must be less than ${LIMITS.dataTable.characters + 1} characters in total`);
};

const source = object({
  type: required(oneOf('url')),
  url: required(url),
  text: required(string(LIMITS.text)),
});

/** What a task in a plan, or a task_card block, has. */
export const TASK: Shape = {
  task_id: required(string(LIMITS.id)),
  title: required(string(LIMITS.text)),
  status: required(oneOf('pending', 'in_progress', 'complete', 'error')),
  details: optional(richText),
  output: optional(richText),
  sources: optional(list(source)),
};

const task: Check = object({
  type: optional(oneOf('task_card')),
  block_id: optional(string(LIMITS.id)),
  ...TASK,
});

const TABLES: Readonly<Record<string, Shape>> = {
  table: {
    rows: required(list(list(cell, { min: 1, max: LIMITS.table.cells }), { min: 1, max: LIMITS.table.rows })),
    column_settings: tableColumns,
  },
  data_table: {
    rows: required(
      every(
        list(list(cell, { min: 1, max: LIMITS.dataTable.cells }), {
          min: LIMITS.dataTable.minRows,
          max: LIMITS.dataTable.rows,
        }),
        tenThousand,
      ),
    ),
    caption: required(string(LIMITS.text)),
    page_size: optional(integer(1, LIMITS.dataTable.pageSize)),
    row_header_column_index: optional(integer(0, LIMITS.dataTable.cells - 1)),
  },
  data_visualization: { title: required(string(LIMITS.chart.title)), chart: required(elsewhere) },
};

const CARDS: Readonly<Record<string, Shape>> = {
  card: {
    hero_image: optional(object({ type: required(oneOf('image')), ...imageFields })),
    icon: optional(object({ type: required(oneOf('image')), ...imageFields })),
    title: optional(mrkdwn(LIMITS.card.title)),
    subtitle: optional(mrkdwn(LIMITS.card.subtitle)),
    body: optional(mrkdwn(LIMITS.card.body)),
    actions: optional(list(elsewhere, { min: 1, max: LIMITS.card.buttons })),
  },
  carousel: { elements: elements(1, LIMITS.carousel.cards) },
  container: {
    title: optional(plainText(LIMITS.container.title)),
    rich_text_title: optional(richText),
    subtitle: optional(anyText(LIMITS.container.subtitle)),
    child_blocks: elements(1, LIMITS.container.blocks),
    width: optional(oneOf('narrow', 'standard', 'wide', 'full')),
    icon: optional(object({ type: required(oneOf('image')), ...imageFields })),
    is_collapsible: optional(boolean),
    default_collapsed: optional(boolean),
    has_header_divider: optional(boolean),
  },
  plan: { title: required(string(LIMITS.text)), tasks: optional(list(task)) },
  task_card: TASK,
  alert: {
    text: required(anyText(LIMITS.alert.text)),
    level: optional(oneOf('default', 'info', 'warning', 'error', 'success')),
  },
};

const PLAIN: Readonly<Record<string, Shape>> = {
  section: {
    text: optional(anyText(LIMITS.section.text)),
    fields: optional(list(anyText(LIMITS.section.field), { min: 1, max: LIMITS.section.fields })),
    accessory: optional(elsewhere),
    expand: optional(boolean),
  },
  header: {
    text: required(plainText(LIMITS.header.text)),
    level: optional(integer(1, LIMITS.header.levels)),
  },
  divider: {},
  context: { elements: elements(1, LIMITS.context.elements) },
  actions: { elements: elements(1, LIMITS.actions.elements) },
  context_actions: { elements: elements(1, LIMITS.contextActions.elements) },
  input: {
    label: required(plainText(LIMITS.input.label)),
    hint: optional(plainText(LIMITS.input.hint)),
    optional: optional(boolean),
    dispatch_action: optional(boolean),
    element: required(elsewhere),
  },
  image: { ...imageFields, title: optional(plainText(LIMITS.image.title)) },
  rich_text: RICH_TEXT,
  markdown: { text: required(string(LIMITS.message.markdown)) },
  video: {
    video_url: required(url),
    thumbnail_url: required(url),
    alt_text: required(string(LIMITS.image.alt)),
    title: required(plainText(LIMITS.video.title)),
    title_url: optional(url),
    author_name: optional(string(LIMITS.video.author)),
    provider_name: optional(string(LIMITS.text)),
    provider_icon_url: optional(url),
    description: optional(plainText(LIMITS.video.description)),
  },
};

/** What every block may and must have besides `type` and `block_id`. */
export const BLOCKS: Readonly<Record<string, Shape>> = { ...PLAIN, ...TABLES, ...CARDS };

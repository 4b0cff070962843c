/** Slack's limits, in one place: lengths are counted in characters, lists in items, `viewBytes` in bytes. */
export const LIMITS = {
  text: 3000,
  placeholder: 150,
  id: 255,
  url: 3000,
  blocks: { message: 50, modal: 100, home: 100 },
  view: { title: 24, submit: 24, close: 24, privateMetadata: 3000, bytes: 250_000, stack: 3 },
  message: { text: 40_000, updateText: 4000, attachments: 100, markdown: 12_000, charts: 2 },
  section: { text: 3000, fields: 10, field: 2000 },
  header: { text: 150, levels: 4 },
  context: { elements: 10 },
  actions: { elements: 25 },
  contextActions: { elements: 5 },
  input: { label: 2000, hint: 2000 },
  image: { alt: 2000, title: 2000 },
  table: { rows: 100, cells: 20, columns: 20 },
  dataTable: { minRows: 2, rows: 101, cells: 20, characters: 10_000, pageSize: 100 },
  alert: { text: 200 },
  card: { title: 150, subtitle: 150, body: 200, buttons: 2 },
  carousel: { cards: 10 },
  container: { title: 150, subtitle: 150, blocks: 10 },
  video: { title: 199, author: 49, description: 200 },
  chart: { title: 50 },
  richText: { indent: 8 },
  button: { text: 75, value: 2000, accessibility: 75 },
  // Slack's type definitions say 75, its Python package 150: the smaller one is safe everywhere.
  option: { text: 75, description: 75, value: 75 },
  options: 100,
  optionGroups: 100,
  optionGroupLabel: 75,
  checkboxes: 10,
  radioButtons: 10,
  overflow: 5,
  plainTextInput: 3000,
  fileInput: 10,
  richTextInputLines: 100,
  iconButtonUsers: 10,
  confirm: { title: 100, text: 300, button: 30 },
  responseUrl: { uses: 5, milliseconds: 30 * 60_000 },
  triggerMilliseconds: 3000,
  ackMilliseconds: 3000,
} as const;

export type Surface = 'message' | 'modal' | 'home';

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home'];

/** Where a block may stand. A type that is missing here is unknown to Slack. */
export const BLOCK_SURFACES: Readonly<Record<string, readonly Surface[]>> = {
  actions: EVERYWHERE,
  context: EVERYWHERE,
  divider: EVERYWHERE,
  header: EVERYWHERE,
  image: EVERYWHERE,
  input: EVERYWHERE,
  rich_text: EVERYWHERE,
  section: EVERYWHERE,
  video: EVERYWHERE,
  alert: ['modal'],
  card: ['message', 'home'],
  carousel: ['message', 'home'],
  container: ['message'],
  data_visualization: ['message'],
  table: ['message'],
  data_table: ['message'],
  markdown: ['message'],
  plan: ['message'],
  task_card: ['message'],
  context_actions: ['message'],
};

export type Place = 'section' | 'actions' | 'input' | 'context' | 'context_actions';

const ANY_INPUT: readonly Place[] = ['section', 'actions', 'input'];

/** In which part of which block an element may stand, and on which surfaces where that is not all of them. */
export const ELEMENT_PLACES: Readonly<
  Record<string, { places: readonly Place[]; surfaces?: readonly Surface[] }>
> = {
  button: { places: ['section', 'actions'] },
  overflow: { places: ['section', 'actions'] },
  image: { places: ['section', 'context'] },
  workflow_button: { places: ['section', 'actions'], surfaces: ['message'] },
  checkboxes: { places: ANY_INPUT },
  radio_buttons: { places: ANY_INPUT },
  datepicker: { places: ANY_INPUT },
  timepicker: { places: ANY_INPUT },
  datetimepicker: { places: ['actions', 'input'], surfaces: ['message', 'modal'] },
  static_select: { places: ANY_INPUT },
  external_select: { places: ANY_INPUT },
  users_select: { places: ANY_INPUT },
  conversations_select: { places: ANY_INPUT },
  channels_select: { places: ANY_INPUT },
  multi_static_select: { places: ANY_INPUT },
  multi_external_select: { places: ANY_INPUT },
  multi_users_select: { places: ANY_INPUT },
  multi_conversations_select: { places: ANY_INPUT },
  multi_channels_select: { places: ANY_INPUT },
  plain_text_input: { places: ['input'] },
  number_input: { places: ['input'], surfaces: ['modal'] },
  email_text_input: { places: ['input'], surfaces: ['modal'] },
  url_text_input: { places: ['input'], surfaces: ['modal'] },
  file_input: { places: ['input'], surfaces: ['modal'] },
  rich_text_input: { places: ['input', 'actions'], surfaces: ['modal', 'home'] },
  feedback_buttons: { places: ['context_actions'] },
  icon_button: { places: ['context_actions'] },
};

/** Every name that Slack sends back to us, once. The public interface: they may not change. */

export const command = '/dynamics';

/** `callback_id` of the modals. */
export const modals = {
  credentials: 'credentials',
  validate: 'validate',
  fields: 'fields',
  start: 'start',
  entities: 'entities',
} as const;

/** `action_id` of the buttons. */
export const buttons = {
  credentialsEdit: 'credentials.edit',
  /** Leads to a web page; Slack says that it was pressed, and there is nothing else to do. */
  secretOpen: 'secret.open',
  organizationConfirm: 'organization.confirm',
  organizationChange: 'organization.change',
  fieldsEdit: 'fields.edit',
  fieldsAll: 'fields.all',
  fieldsDefaults: 'fields.defaults',
  fieldsNone: 'fields.none',
  entitiesAdd: 'entities.add',
  startReview: 'start.review',
  startConfirm: 'start.confirm',
  startCancel: 'start.cancel',
  validateAgain: 'validate.again',
  syncPause: 'sync.pause',
  syncResume: 'sync.resume',
  errorsRetry: 'errors.retry',
  errorsExport: 'errors.export',
  statusRefresh: 'status.refresh',
  /** Says of deletes that are held back that they were meant. */
  deletesApply: 'deletes.apply',
  accessAsk: 'access.ask',
  accessAllow: 'access.allow',
  accessDecline: 'access.decline',
  accessWithdraw: 'access.withdraw',
} as const;

export type ButtonName = (typeof buttons)[keyof typeof buttons];

/** `block_id` and `action_id` of the choice of how to sign in, in the `credentials` and `validate` modals. */
export const signInChoice = 'sign_in';

/** `block_id` and `action_id` of the input of the `entities` modal. */
export const entitiesInput = 'entities';

/** `action_id` of the selects that work at once, outside a form. */
export const selects = {
  language: 'home.language',
  /** One of the rows that could not be stored, to be tried again. */
  errorsRow: 'errors.row',
} as const;

export type SelectName = (typeof selects)[keyof typeof selects];

/** `block_id` and `action_id` of the inputs of the `start` modal. */
export const startInputs = { channel: 'notify_channel', email: 'email', acknowledge: 'acknowledge' } as const;

/**
 * `block_id` and `action_id` of the inputs of the `fields` modal, per entity. What the bot has filled in anew, and the
 * further selects of an entity with more than a hundred fields, have a tail: `fields.lead!2:3`.
 */
export const fieldsInput = (entity: string, edition = 0, part = 1): string =>
  `fields.${entity}${edition > 0 ? `!${edition}` : ''}${part > 1 ? `:${part}` : ''}`;
export const filterInput = (entity: string, edition = 0): string =>
  `filter.${entity}${edition > 0 ? `!${edition}` : ''}`;
/** The buttons are called like inputs; no table is. */
export const fieldsInputPattern = /^fields\.(?!(?:edit|all|defaults|none)$)([^.!:]+)(?:!(\d+))?(?::(\d+))?$/;
export const filterInputPattern = /^filter\.([^.!:]+)(?:!(\d+))?$/;

/** `block_id` and `action_id` of the inputs of the `fields` modal about newly ticked fields of a running sync. */
export const fillInputs = { by: 'fill.by', from: 'fill.from', to: 'fill.to' } as const;

/** The words after the command, in both languages. */
export const words = {
  setup: '設定',
  validate: '検証',
  fields: '項目',
  entities: 'エンティティ',
  credentials: '認証',
  status: '状態',
  errors: 'エラー',
  pause: '停止',
  resume: '再開',
  history: '履歴',
  subscribe: '購読',
  unsubscribe: '購読解除',
  help: 'ヘルプ',
} as const;

export type Word = keyof typeof words;

/** `callback_id` of the global shortcuts. */
export const shortcuts = { setup: 'setup' } as const;

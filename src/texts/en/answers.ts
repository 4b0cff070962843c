import { format, rows } from './format.ts';

export const help = {
  header: 'Dynamics Sync',
  text: 'Keeps your marketing database in sync with Dynamics 365.',
  notConnected: 'Not connected yet. Start with `/dynamics setup`.',
  meant: (word: string) => `Did you mean ${word}?`,
  admin: 'for admins',
  places: 'The same words work in a direct message and after a mention.',
  words: {
    setup: 'connect, or go on with the setup',
    validate: 'check the stored credentials; `validate new` checks others',
    fields: 'choose the fields to sync',
    entities: 'add custom entities once the initial sync has completed',
    credentials: 'enter new credentials',
    status: 'show what the sync is doing',
    errors: 'show rows that could not be stored',
    pause: 'pause the sync',
    resume: 'resume the sync',
    history: 'show who did what, and when',
    subscribe: 'tell this channel what goes wrong; also `subscribe daily` or `subscribe all`',
    unsubscribe: 'tell this channel nothing any more',
    help: 'show this list',
  },
};

export const refusal = {
  title: 'Only for admins',
  text: 'Only admins can do this. Nothing has changed.',
  helpers: 'Admins set up and control the sync.',
  ask: (admins: string) => `Please ask ${admins}.`,
  askAnyone: 'Please ask an admin of this workspace.',
};

export const errors = {
  header: 'Rows that could not be stored',
  none: 'There are no failed rows.',
  rows,
  last: (date: string) => `last ${date}`,
  total: (count: number, groups: number) =>
    `${rows(count)} failed, for ${groups === 1 ? '1 reason' : `${format.number(groups)} reasons`}.`,
  more: (groups: number) => `${format.number(groups)} more reasons are not shown.`,
  original: 'Message',
  open: (links: string) => `Open in Dynamics 365: ${links}`,
  /** By the code of a failed row. */
  causes: {
    'row-refused': 'The database refused a value',
    'row-malformed': 'A value does not fit the type of its field',
    'row-without-id': 'The row came without its ID',
  } as Readonly<Record<string, string>>,
  causeUnknown: 'The row could not be stored',
  /** By the code of a failed row; others show their message alone. */
  fixes: {
    'row-refused': 'Correct the value in Dynamics 365; it is taken up at the next cycle.',
    'row-malformed':
      'Correct the value in Dynamics 365. If the type of the field has changed there, save the fields again (`/dynamics fields`): that takes over the new type.',
    'row-without-id': 'Save the row once in Dynamics 365; it is taken up at the next cycle.',
  } as Readonly<Record<string, string>>,
  fixUnknown: 'Correct the row in Dynamics 365; it is taken up at the next cycle.',
  /** What came of trying rows again. */
  retried: (retried: number, stored: number, failed: number) =>
    [
      `${rows(retried)} tried again: ${format.number(stored)} stored, ${format.number(failed)} failed.`,
      ...(retried > stored + failed
        ? ['The others are no longer in Dynamics 365, or are not to be synced.']
        : []),
    ].join(' '),
  /** On the button of a cause. */
  retry: (count: number) => (count === 1 ? 'Try this row again' : `Try these ${rows(count)} again`),
  rowRetried: {
    stored: (name: string) => `${name} is stored now.`,
    failed: (name: string) => `${name} could not be stored again:`,
    gone: (name: string) => `${name} is no longer in Dynamics 365, or is not to be synced.`,
  },
  noneRetried: 'There was no such row left to try again.',
  fileTitle: 'Rows that could not be stored',
  exported: (count: number) => `${rows(count)} could not be stored. The list is in the thread.`,
  exportCut: 'There are more; the list ends here.',
  notUploaded: {
    refused:
      'Slack does not let the app upload files, so the list comes as text. To get it as a file, give the app the scope `files:write`.',
    failed: 'The file could not be uploaded to Slack just now, so the list comes as text.',
  },
  linesLeft: (count: number) => `${rows(count)} more are not shown.`,
};

export const history = {
  header: 'History',
  none: 'Nothing has happened yet.',
  bot: 'Dynamics Sync',
  actions: {
    'credentials.checked': 'checked credentials',
    'credentials.stored': 'stored credentials',
    'organization.confirmed': 'confirmed the organization',
    'organization.changed': 'chose to use another organization',
    'fields.saved': 'saved the fields',
    'start.requested': 'asked for the start',
    'start.cancelled': 'cancelled the start',
    'start.confirmed': 'started the sync',
    'initial.completed': 'completed the initial sync',
    'sync.paused': 'paused the sync',
    'sync.resumed': 'resumed the sync',
    'sync.stopped': 'stopped the sync',
    'deletes.applied': 'confirmed that many deleted rows were meant',
    'errors.exported': 'exported the failed rows',
    'errors.retried': 'tried failed rows again',
    'subscription.added': 'subscribed a channel',
    'subscription.removed': 'unsubscribed a channel',
    'access.asked': 'asked to be allowed',
    'access.allowed': 'allowed a person',
    'access.declined': 'answered "Not now"',
    'access.withdrawn': 'took back a permission',
    'access.refused': 'was refused',
  },
  done: 'done',
  results: {
    'not-admin': 'not an admin',
    'not-now': 'not possible at this step',
    already: 'already done',
    'same-admin': 'the same admin',
    'other-organization': 'another organization',
  } as Readonly<Record<string, string>>,
  failed: (reason: string) => `failed: ${reason}`,
  summary: (count: number) => (count === 1 ? 'History: 1 entry' : `History: ${format.number(count)} entries`),
  older: 'Older entries are not shown.',
};

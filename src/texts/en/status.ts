import { format, rows } from './format.ts';

/** `/dynamics status`. */
export const status = {
  header: 'Status',
  current: (state: string) => `Current state: ${state}`,
  states: {
    new: 'Not connected',
    unconfirmed: 'Waiting for the organization to be confirmed',
    confirmed: 'Connected; fields are not chosen yet',
    chosen: 'Ready; not started yet',
    requested: 'Waiting for the start to be confirmed',
    copying: 'Initial sync running',
    running: 'Running',
    paused: 'Paused',
    stopped: 'Stopped',
  },
  next: {
    new: 'An admin can connect with `/dynamics setup`.',
    setup: 'An admin can go on with `/dynamics setup`.',
  },
  entity: {
    rows,
    backlog: (count: number) =>
      count === 0 ? 'up to date' : `${format.number(count)} ${count === 1 ? 'change' : 'changes'} waiting`,
    deleted: (count: number) => `${format.number(count)} deleted`,
    filtered: (count: number) => `${format.number(count)} filtered out`,
    failed: (count: number) => `${format.number(count)} failed`,
  },
  columns: {
    entity: 'Table',
    copied: 'Copied',
    rows: 'Rows',
    backlog: 'Waiting',
    lastHour: 'Last hour',
    followedAt: 'Last fetched',
    deleted: 'Deleted',
    filtered: 'Filtered',
    failed: 'Failed',
  },
  oldestPending: (date: string) => `The oldest waiting row was changed ${date}`,
  pendingSince: (date: string) => `No waiting change is older than ${date}`,
  picture: {
    title: 'Rows synced in the last 24 hours',
    perTenMinutes: 'Rows in 10 minutes',
    backlog: 'Changes waiting',
    /** For whoever does not see it. */
    alt: (total: string, parts: string, most: string) =>
      `Chart of the rows synced in the last 24 hours, by ten minutes: ${total} in all (${parts}). ${most}`,
    most: (count: number, time: string) => `The most in ten minutes were ${rows(count)}, at ${time}.`,
    other: 'Other tables',
  },
  pictureMissing: {
    refused:
      'The picture of the last 24 hours is left out: Slack does not let the app upload files. Its scope is `files:write`.',
    failed: 'The picture of the last 24 hours is left out: Slack does not take it at the moment.',
    late: 'The picture of the last 24 hours is still being drawn. Refresh to see it.',
  },
  stored: 'Rows in the marketing database',
  lastCycle: (date: string, changed: number, deleted: number) =>
    `Last cycle: ${date}, ${format.number(changed)} changed, ${format.number(deleted)} deleted`,
  nextCycle: (date: string) => `Next cycle: ${date}`,
  noCycle: 'No changes have been fetched yet',
  errors: '`/dynamics errors` shows the failed rows.',
};

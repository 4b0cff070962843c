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
  stored: 'Rows in the marketing database',
  lastCycle: (date: string, changed: number, deleted: number) =>
    `Last cycle: ${date}, ${format.number(changed)} changed, ${format.number(deleted)} deleted`,
  nextCycle: (date: string) => `Next cycle: ${date}`,
  noCycle: 'No changes have been fetched yet',
  errors: '`/dynamics errors` shows the failed rows.',
};

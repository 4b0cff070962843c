import { format, rows } from './format.ts';

/** The progress message, the completion and the stop. */
export const progress = {
  headers: {
    copying: 'Initial sync running',
    running: 'Initial sync completed',
    paused: 'Initial sync paused',
    stopped: 'Initial sync stopped',
  },
  organization: (name: string) => `From ${name} to the marketing database`,
  phases: { waiting: 'waiting', copying: 'copying', current: 'done' },
  readOf: (read: number, total: number) => `${format.number(read)} of ${rows(total)}`,
  read: (read: number) => `${rows(read)} so far`,
  filtered: (count: number) => `${format.number(count)} filtered out`,
  failed: (count: number) => `${format.number(count)} failed`,
  rate: (perSecond: number) => `${rows(perSecond)} per second`,
  left: (time: string) => `${time} left`,
  almostDone: 'almost done',
  preparing: 'Preparing',
  total: 'Total',
  waiting: (cause: string) => `Waiting: ${cause} The sync goes on by itself.`,
  started: (date: string) => `Started ${date}`,
  summary: (state: string, name: string, percent: string | null) =>
    percent === null ? `${state}: ${name}` : `${state}: ${name}, ${percent}`,
};

export const completion = {
  header: 'Initial sync completed',
  text: (admin: string, name: string) => `${admin}, the initial sync of ${name} has completed.`,
  stored: (count: number) => `${rows(count)} stored`,
  filtered: (count: number) => `${format.number(count)} filtered out`,
  failed: (count: number) => `${format.number(count)} failed`,
  total: 'Total',
  duration: (time: string) => `Duration: ${time}`,
  next: (interval: string) => `From now on, changes are fetched ${interval} after each cycle ends.`,
  errors: '`/dynamics errors` shows the failed rows and how to fix them.',
  summary: (name: string, stored: number, time: string) =>
    `The initial sync of ${name} has completed: ${rows(stored)} in ${time}.`,
  mailSubject: (name: string) => `Initial sync of ${name} completed`,
  mailGreeting: 'Hello,',
  mailText: (name: string, url: string) =>
    `The initial sync of ${name} (${url}) to the marketing database has completed.`,
  mailErrors: 'Some rows could not be stored. Type "/dynamics errors" in Slack to see why.',
  mailClosing: 'Changes in Dynamics 365 are synced from now on.\n\nDynamics Sync for Slack',
};

export const stopped = {
  header: 'Sync stopped',
  text: (name: string) => `The sync of ${name} has stopped and will not go on by itself.`,
  mailSubject: (name: string) => `Sync of ${name} stopped`,
  mailText: (name: string, url: string) =>
    `The sync of ${name} (${url}) has stopped and will not go on by itself.`,
  mailSince: (date: string) => `Stopped: ${date}`,
  mailClosing:
    'What is stored stays. The buttons to go on are in Slack; "/dynamics status" shows how it stands.\n\nDynamics Sync for Slack',
  kept: 'What is stored stays. After the fix, the sync goes on where it stopped.',
};

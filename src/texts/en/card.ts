import { fields, format, rows } from './format.ts';

/** The setup card: one message for every step of the setup. */
export const card = {
  steps: {
    connect: 'Step 1 of 3: connect',
    fields: 'Step 2 of 3: choose fields',
    start: 'Step 3 of 3: start',
  },
  new: {
    header: 'Connect Dynamics 365',
    text: 'Keep your marketing database in sync with Dynamics 365. You need five values: the organization URL, the tenant ID, the client ID, the client secret and the application user.',
    warning:
      'Only one organization can be connected, and it cannot be changed later. Have the right organization URL at hand.',
    summary: 'Dynamics 365 is not connected yet.',
  },
  unconfirmed: {
    header: 'Is this the right organization?',
    intro: 'Dynamics 365 says this about the organization:',
    warning:
      'This cannot be undone. After you confirm, this workspace stays with this organization. Another one needs its own installation.',
    summary: (name: string) => `Please confirm the organization ${name}. This cannot be undone.`,
    secondAdmin: (user: string) =>
      `Another admin than ${user} has to confirm this: two people look at what cannot be undone.`,
    enteredBy: (user: string) => `Credentials entered by ${user}`,
    confirmTitle: 'Confirm for good?',
    confirmText: (name: string, url: string) =>
      `This workspace will be locked to ${name} (${url}). This cannot be undone.`,
    confirmYes: 'Confirm',
    confirmNo: 'Cancel',
  },
  organization: {
    friendlyName: 'Name',
    uniqueName: 'Unique name',
    id: 'ID',
    url: 'URL',
    rows: 'Rows in Dynamics 365',
    rowsNote: 'As counted by Dynamics 365; may be up to a day old.',
  },
  locked: (name: string, url: string) => `Locked to ${name} (${url})`,
  lockedBy: (user: string, date: string) => `Confirmed by ${user}, ${date}`,
  confirmed: {
    header: 'Organization confirmed',
    text: 'Next, choose which fields are synced. A sensible selection is already made.',
    summary: (name: string) => `${name} is confirmed. Next step: choose fields.`,
  },
  chosen: {
    header: 'Fields chosen',
    text: 'Next, review the warnings and start the sync.',
    summary: (name: string) => `The fields for ${name} are chosen. Next step: start the sync.`,
    selected: 'Selected fields',
    fields: (chosen: number, always: number) =>
      always > 0
        ? `${fields(chosen)} chosen, ${format.number(always)} always synced`
        : `${fields(chosen)} chosen`,
    filterOn: 'filter on',
    changes: 'Changes',
    added: (count: number, names: string) => `added ${format.number(count)} (${names})`,
    removed: (count: number, names: string) => `removed ${format.number(count)} (${names})`,
    filterTurned: { on: 'filter turned on', off: 'filter turned off' },
    filter: 'Filter',
    filterCount: (through: number, yes: number, empty: number, no: number) =>
      `lets ${rows(through)} through (${format.number(yes)} Yes, ${format.number(empty)} empty), keeps ${format.number(no)} out (No)`,
  },
  requested: {
    header: 'Ready to start',
    summary: (name: string) => `The sync of ${name} is ready to start and waits for confirmation.`,
    by: (user: string) => `Asked for by ${user}`,
    channel: (channel: string) => `Progress goes to ${channel}`,
    email: (address: string) => `Completion mail goes to ${address}`,
    warning:
      'All selected data is copied. Duplicates are not detected, and the organization cannot be changed.',
    confirmTitle: 'Start the sync?',
    confirmText: (name: string) =>
      `All selected data of ${name} is copied to the marketing database. This may take hours.`,
    confirmYes: 'Start',
    confirmNo: 'Cancel',
  },
  started: {
    headers: {
      copying: 'Initial sync running',
      running: 'Sync running',
      paused: 'Sync paused',
      stopped: 'Sync stopped',
    },
    by: (user: string, date: string) => `Started by ${user}, ${date}`,
    copying: (channel: string) => `Follow the progress in ${channel}.`,
    running: (rowCount: number, date: string) =>
      `Initial sync completed (${rows(rowCount)}), ${date}. Changes are synced from now on.`,
    paused: (user: string, date: string) => `Paused by ${user}, ${date}. Changes are kept and follow later.`,
    fieldsLater: 'Fields cannot be changed while the initial sync runs.',
    summary: (state: string, name: string) => `${state}: ${name}`,
  },
};

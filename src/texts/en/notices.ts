import type { NoticeValues } from '../notice-values.ts';

/** Short private answers. */
export const notices = {
  notConnected: () => 'Dynamics 365 is not connected yet. An admin can start with `/dynamics setup`.',
  nothingToPause: () => 'There is nothing to pause: the sync is not running.',
  nothingToResume: () => 'There is nothing to resume: the sync is not paused.',
  alreadyPaused: ({ user }: NoticeValues) => `The sync is already paused${user ? ` by ${user}` : ''}.`,
  alreadyConfirmed: ({ user }: NoticeValues) =>
    `The organization is already confirmed${user ? ` by ${user}` : ''}. It cannot be changed.`,
  alreadyStarted: ({ user }: NoticeValues) => `The sync is already started${user ? ` by ${user}` : ''}.`,
  outdated: () => 'These buttons are out of date. Here is the current state.',
  notNow: () => 'This is not possible at the moment.',
  otherOrganization: () => 'This is about another organization. Nothing has changed.',
  confirmFirst: () => 'Please confirm the organization first.',
  secondAdmin: ({ user }: NoticeValues) =>
    `Another admin has to confirm the organization, because ${user ?? 'you'} entered the credentials. Nothing has changed.`,
  fieldsFirst: () => 'Please choose the fields first.',
  fieldsLocked: () => 'Fields cannot be changed while the initial sync runs.',
  cannotPost: ({ channel }: NoticeValues) =>
    `The bot cannot post in ${channel ?? 'this channel'}. Type \`/invite @Dynamics Sync\` there, then try again.`,
  unknownWord: ({ word }: NoticeValues) => `Sorry, the bot does not understand "${word ?? ''}".`,
  pressToOpen: () => 'Press the button to go on.',
  checking: () => 'Checking the stored credentials. The result follows in a moment.',
  exported: () => 'The list of the failed rows is in your direct message with this app.',
  personUnknown: () =>
    'Slack did not say who you are, so nothing was done. Please try again. If it stays like this, tell the operator of this app.',
  tooLate: () => 'This took too long. Please try again.',
};

/** The app's home. */
export const home = {
  setup: 'Setup',
  /** How far a step is. */
  marks: { done: 'done', next: 'next', later: 'later' },
  steps: { connect: 'Connect Dynamics 365', fields: 'Choose fields', start: 'Start the sync' },
  confirmNext: 'the organization waits for its confirmation',
  startNext: 'waits for the confirmation',
  by: (user: string) => `by ${user}`,
  status: 'Sync',
  news: 'Latest news',
  noNews: 'Nothing has happened yet.',
  language: 'Language',
  languageHint: 'What you read from this app. Channels have their own.',
  languages: { slack: 'As in Slack', en: 'English', ja: '日本語' },
  people: 'Allowed by an admin',
  peopleHint: 'They may do what workspace admins may do here.',
};

/** Asking the admins for what admins may do. */
export const access = {
  sent: (admins: string) => `Your request was sent to ${admins}. You get a message when it is answered.`,
  notSent: 'No admin can be reached at the moment. Please try again later.',
  waiting: 'You have asked already. You get a message when it is answered.',
  already: 'You may do this already. Please try again.',
  request: (user: string) => `${user} asks to be allowed to set up and control the sync with Dynamics 365.`,
  requestNote: 'You can take it back at any time in the home of this app.',
  allowed: (user: string, by: string) => `${by} allowed ${user} to set up and control the sync.`,
  declined: (user: string, by: string) => `${by} did not allow ${user} to control the sync for now.`,
  youMay: (by: string) =>
    `${by} allowed you to set up and control the sync. Type \`/dynamics help\` to begin.`,
  youMayNot: (by: string) => `${by} answered "Not now" to your request. Please talk to them directly.`,
  cannotBe: (user: string) =>
    `${user} cannot be allowed: guests, apps and people of other companies never can.`,
  gone: 'This request is no longer known.',
  withdrawn: (user: string) => `${user} may no longer control the sync.`,
  notAllowed: (user: string) => `${user} was not on the list any more.`,
  withdrawTitle: 'Take back the permission?',
  withdrawText: 'This person can then only see the status.',
  withdrawYes: 'Take back',
  withdrawNo: 'Cancel',
};

/** The checklist of a validation, wherever it is shown. */
export const checklist = {
  names: {
    url: 'Organization URL',
    'sign-in': 'Sign-in to Microsoft Entra ID',
    'secret-expiry': 'Expiry of the secret',
    user: 'Application user',
    organization: 'Organization',
    access: 'Access to the data',
    'change-tracking': 'Change tracking',
    filter: 'Sync filter',
    marketo: 'Marketo solution',
    destination: 'Marketing database',
  },
  outcomes: {
    pending: 'waiting',
    running: 'checking',
    passed: 'passed',
    warned: 'passed with a remark',
    unread: 'could not be checked',
    failed: 'failed',
    skipped: 'not reached',
  },
  /** What goes after the outcome. */
  notes: {
    validUntil: (date: string) => `valid until ${date}`,
    expiryUnknown: {
      'not-permitted':
        'Microsoft Graph does not tell. To be warned in time, grant the application the optional permission Application.Read.All, or note the date yourself.',
      'not-asked': 'note the date yourself, so that the sync does not stop one day',
      'not-found': 'Microsoft Graph does not know it. Note the date yourself.',
    },
    filter: (present: string, absent: string) =>
      `new_synctomkto found in ${present}, but not in ${absent}: there all rows are synced`,
    filterEverywhere: 'new_synctomkto found in every table',
    filterNowhere: 'no new_synctomkto: all rows are synced',
    notInstalled: 'not installed, and not needed',
    installed: (version: string) => `version ${version}, set to this application user`,
    notReadable: 'the application user may not read it, and need not',
  },
  checking: 'Checking the connection',
  checkingNote: 'This usually takes a few seconds. The list updates by itself.',
  passedAll: 'All checks passed',
  failedSome: (count: number) => (count === 1 ? '1 check failed' : `${count} checks failed`),
  unfinished: 'The check did not finish',
  connectedTo: (name: string, url: string) => `Connected to ${name} (${url}).`,
  next: {
    paused: 'The sync is paused. Resume it with the button on the card, or with `/dynamics resume`.',
    credentials: 'Close this dialog and go on with the card in the conversation.',
    validate: 'Nothing was stored. Use `/dynamics setup` to connect with these credentials.',
  },
  storedTitle: 'Check of the stored credentials',
  support: 'For support',
  requestId: (id: string) => `request ${id}`,
};

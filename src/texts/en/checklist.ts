/** The checklist of a validation, wherever it is shown. */
export const checklist = {
  names: {
    url: 'Organization URL',
    'sign-in': 'Sign-in to Microsoft Entra ID',
    user: 'Application user',
    organization: 'Organization',
    access: 'Access to the data',
    'change-tracking': 'Change tracking',
    destination: 'Marketing database',
  },
  outcomes: {
    pending: 'waiting',
    running: 'checking',
    passed: 'passed',
    warned: 'passed with a remark',
    failed: 'failed',
    skipped: 'not reached',
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

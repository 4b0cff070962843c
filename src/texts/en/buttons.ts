/** Words on buttons: a verb and what it does, 30 characters at most. */
export const buttons = {
  'credentials.edit': 'Connect Dynamics 365',
  credentialsAgain: 'Enter new credentials',
  'organization.confirm': 'Confirm organization',
  'organization.change': 'Use another organization',
  'fields.edit': 'Choose fields',
  fieldsAgain: 'Change fields',
  'start.review': 'Review and start',
  'start.confirm': 'Start the sync',
  'start.cancel': 'Do not start',
  'validate.again': 'Check again',
  'sync.pause': 'Pause the sync',
  'sync.resume': 'Resume the sync',
  'errors.retry': 'Try these rows again',
  'errors.export': 'Export as CSV',
  'status.refresh': 'Refresh',
};

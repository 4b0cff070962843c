const urlPlace = 'Power Platform admin center > Environments > your environment > Environment URL';

/** The modals `credentials` and `validate`. */
export const credentials = {
  title: { credentials: 'Connect Dynamics 365', validate: 'Check credentials' },
  submit: { credentials: 'Check and continue', validate: 'Check' },
  cancel: 'Cancel',
  close: 'Close',
  intro: {
    credentials: 'The connection is checked first. Nothing is synced until you confirm the organization.',
    validate: 'The connection is checked. Nothing is stored and nothing is changed.',
  },
  failedIntro: 'Not connected yet. Correct what failed, enter the secret again and check once more.',
  urlWarning: 'Check the URL carefully: once confirmed, the organization cannot be changed.',
  locked: (name: string, url: string) =>
    `This workspace is locked to ${name} (${url}). Credentials for another organization are refused.`,
  labels: {
    organization_url: 'Organization URL',
    tenant_id: 'Directory (tenant) ID',
    client_id: 'Application (client) ID',
    client_secret: 'Client secret value',
    username: 'Application user',
  },
  hints: {
    organization_url: urlPlace,
    tenant_id: 'Microsoft Entra admin center > App registrations > your app > Overview',
    client_id: 'On the same Overview page',
    client_secret:
      'App registrations > your app > Certificates & secrets. The value, not the Secret ID; Entra shows it only once.',
    username:
      'Must be the email address of the application user: Power Platform admin center > Settings > Users + permissions > Application users',
  },
  placeholders: {
    organization_url: 'https://contoso.crm.dynamics.com',
    tenant_id: '00000000-0000-0000-0000-000000000000',
    client_id: '00000000-0000-0000-0000-000000000000',
    client_secret: 'Value of the client secret',
    username: 'sync@contoso.com',
  },
  secretNote: {
    credentials: 'The secret is stored encrypted and never shown again.',
    validate: 'The secret is used for this check and then forgotten.',
  },
  /** Under an input whose format is wrong. */
  problems: {
    organization_url: {
      empty: `Enter the organization URL. You find it in ${urlPlace}.`,
      malformed: `This is not a web address. Expected: https://contoso.crm.dynamics.com. You find it in ${urlPlace}.`,
      'not-dynamics-host': `This is not the address of a Dynamics 365 organization. Expected: a host such as contoso.crm.dynamics.com or contoso.crm7.dynamics.com. You find it in ${urlPlace}.`,
    },
    tenant_id:
      'Enter the directory (tenant) ID, 32 letters and digits with hyphens, or a domain such as contoso.onmicrosoft.com. You find it in Microsoft Entra admin center > App registrations > your app > Overview.',
    client_id:
      'Enter the application (client) ID, 32 letters and digits with hyphens. You find it in Microsoft Entra admin center > App registrations > your app > Overview.',
    client_secret: {
      empty:
        'Enter the value of the client secret: Microsoft Entra admin center > App registrations > your app > Certificates & secrets.',
      'secret-has-spaces':
        'A client secret has no spaces. Copy the value again: Microsoft Entra admin center > App registrations > your app > Certificates & secrets.',
    },
    username:
      'Enter the email address of the application user, such as sync@contoso.com, or DOMAIN\\user. You find it in Power Platform admin center > Settings > Users + permissions > Application users.',
  },
};

const urlPlace = 'Power Platform admin center > Environments > your environment > Environment URL';

/** The modals `credentials` and `validate`. */
export const credentials = {
  title: { credentials: 'Connect Dynamics 365', validate: 'Check credentials' },
  submit: { credentials: 'Check and continue', validate: 'Check', page: 'Continue' },
  cancel: 'Cancel',
  close: 'Close',
  intro: {
    credentials: 'The connection is checked first. Nothing is synced until you confirm the organization.',
    validate: 'The connection is checked. Nothing is stored and nothing is changed.',
  },
  failedIntro: {
    secret: 'Correct what failed, enter the secret again and check once more.',
    other: 'Correct what failed and check once more.',
  },
  urlWarning: 'Check the URL carefully: once confirmed, the organization cannot be changed.',
  locked: (name: string, url: string) =>
    `This workspace is locked to ${name} (${url}). Credentials for another organization are refused.`,
  labels: {
    organization_url: 'Organization URL',
    tenant_id: 'Directory (tenant) ID',
    client_id: 'Application (client) ID',
    client_secret: 'Client secret value',
    username: 'Application user',
    certificate: 'Certificate',
    secret_reference: 'Secret on the server',
  },
  hints: {
    organization_url: urlPlace,
    tenant_id: 'Microsoft Entra admin center > App registrations > your app > Overview',
    client_id: 'On the same Overview page',
    client_secret:
      'App registrations > your app > Certificates & secrets. The value, not the Secret ID; Entra shows it only once.',
    username:
      'Must be the email address of the application user: Power Platform admin center > Settings > Users + permissions > Application users',
    certificate:
      'Where the operator of this app has put it on the server: one PEM text with the RSA private key and the certificate.',
    secret_reference:
      'Where the operator of this app has put it on the server. It is read when it is needed, and not stored.',
  },
  /** Added to the hints of references. */
  allowedReferences: (patterns: string) => `Allowed: ${patterns}`,
  placeholders: {
    organization_url: 'https://contoso.crm.dynamics.com',
    tenant_id: '00000000-0000-0000-0000-000000000000',
    client_id: '00000000-0000-0000-0000-000000000000',
    client_secret: 'Value of the client secret',
    username: 'sync@contoso.com',
    certificate: 'file:/run/secrets/dynamics.pem',
    secret_reference: 'env:DYNAMICS_CLIENT_SECRET',
  },
  secretNote: {
    credentials: 'The secret is stored encrypted and never shown again.',
    validate: 'The secret is used for this check and then forgotten.',
    reference: 'Only the reference is stored. What it leads to is read anew for each sign-in.',
    page: 'You enter the secret on a web page of this app in the next step. It does not pass through Slack.',
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
      'secret-masked':
        'This is the secret as Entra shows it later, with its letters hidden. If you no longer have the value, create a new secret: Microsoft Entra admin center > App registrations > your app > Certificates & secrets.',
      'secret-has-odd-letters':
        'A client secret has only letters, digits and signs of the English keyboard. Copy the value again: Microsoft Entra admin center > App registrations > your app > Certificates & secrets.',
      'reference-malformed':
        'This is not a reference. Expected: env:NAME, or file:/path with the whole path; or the value itself, from Microsoft Entra admin center > App registrations > your app > Certificates & secrets.',
      'reference-not-allowed':
        'The operator of this app does not allow this reference (SECRET_REFERENCES). Enter the value itself, from Microsoft Entra admin center > App registrations > your app > Certificates & secrets.',
      'secret-has-spaces':
        'A client secret has no spaces. Copy the value again: Microsoft Entra admin center > App registrations > your app > Certificates & secrets.',
    },
    certificate: {
      empty: 'Enter where the certificate is on the server: file:/path or env:NAME.',
      'reference-malformed':
        'This is not a reference. Expected: file:/path with the whole path, or env:NAME. The certificate itself cannot be entered here.',
      'reference-not-allowed':
        'The operator of this app does not allow this reference. Ask for one that SECRET_REFERENCES allows.',
    },
    secret_reference: {
      empty: 'Enter where the secret is on the server: env:NAME or file:/path.',
      'reference-malformed':
        'This is not a reference. Expected: env:NAME, or file:/path with the whole path. The secret itself cannot be entered here.',
      'reference-not-allowed':
        'The operator of this app does not allow this reference. Ask for one that SECRET_REFERENCES allows.',
    },
    username:
      'Enter the email address of the application user, such as sync@contoso.com, or DOMAIN\\user. You find it in Power Platform admin center > Settings > Users + permissions > Application users.',
  },
};

/** The choice of how to sign in, and the way over the web page. */
export const signIn = {
  label: 'Sign in with',
  ways: {
    secret: 'Client secret',
    page: 'Secret on a web page',
    reference: 'Secret on the server',
    certificate: 'Certificate',
  },
  wayNotes: {
    secret: 'Entered here, so it passes through Slack.',
    page: 'Entered in your browser. It does not pass through Slack.',
    reference: 'Put on the server by the operator of this app.',
    certificate: 'Put on the server by the operator of this app.',
  },
  link: {
    text: '*Next: enter the client secret on a web page*\nThe page opens in your browser. When you have sent it, the check starts by itself and you see it here.',
    open: 'Open the page',
    note: (time: string) =>
      `The link is for you alone. It works once, until ${time}. Leave this dialog open, or close it: then the result comes as a message.`,
    expired: '*The link has expired*\nNobody used it within ten minutes. Nothing was stored.',
    again: {
      credentials: 'Close this dialog and start again with `/dynamics credentials`.',
      validate: 'Close this dialog and start again with `/dynamics validate new`.',
    },
  },
};

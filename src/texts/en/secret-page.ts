/** The page on which a secret is entered outside of Slack. */
export const secretPage = {
  product: 'Dynamics Sync for Slack',
  title: 'Enter the client secret',
  intro:
    'It goes from here straight to this app, not through Slack. The check then starts in Slack by itself.',
  facts: {
    organization: 'Organization',
    client: 'Application (client) ID',
    username: 'Application user',
    validFor: 'Link valid for',
  },
  secret: 'Client secret value',
  secretHint:
    'Microsoft Entra admin center > App registrations > your app > Certificates & secrets. The Value, not the Secret ID.',
  certificateInstead: 'Use a certificate instead',
  certificate: 'Private key and certificate',
  certificateHint:
    'PEM text: the RSA private key without a passphrase, and the certificate, one after the other.',
  send: 'Send',
  note: 'It is checked first, and stored encrypted only if everything is right. It is never shown again.',
  problems: {
    empty: 'Enter the client secret, or a certificate.',
    both: 'Enter either the client secret or a certificate, not both.',
    'secret-masked': 'This is the secret with its letters hidden. Copy the value, or create a new secret.',
    'secret-has-spaces': 'A client secret has no spaces. Copy the value again.',
    'secret-has-odd-letters':
      'A client secret has only letters, digits and signs of the English keyboard. Copy the value again.',
    'not-pem': 'This is not a PEM text. It has lines such as "-----BEGIN PRIVATE KEY-----".',
  },
  done: {
    title: 'Received',
    text: 'The check runs now. Go back to Slack to see how it comes out. You can close this page.',
  },
  gone: {
    title: 'This link does not work any more',
    text: 'It was used already, or its ten minutes are over. Start again in Slack with /dynamics credentials.',
  },
  refused: {
    title: 'Nothing was accepted',
    text: 'The person this link was made for is not an admin of the app any more.',
  },
};

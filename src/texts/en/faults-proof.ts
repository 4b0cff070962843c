import { type Details, type FaultText, named } from '../fault-text.ts';

const secrets = 'Microsoft Entra admin center > App registrations > your app > Certificates & secrets';

/** Why a certificate cannot be used; others have no words of their own. */
const reasons: Readonly<Record<string, string>> = {
  'no-key': 'it has no private key',
  'no-certificate': 'it has a private key, but no certificate',
  'key-encrypted': 'its private key is protected by a passphrase',
  'key-damaged': 'its private key cannot be read',
  'key-not-rsa': 'its private key is not an RSA key',
  'key-of-another': 'its private key belongs to another certificate',
  'certificate-damaged': 'it cannot be read',
};

const days = (count: string | undefined): string =>
  count === undefined ? 'soon' : count === '0' ? 'today' : count === '1' ? 'tomorrow' : `in ${count} days`;

/** Faults of what the application proves itself with. */
export const proofFaults = {
  'secret-wrong': {
    cause: () => 'The client secret is wrong.',
    remedy: () => `Copy the Value, not the Secret ID, or create a new secret: ${secrets}.`,
  },
  'secret-is-id': {
    cause: () => 'This is the Secret ID, not the value of the secret.',
    remedy: () =>
      `Entra shows the value only once. If you no longer have it, create a new secret: ${secrets}.`,
  },
  'secret-expired': {
    cause: () => 'The client secret has expired.',
    remedy: () => `Create a new secret and enter its value here: ${secrets}.`,
  },
  'secret-expiring': {
    cause: (d: Details) =>
      `The ${d.holds === 'certificate' ? 'certificate' : 'client secret'} expires ${days(d.days)}${named(' (', d.date, ')')}.`,
    remedy: () =>
      `Make a new one in good time (${secrets}) and enter it with \`/dynamics credentials\`. Otherwise the sync stops.`,
  },
  'certificate-unknown': {
    cause: () => 'The certificate is not registered for this application.',
    remedy: () => `Upload it (the certificate, without its private key): ${secrets} > Certificates.`,
  },
  'certificate-expired': {
    cause: () => 'The certificate to sign in with has expired.',
    remedy: () => `Make a new one, upload it (${secrets} > Certificates) and put it in the old one's place.`,
  },
  'certificate-unusable': {
    cause: (d: Details) => {
      const reason = reasons[d.reason ?? ''];
      return `The certificate cannot be used to sign in${reason ? `: ${reason}` : ''}.`;
    },
    remedy: () =>
      'It must be a PEM text with an unprotected RSA private key and its certificate, one after the other.',
  },
  'clock-wrong': {
    cause: () => "Microsoft Entra ID says that the sign-in's time is wrong.",
    remedy: () => 'Ask the operator of this app to check the clock of its server.',
  },
  'reference-refused': {
    cause: (d: Details) => `The operator of this app does not allow ${d.reference ?? 'this reference'}.`,
    remedy: () => 'Use a reference that is allowed, or ask the operator to add it to SECRET_REFERENCES.',
  },
  'reference-missing': {
    cause: (d: Details) => `There is nothing at ${d.reference ?? 'the reference'} on the server of this app.`,
    remedy: () => 'Check its spelling, or ask the operator of this app to put the secret there.',
  },
  'reference-unreadable': {
    cause: (d: Details) => `The secret at ${d.reference ?? 'the reference'} cannot be read, or is empty.`,
    remedy: () => 'Ask the operator of this app to check the file, its size and its access rights.',
  },
} satisfies Record<string, FaultText>;

import type { FaultText } from '../fault-text.ts';

/** Faults on this side. */
export const homeFaults = {
  'destination-foreign': {
    cause: () => 'The marketing database already holds the data of another organization.',
    remedy: () => 'Ask the operator of this app to give this organization a database of its own.',
  },
  'destination-unwritable': {
    cause: () => 'The marketing database cannot be written.',
    remedy: () =>
      'Ask the operator of this app to check free space, access rights and the connection to the database.',
  },
  'seal-broken': {
    cause: () => 'The stored credentials cannot be decrypted: the encryption key has changed.',
    remedy: () =>
      'Ask the operator of this app to put back the former key, or enter the credentials again with `/dynamics credentials`.',
  },
  unexpected: {
    cause: () => 'Something unexpected went wrong.',
    remedy: () => 'Try again. If the problem persists, send the line below to the operator of this app.',
  },
} satisfies Record<string, FaultText>;

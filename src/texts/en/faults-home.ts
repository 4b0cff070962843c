import type { Details, FaultText } from '../fault-text.ts';

/** Why something cannot be written; others have no words of their own. */
const reasons: Readonly<Record<string, string>> = {
  'disk-full': 'the disk is full',
  'disk-failed': 'the disk reports an error',
  'read-only': 'it is read-only',
  'no-permission': 'access is denied',
  'no-directory': 'its folder does not exist',
  locked: 'another program has locked it',
  damaged: 'its file is damaged',
  'not-a-database': 'its file is not a database',
  gone: 'its file was removed while the sync was running',
};

/** Faults on this side. */
export const homeFaults = {
  'destination-foreign': {
    cause: () => 'The marketing database already holds the data of another organization.',
    remedy: () => 'Ask the operator of this app to give this organization a database of its own.',
  },
  'destination-unwritable': {
    cause: (d: Details) => {
      const reason = reasons[d.reason ?? ''];
      return `The marketing database cannot be written${reason ? `: ${reason}` : ''}.`;
    },
    remedy: () =>
      'Ask the operator of this app to check the database: free space, access rights, connection.',
  },
  'state-unwritable': {
    cause: (d: Details) => {
      const reason = reasons[d.reason ?? ''];
      return `This app cannot save its own data${reason ? `: ${reason}` : ''}. Nothing has changed.`;
    },
    remedy: () =>
      'Ask the operator of this app to check its data folder: free space and access rights. Then try again.',
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

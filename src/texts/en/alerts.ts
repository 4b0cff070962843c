import { format, rows } from './format.ts';

/** What people must know of at once, and what they are told when it is over. */
export const alerts = {
  headers: {
    stopped: 'Sync stopped',
    'deletes-held': 'Many rows were deleted in Dynamics 365',
    'schema-changed': 'Tables or fields changed in Dynamics 365',
    rereading: 'A table is read again as a whole',
    'no-success': 'Nothing fetched for an hour',
    throttled: 'Dynamics 365 slows the sync down',
    'link-expiring': 'The sync has to run again soon',
  },
  texts: {
    'deletes-held':
      'So many at once may be a mistake. The marketing database keeps these rows until an admin says that it was meant.',
    'schema-changed': 'The sync goes on without what it cannot read any more. What is stored stays.',
    rereading:
      'Rows that have not changed stay as they are, and the other tables go on as usual. Nothing has to be done.',
    'no-success': 'The sync keeps trying and goes on by itself as soon as it can.',
    throttled:
      'For more than 15 minutes, Dynamics 365 has limited the requests. The sync goes on, only slower.',
    'link-expiring':
      'Dynamics 365 remembers changes for 7 days only. If the sync does not run before then, these tables have to be read again as a whole.',
  },
  fixes: {
    'schema-changed': 'Please look through the selected fields and save them again.',
    'no-success': 'If it lasts, check the connection.',
    throttled:
      'If it happens often, look for other integrations that use the same application user, and give each its own.',
  } as Readonly<Record<string, string>>,
  typeProposal:
    'Rows whose values do not fit the type of before are kept as errors. Saving the fields takes over the new type: the column is made anew in the marketing database, and its values are fetched again for all rows. If you take the field out, the column stays as it is.',
  /** By what an alert is about. */
  causes: {
    'deletes-held': (name: string, deletes: number, all: number) =>
      all > 0
        ? `${name}: ${format.number(deletes)} of ${rows(all)} deleted`
        : `${name}: ${rows(deletes)} deleted`,
    'fields-gone': (name: string, fields: string) => `${name}: ${fields} cannot be read any more`,
    'entity-gone': (name: string) => `${name}: the table cannot be read any more`,
    'type-changed': (name: string, fields: string) => `${name}: the type of ${fields} has changed`,
    'no-success': (name: string, date: string) => `${name}: last fetched ${date}`,
    rereading: (name: string, reason: string) => `${name} is read again ${reason}`,
    waiting: (name: string, date: string) =>
      name === '' ? `Waiting since ${date}` : `${name}: waiting since ${date}`,
    'link-expiring': (name: string, date: string) => `${name}: until ${date}`,
    expired: (name: string) => `${name}: too late, the table will be read again as a whole`,
  },
  also: 'New:',
  over: {
    stopped: 'Resolved: the sync goes on.',
    'deletes-held': 'Resolved: no deletes are held back any more.',
    'schema-changed': 'Resolved: everything that is selected can be read.',
    rereading: 'Resolved: the whole table has been read again.',
    'no-success': 'Resolved: data is fetched again.',
    throttled: 'Resolved: Dynamics 365 no longer slows the sync down.',
    'link-expiring': 'Resolved: changes are fetched again.',
  },
  overSince: (date: string) => `Resolved ${date}`,
  apply: {
    title: 'Mark as deleted?',
    text: (name: string) =>
      `The rows of ${name} that were deleted in Dynamics 365 are marked as deleted in the marketing database. They stay stored.`,
    confirm: 'Mark as deleted',
    deny: 'Cancel',
  },
  applied: (name: string, user: string) => `${user} confirmed the deletes of ${name}.`,
  nothingHeld: (name: string) => `No deletes of ${name} are held back any more. Nothing has changed.`,
  notRunning: 'The sync is not running at the moment. Please resume it first, then try again.',
};

/** What subscribed channels are told that is no problem. */
export const bulletins = {
  header: 'Daily summary',
  summary: (state: string, changed: number, deleted: number) =>
    `${state}: ${rows(changed)} changed, ${format.number(deleted)} deleted in the last 24 hours`,
  entity: (stored: number, changed: number, deleted: number, failed: number) =>
    [
      rows(stored),
      `${format.number(changed)} changed`,
      ...(deleted > 0 ? [`${format.number(deleted)} deleted`] : []),
      ...(failed > 0 ? [`${format.number(failed)} failed`] : []),
    ].join(', '),
  period: 'The last 24 hours',
  problems: 'Open problems',
  noProblems: 'No open problems.',
  acts: 'Done in Dynamics Sync',
};

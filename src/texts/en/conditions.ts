import { format, rows } from './format.ts';

/** What people must know of while it lasts, each in a sentence or two. Names come escaped. */
export const conditions = {
  throttled: (since: string) =>
    `Dynamics 365 limits the requests since ${since}. The sync goes on by itself, more slowly.`,
  waiting: (cause: string, since: string) => `Waiting since ${since}: ${cause} The sync goes on by itself.`,
  interposed: 'Something else answers instead of Dynamics 365, such as a proxy or a maintenance page.',
  'fields-gone': (entity: string, fields: string) =>
    `${entity}: ${fields} cannot be read any more and is left out. Save the fields again without it.`,
  'entity-gone': (entity: string) => `${entity}: the table cannot be read any more and is left out.`,
  'type-changed': (entity: string, fields: string) =>
    `${entity}: the type of ${fields} has changed in Dynamics 365. Rows whose values do not fit fail until the fields are saved again.`,
  'deletes-held': (entity: string, deletes: number, all: number) =>
    `${entity}: ${format.number(deletes)} of ${rows(all)} were deleted in Dynamics 365 at once. They are kept here until an admin says that this was meant.`,
  rereading: (entity: string, reason: string) =>
    `${entity}: the whole table is read again${reason === '' ? '' : `, ${reason}`}. Everything else goes on as usual.`,
  reasons: {
    'link-expired': 'because Dynamics 365 has forgotten where the sync was',
    'plan-changed': 'because the fields or the filter have changed',
    'rows-differ': 'because many rows differ from those in Dynamics 365',
    'link-refused': 'because Dynamics 365 does not take the stored link any more',
  },
  refreshing: (entity: string, fields: string, read: number, all: number | null) =>
    `${entity}: ${fields} is being filled in for the stored rows${read === 0 ? '' : ` (${format.number(read)} ${all === null ? 'so far' : `of ${format.number(all)}`})`}. Everything else goes on as usual.`,
  refreshingPeriod: (entity: string, fields: string, period: string, read: number) =>
    `${entity}: ${fields} is being filled in for the rows ${period}${read === 0 ? '' : `, ${format.number(read)} so far`}. Everything else goes on as usual.`,
};

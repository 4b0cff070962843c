import { rows } from './format.ts';

/** Names of tables where the organization's own labels are not at hand, and counts of their rows. */
export const entities = {
  names: {
    account: 'Account',
    contact: 'Contact',
    lead: 'Lead',
    opportunity: 'Opportunity',
    systemuser: 'User',
  } as Readonly<Record<string, string>>,
  rows,
  rowsUnknown: 'number of rows not known',
  /** A name and what is said of it. */
  line: (name: string, text: string) => `${name}: ${text}`,
  more: (count: number) => `and ${count} more`,
  separator: ', ',
  betweenSentences: ' ',
  bot: 'Dynamics Sync',
  directMessage: 'a direct message',
};

/** For which rows fields are filled in that are ticked later. */
export const fill = {
  label: 'Fill in the new fields for',
  /** At most 75 characters each. */
  choices: {
    all: 'All rows',
    createdon: 'Only rows created in a period',
    modifiedon: 'Only rows last updated in a period',
  },
  hint: 'A period saves requests to Dynamics 365. The rows outside it get the new fields when they next change there.',
  from: 'First day',
  fromHint: (timeZone: string) => `Days are those of your time zone, ${timeZone}.`,
  to: 'Last day',
  toHint: 'This day is included. Leave it empty for no end.',
  faults: {
    missing: 'Choose the first day, then save again.',
    future: 'This day is still to come. Choose today or an earlier one.',
    'before-start': 'This day is before the first day. Choose that one or a later one.',
  },
  /** Tables without the date that was chosen. */
  everywhere: (tables: string) => `${tables}: filled in for all rows, because there is no such date.`,
  days: (from: string, to: string | null, timeZone: string) => {
    if (to === null) return `since ${from} (${timeZone})`;
    return from === to ? `on ${from} (${timeZone})` : `from ${from} to ${to} (${timeZone})`;
  },
  /** Which rows. */
  periods: {
    createdon: (days: string) => `created ${days}`,
    modifiedon: (days: string) => `last updated ${days}`,
  },
  only: (period: string) => `only rows ${period}`,
  saved: (period: string) =>
    `The new fields are filled in for the rows ${period}. The other rows get them when they next change in Dynamics 365.`,
  rest: 'The other rows get these fields when they next change in Dynamics 365. To fill them in before that, take the fields out in `/dynamics fields`, save, and choose them again for all rows.',
};

/** Fields that have been fetched for the rows that were there. */
export const refreshed = {
  header: 'Fields filled in',
  duration: (time: string) => `in ${time}`,
  note: 'Of the stored rows, only these fields were written. From now on they are synced like all others.',
};

/** What a modal shows while its content is fetched, or when that failed. */
export const loading = {
  credentials: 'One moment, please.',
  fields: 'Reading the fields from Dynamics 365.',
  start: 'Counting the rows in Dynamics 365.',
  entities: 'Looking for custom entities in Dynamics 365.',
  note: 'This usually takes a few seconds.',
  close: 'Close',
};

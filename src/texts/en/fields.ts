import { fields as fieldCount } from './format.ts';

/** The modal `fields`. */
export const fields = {
  title: 'Fields to sync',
  submit: 'Save',
  intro: 'Choose the fields to sync. Type to search by label or by name.',
  deleteNote:
    'Before you delete a synced field in Dynamics 365, pause the sync. Afterwards save this list again.',
  always: (names: string) => `Always synced: ${names}`,
  label: (entity: string) => `Fields of ${entity}`,
  placeholder: 'Search fields',
  hidden: (count: number) =>
    `${fieldCount(count)} more cannot be shown in this list. They stay selected when you save.`,
  filterLabel: (entity: string) => `Filter of ${entity}`,
  /** At most 75 characters each. */
  filterOption: 'Keep out rows where new_synctomkto is No',
  filterDescription: 'Yes and empty are synced. Rows set to No later stay, but get stale.',
  filterNote:
    'A row set from No to Yes is synced at the next cycle. If a workflow sets the value, make No its default: workflows do not touch older rows.',
  filterMissing:
    'To filter rows, add a Yes/No column named exactly new_synctomkto to the table in Dynamics 365, then open this list again.',
  nothing: 'No table could be read.',
};

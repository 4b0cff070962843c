import { fields as fieldCount, format, rows } from './format.ts';

/** The modal `fields`. */
export const fields = {
  title: 'Fields to sync',
  submit: 'Save',
  intro: 'Choose the fields to sync. Type to search by label or by name. Images and files cannot be synced.',
  deleteNote:
    'Before you delete a synced field in Dynamics 365, pause the sync. Afterwards save this list again.',
  chosen: (chosen: number, all: number) => `${format.number(chosen)} of ${fieldCount(all)} selected`,
  always: (names: string) => `Always synced: ${names}`,
  label: (entity: string) => `Fields of ${entity}`,
  labelOfPart: (entity: string, part: number, parts: number) =>
    `Fields of ${entity}, part ${format.number(part)} of ${format.number(parts)}`,
  placeholder: 'Search fields',
  hidden: (count: number) =>
    `${fieldCount(count)} more cannot be shown in this list. They stay selected when you save.`,
  tooMany: (count: number) =>
    `${count === 1 ? '1 more table does' : `${format.number(count)} more tables do`} not fit into this dialog. They stay as they are.`,
  filterLabel: (entity: string) => `Filter of ${entity}`,
  /** At most 75 characters each. */
  filterOption: 'Keep out rows where new_synctomkto is No',
  filterDescription: 'Yes and empty are synced. Rows set to No later stay, but get stale.',
  filterCount: (through: number, yes: number, empty: number, no: number) =>
    `Lets ${rows(through)} through (${format.number(yes)} Yes, ${format.number(empty)} empty), keeps ${format.number(no)} out (No).`,
  filterCounting: 'Counting the rows…',
  filterUncounted: 'The rows cannot be counted at the moment.',
  filterNote:
    'A row set from No to Yes is synced at the next cycle. If a workflow sets the value, make No its default: workflows do not touch older rows.',
  filterMissing:
    'To filter rows, add a Yes/No column named exactly new_synctomkto to the table in Dynamics 365, then open this list again.',
  nothing: 'No table could be read.',
  custom: 'To add custom entities, type `/dynamics entities`.',
  changes: 'Changes',
  noChanges: 'Nothing changed so far.',
  defaultsChosen: 'Nothing is saved yet. Saving takes the default fields.',
  whenRunning:
    'Fields you add are read for all rows. Fields you take out stay in the database, but get stale.',
  whenRemoved: 'Fields you take out stay in the database, but get stale.',
  overtaken: (user: string, date: string) =>
    `${user} saved the fields ${date}, while this list was open. Nothing of yours was saved. Here is what is saved now.`,
  theirs: 'What they changed',
  yours: 'What you had changed',
  saved: 'The fields are saved.',
  savedUnchanged: 'The fields are saved. Nothing has changed.',
  types: {
    BigInt: 'Whole number',
    Boolean: 'Yes/No',
    Customer: 'Lookup',
    DateOnly: 'Date',
    DateTime: 'Date and time',
    Decimal: 'Decimal number',
    Double: 'Decimal number',
    EntityName: 'Table name',
    Integer: 'Whole number',
    Lookup: 'Lookup',
    Memo: 'Multiline text',
    Money: 'Currency',
    MultiSelectPicklist: 'Choices',
    Owner: 'Owner',
    Picklist: 'Choice',
    State: 'Status',
    Status: 'Status reason',
    String: 'Text',
    Uniqueidentifier: 'Unique ID',
  },
};

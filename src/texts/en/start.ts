import { rows } from './format.ts';

/** The modal `start`. */
export const start = {
  title: 'Start the sync',
  submit: 'Continue',
  intro: (name: string) => `Please read this before ${name} is copied.`,
  overtaken: (user: string, date: string) =>
    `${user} changed the fields or the start meanwhile (${date}). This is how it stands now. Please review it and continue once more.`,
  warningsTitle: 'Good to know',
  warnings: {
    irreversible: 'The organization cannot be changed. Another one needs its own installation.',
    address: (url: string) => `Everything is read from ${url}. Check the address once more.`,
    filter: (names: string) =>
      `Filter on for ${names}: only an explicit No keeps a row out. Empty values are synced.`,
    duplicates:
      'Duplicates are not detected, neither within Dynamics 365 nor against people already in the database.',
    duration:
      'The initial sync may take hours, with a lot of data even days. You get a message in Slack when it has completed.',
    customEntities: 'Custom entities are not part of the initial sync.',
    direction: 'Data flows from Dynamics 365 to the marketing database only.',
    deletes: 'Rows deleted in Dynamics 365 are marked as deleted and stay in the database.',
  },
  rowsTitle: 'Rows to copy',
  total: (count: number) => `Total: ${rows(count)}`,
  duration: (time: string) => `Expected time: ${time}`,
  durationNote: 'An estimate. It takes longer while Dynamics 365 limits requests.',
  durationUnknown: 'The time cannot be estimated: Dynamics 365 does not say how many rows there are.',
  durationAtLeast: 'Some tables are not counted, so it may take longer.',
  channelLabel: 'Where to post the progress',
  channelHint: 'The bot must be a member. In a private channel, type /invite @Dynamics Sync first.',
  emailLabel: 'Email address for the completion notice',
  emailHint: 'The notice in Slack comes in any case.',
  emailOff: 'No mail server is set up, so the notice comes in Slack only.',
  acknowledgeLabel: 'Please tick all',
  /** At most 75 characters each. */
  acknowledgements: [
    'This is the right organization. It cannot be changed later.',
    'I have checked the fields and the filter.',
    'I know that duplicates are not detected.',
  ],
  errors: {
    acknowledge: 'Tick every line to continue.',
    email: 'Enter an email address such as name@contoso.com, or leave this empty.',
    channelUnreachable:
      'The bot cannot post there. Type /invite @Dynamics Sync in that channel, then try again.',
    channelExternal: 'This channel is shared with another company. Choose an internal one.',
    channel: 'Choose where the progress is posted.',
  },
};

/** Channels that are told about the sync. */
export const subscriptions = {
  kinds: {
    problems: 'what goes wrong, as soon as it does',
    daily: 'a summary every morning',
    all: 'what goes wrong, a summary every morning, and what admins do',
  },
  begun: (what: string) => `This channel is now told about the sync with Dynamics 365: ${what}.`,
  by: (user: string) => `Subscribed by ${user}`,
  howToEnd: 'It ends with `/dynamics unsubscribe`.',
  already: (what: string) => `This channel is already told: ${what}.`,
  usage:
    'Type `/dynamics subscribe problems`, `/dynamics subscribe daily` or `/dynamics subscribe all` in the channel.',
  noChannel: 'Please type this in the channel that is to be told.',
  external: 'This channel is shared with another company. Please choose an internal one.',
  ended: 'This channel is not told about the sync any more.',
  none: 'This channel was not subscribed.',
  /** By what Slack says. */
  problems: {
    not_in_channel: (channel: string) =>
      `The bot cannot post in ${channel}. Type \`/invite @Dynamics Sync\` there, then try again.`,
    channel_not_found: (channel: string) =>
      `The bot cannot see ${channel}. Type \`/invite @Dynamics Sync\` there, then try again.`,
    is_archived: (channel: string) => `${channel} is archived. Please choose another channel.`,
    external: (channel: string) =>
      `${channel} is shared with another company now. Please subscribe an internal channel.`,
    restricted_action: (channel: string) =>
      `Only some people may post in ${channel}. Ask a workspace admin to let the app post there.`,
    other: (channel: string) =>
      `The bot cannot post in ${channel}. Type \`/invite @Dynamics Sync\` there and check who may post, then try again.`,
  },
  broken: (channel: string) => `You subscribed ${channel} to the sync, but it cannot be told any more.`,
};

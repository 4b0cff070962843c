/** What the bot may do in Slack, each with the reason; the manifest asks for them, and carries the reasons along. */
export interface Scope {
  name: string;
  why: string;
}

export const scopes: readonly Scope[] = [
  { name: 'commands', why: 'the slash command and the shortcut' },
  { name: 'chat:write', why: 'the setup card, the progress message, private answers' },
  { name: 'users:read', why: 'who is an admin, and who reads which language' },
  { name: 'im:history', why: 'words written to the bot in a direct message' },
  { name: 'im:read', why: 'whose direct message it is, and so which language it is in' },
  { name: 'im:write', why: 'notices to an admin in a direct message' },
  { name: 'app_mentions:read', why: 'words after a mention' },
  { name: 'files:write', why: 'the picture of the last 24 hours, and the failed rows as CSV' },
  { name: 'channels:read', why: 'the language of a public channel, and whether others read along' },
];

/** An admin who approves the app may leave these out. */
export const optionalScopes: readonly Scope[] = [
  { name: 'groups:read', why: 'the same of a private channel' },
  { name: 'chat:write.public', why: 'posting the progress in a public channel without an invitation' },
];

/** What an app that was installed before a scope was added has to be installed again for. */
export const missingScopes = (granted: readonly string[]): Scope[] =>
  scopes.filter(({ name }) => !granted.includes(name));

import { z } from 'zod';
import { logLevels } from '../lib/log.ts';

/** One setting: how it is checked, what it means in one line, and where an operator finds its value. */
export interface Setting {
  schema: z.ZodType;
  help: string;
  where?: string;
}

/** White space around a value is never meant: it comes from files in which secrets are kept. */
const blankIsAbsent = (value: unknown): unknown =>
  typeof value === 'string' ? value.trim() || undefined : value;

function optional<T extends z.ZodType>(schema: T) {
  return z.preprocess(blankIsAbsent, schema.optional());
}

function withDefault<T extends z.ZodType>(schema: T, value: NonNullable<z.input<T>>) {
  return z.preprocess((given) => blankIsAbsent(given) ?? value, schema);
}

const list = z.string().transform((text) =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== ''),
);

const wholeNumber = (min: number, max: number) =>
  z.coerce
    .number({ error: 'must be a whole number' })
    .int('must be a whole number')
    .min(min, `must be ${min} or more`)
    .max(max, `must be ${max} or less`);

const url = (pattern: RegExp, example: string) =>
  z.string().regex(pattern, `must look like ${example}`).refine(URL.canParse, `must look like ${example}`);

const key = z
  .string()
  .transform((text) => Buffer.from(text.trim(), 'base64'))
  .refine((bytes) => bytes.length === 32, 'must be 32 bytes in base64');

const yesOrNo = z
  .string()
  .transform((text) => text.trim().toLowerCase())
  .pipe(z.enum(['true', 'false'], { error: 'must be true or false' }))
  .transform((text) => text === 'true');

/** The name of this computer: what goes there goes over no network. */
const isLocal = ({ hostname }: URL): boolean => hostname === '127.0.0.1' || /(^|\.)localhost$/.test(hostname);

const publicUrl = z
  .string()
  .transform((text) => text.trim().replace(/\/+$/, ''))
  .refine((text) => {
    const url = URL.parse(text);
    return (
      url !== null &&
      url.search === '' &&
      (url.protocol === 'https:' || (url.protocol === 'http:' && isLocal(url)))
    );
  }, 'must look like https://sync.example.com');

const noGraphUrl = 'must look like https://graph.microsoft.com, or be "off"';
const graphUrl = z.union(
  [
    z.literal('off').transform(() => null),
    url(/^https:\/\//, 'https://graph.microsoft.com').transform((text) => new URL(text).origin),
  ],
  { error: noGraphUrl },
);

const noReferences = 'must be references, comma separated, e.g. env:DYNAMICS_*, file:/run/secrets/*; or off';
const references = z.union(
  [
    z.literal('off').transform((): string[] => []),
    list.pipe(z.array(z.string().regex(/^(env:[\w*]+|file:\/[^\s,]+)$/, noReferences))),
  ],
  { error: noReferences },
);

const later = (what: string) =>
  optional(z.string().refine(() => false, `must be left out: ${what} is not available in this version`));

/** Every setting of the bot, in the order of the documentation. */
export const settings = {
  SLACK_BOT_TOKEN: {
    schema: z.preprocess(
      blankIsAbsent,
      z.string({ error: 'is missing' }).startsWith('xoxb-', 'must start with xoxb-'),
    ),
    help: 'Token of the bot user.',
    where: 'api.slack.com/apps, your app, "OAuth & Permissions"',
  },
  SLACK_APP_TOKEN: {
    schema: optional(z.string().startsWith('xapp-', 'must start with xapp-')),
    help: 'Given: Slack is reached by Socket Mode, no public address is needed.',
    where: 'api.slack.com/apps, your app, "Basic Information", "App-Level Tokens", scope connections:write',
  },
  SLACK_SIGNING_SECRET: {
    schema: optional(z.string().min(1)),
    help: 'Given without SLACK_APP_TOKEN: Slack sends to /slack/events of this server.',
    where: 'api.slack.com/apps, your app, "Basic Information", "App Credentials"',
  },
  SLACK_API_URL: {
    schema: withDefault(
      url(/^https?:\/\//, 'https://slack.com/api/').transform((text) =>
        text.endsWith('/') ? text : `${text}/`,
      ),
      'https://slack.com/api/',
    ),
    help: 'Where the Web API is; for tests and proxies.',
  },
  PORT: {
    schema: withDefault(wholeNumber(0, 65_535), '3000'),
    help: 'Port of the HTTP server; 0 takes a free one and logs it.',
  },
  HOST: { schema: withDefault(z.string(), '0.0.0.0'), help: 'Address the HTTP server listens on.' },
  DATA_DIR: {
    schema: withDefault(z.string(), './data'),
    help: 'Folder of the state file, the SQLite database and the key file.',
  },
  ENCRYPTION_KEY: {
    schema: optional(list.pipe(z.array(key).min(1))),
    help: 'Seals the stored credentials: 32 bytes in base64; several, comma separated: the first seals, all open.',
    where: 'Make one with "openssl rand -base64 32". Left out: a key file is made in DATA_DIR',
  },
  DATABASE_URL: {
    schema: later('PostgreSQL'),
    help: 'Not available yet: state and destination in PostgreSQL.',
  },
  DESTINATION: {
    schema: withDefault(
      z.literal('sqlite', { error: 'must be sqlite: other destinations are not available in this version' }),
      'sqlite',
    ),
    help: 'Where the rows go.',
  },
  PUBLIC_URL: {
    schema: optional(publicUrl),
    help: 'Where browsers reach this server, https://…: given, secrets may be entered on a page of its own instead of in Slack.',
    where: 'The address of the reverse proxy in front of PORT',
  },
  SECRET_REFERENCES: {
    schema: withDefault(references, 'env:DYNAMICS_*,file:/run/secrets/*'),
    help: 'Secrets on this machine that admins may refer to instead of typing one, comma separated; * stands for anything but a slash; off: none. Settings of the bot itself are never read.',
  },
  REQUIRE_SECOND_ADMIN: {
    schema: withDefault(yesOrNo, 'false'),
    help: 'true: the organization must be confirmed by another admin than the one who entered the credentials.',
  },
  ADMIN_USERS: {
    schema: withDefault(
      list.pipe(z.array(z.string().regex(/^[UW][A-Z0-9]+$/, 'must be Slack user ids, comma separated'))),
      '',
    ),
    help: 'Slack user ids, comma separated, that count as admins besides workspace admins and owners.',
    where: 'In Slack: a profile, "Copy member ID"',
  },
  SYNC_INTERVAL_SECONDS: {
    schema: withDefault(wholeNumber(1, 86_400), '300'),
    help: 'Pause after a cycle has ended, in seconds.',
  },
  AZURE_AUTHORITY_HOST: {
    schema: optional(
      url(/^https:\/\//, 'https://login.microsoftonline.com').transform((text) => new URL(text).origin),
    ),
    help: "Entra ID's host, when it does not follow from the organization's cloud.",
  },
  MICROSOFT_GRAPH_URL: {
    schema: optional(graphUrl),
    help: "Microsoft Graph's host, when it does not follow from the organization's cloud; off: it is never asked when the secret expires.",
  },
  DYNAMICS_ALLOWED_HOSTS: {
    schema: withDefault(
      list.transform((hosts) => hosts.map((host) => host.toLowerCase())),
      '',
    ),
    help: 'Extra host or host:port, comma separated, accepted as an organization; for tests.',
  },
  SMTP_URL: {
    schema: optional(url(/^smtps?:\/\//, 'smtps://user:password@mail.example.com')),
    help: 'Mail server for the mails about the completion and about stops; without it there are none.',
  },
  MAIL_FROM: {
    schema: optional(z.string().includes('@', { error: 'must be an e-mail address' })),
    help: 'Sender of the mail; needed with SMTP_URL.',
  },
  LOG_LEVEL: {
    schema: withDefault(z.enum(logLevels, { error: `must be one of ${logLevels.join(', ')}` }), 'info'),
    help: 'How much is logged, as JSON lines on stdout.',
  },
} as const satisfies Record<string, Setting>;

export type SettingName = keyof typeof settings;

import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readKeyFile } from '../../src/config/key-file.ts';
import { parseConfig, readEnvironment } from '../../src/config/load.ts';
import { settings } from '../../src/config/settings.ts';

const enough = { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_APP_TOKEN: 'xapp-1' };
const problemsOf = (env: Record<string, string>) => {
  const parsed = parseConfig(env);
  return 'problems' in parsed ? parsed.problems : [];
};

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('two tokens are enough, the rest has defaults', () => {
  const parsed = parseConfig(enough);
  expect(parsed).toMatchObject({
    config: {
      SLACK_API_URL: 'https://slack.com/api/',
      PORT: 3000,
      HOST: '0.0.0.0',
      DATA_DIR: './data',
      DESTINATION: 'sqlite',
      SYNC_INTERVAL_SECONDS: 300,
      ADMIN_USERS: [],
      LOG_LEVEL: 'info',
    },
  });
});

test('the settings about signing in, as they are written', () => {
  const configOf = (env: Record<string, string>) => {
    const parsed = parseConfig({ ...enough, ...env });
    return 'config' in parsed ? parsed.config : parsed.problems;
  };
  expect(configOf({})).toMatchObject({
    SECRET_REFERENCES: ['env:DYNAMICS_*', 'file:/run/secrets/*'],
    REQUIRE_SECOND_ADMIN: false,
  });
  expect(configOf({ SECRET_REFERENCES: 'off', MICROSOFT_GRAPH_URL: 'off' })).toMatchObject({
    SECRET_REFERENCES: [],
    MICROSOFT_GRAPH_URL: null,
  });
  expect(
    configOf({
      PUBLIC_URL: 'https://sync.example.com/bot/',
      SECRET_REFERENCES: 'env:CRM_*, file:/etc/crm/*',
      REQUIRE_SECOND_ADMIN: 'TRUE',
      MICROSOFT_GRAPH_URL: 'https://graph.microsoft.us/v1.0',
    }),
  ).toMatchObject({
    PUBLIC_URL: 'https://sync.example.com/bot',
    SECRET_REFERENCES: ['env:CRM_*', 'file:/etc/crm/*'],
    REQUIRE_SECOND_ADMIN: true,
    MICROSOFT_GRAPH_URL: 'https://graph.microsoft.us',
  });
  expect(configOf({ PUBLIC_URL: 'http://127.0.0.1:3000' })).toMatchObject({
    PUBLIC_URL: 'http://127.0.0.1:3000',
  });
});

test('every missing and wrong setting is named in one go, with where it is found', () => {
  const problems = problemsOf({
    PORT: 'many',
    ADMIN_USERS: 'aiko',
    ENCRYPTION_KEY: 'short',
    SMTP_URL: 'smtp://mail.example.com',
  });
  expect(problems.map(({ name }) => name)).toEqual([
    'SLACK_BOT_TOKEN',
    'PORT',
    'ENCRYPTION_KEY',
    'ADMIN_USERS',
    'SLACK_APP_TOKEN',
    'SLACK_SIGNING_SECRET',
    'MAIL_FROM',
  ]);
  expect(problems[0]?.where).toContain('OAuth & Permissions');
});

describe('a setting that cannot be used is refused', () => {
  test.each([
    ['SLACK_BOT_TOKEN', 'xapp-1'],
    ['PUBLIC_URL', 'sync.example.com'],
    ['PUBLIC_URL', 'http://sync.example.com'],
    ['PUBLIC_URL', 'https://sync.example.com/?a=b'],
    ['SECRET_REFERENCES', 'DYNAMICS_SECRET'],
    ['SECRET_REFERENCES', 'file:relative/*'],
    ['REQUIRE_SECOND_ADMIN', 'yes'],
    ['MICROSOFT_GRAPH_URL', 'http://graph.microsoft.com'],
    ['SLACK_APP_TOKEN', 'xoxb-1'],
    ['SLACK_API_URL', 'slack.com'],
    ['PORT', '70000'],
    ['PORT', '1.5'],
    ['SYNC_INTERVAL_SECONDS', '0'],
    ['DESTINATION', 'marketo'],
    ['DATABASE_URL', 'postgres://localhost/x'],
    ['AZURE_AUTHORITY_HOST', 'http://login.example.com'],
    ['LOG_LEVEL', 'loud'],
  ])('%s=%s', (name, value) => {
    const problems = problemsOf({ ...enough, [name]: value });
    expect(problems.map((problem) => problem.name)).toEqual([name]);
    // A sentence that begins with the name, for people.
    expect(problems[0]?.problem).toMatch(/^(must|is) (?!match)/);
  });
});

test('white space around a value is not part of it', () => {
  const parsed = parseConfig({ SLACK_BOT_TOKEN: ' xoxb-1\n', SLACK_SIGNING_SECRET: 'secret\n', PORT: ' 0 ' });
  expect(parsed).toMatchObject({
    config: { SLACK_BOT_TOKEN: 'xoxb-1', SLACK_SIGNING_SECRET: 'secret', PORT: 0 },
  });
});

test('an empty setting counts as left out', () => {
  expect(problemsOf({ ...enough, PORT: '', SMTP_URL: ' ', ENCRYPTION_KEY: '' })).toEqual([]);
});

test('several keys: the first seals, all open', () => {
  const [one, two] = [Buffer.alloc(32, 1), Buffer.alloc(32, 2)];
  const parsed = parseConfig({
    ...enough,
    ENCRYPTION_KEY: `${one.toString('base64')}, ${two.toString('base64')}`,
  });
  expect(parsed).toMatchObject({ config: { ENCRYPTION_KEY: [one, two] } });
});

test('the .env file completes the environment and never overrules it', () => {
  writeFileSync(join(folder, '.env'), 'PORT=4000\nSLACK_BOT_TOKEN="xoxb-file"\n');
  expect(readEnvironment({ PORT: '5000' }, join(folder, '.env'))).toEqual({
    PORT: '5000',
    SLACK_BOT_TOKEN: 'xoxb-file',
  });
  expect(readEnvironment({ PORT: '5000' }, join(folder, 'none'))).toEqual({ PORT: '5000' });
});

test('.env.example and the documentation name every setting', () => {
  const root = join(import.meta.dirname, '..', '..');
  for (const file of ['.env.example', 'docs/settings.md']) {
    const text = readFileSync(join(root, file), 'utf8');
    expect(Object.keys(settings).filter((name) => !text.includes(name))).toEqual([]);
  }
});

test('the key file is made once, for its owner alone', () => {
  const first = readKeyFile(folder);
  expect(first).toHaveLength(32);
  expect(readKeyFile(folder)).toEqual(first);
  expect(statSync(join(folder, 'encryption.key')).mode & 0o777).toBe(0o600);
});

test('a damaged key file is said to be one, and left alone', () => {
  writeFileSync(join(folder, 'encryption.key'), 'abc');
  expect(() => readKeyFile(folder)).toThrow('is not a key');
  expect(readFileSync(join(folder, 'encryption.key'), 'utf8')).toBe('abc');
});

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { events, manifest } from '../manifest/app.ts';
import { writeDocument } from '../manifest/document.ts';
import { optionalScopes, scopes } from '../src/slack/scopes.ts';
import { command, shortcuts, words } from '../src/views/names.ts';

const root = new URL('../', import.meta.url);
const schemaFile = new URL('../shared/data/slack-manifest.schema.json', root);
const written = readFileSync(new URL('slack-manifest.yml', root), 'utf8');
const scopeNames = scopes.map(({ name }) => name);

/** What Slack demands before it sends an event. */
const scopeOfEvent: Record<(typeof events)[number], string | null> = {
  app_home_opened: null,
  app_mention: 'app_mentions:read',
  app_uninstalled: null,
  'message.im': 'im:history',
  tokens_revoked: null,
  user_change: 'users:read',
};

describe('the manifest', () => {
  test('is written, and up to date', () => {
    expect(written).toBe(writeDocument());
    expect(parse(written)).toEqual(manifest);
    expect(execFileSync(process.execPath, ['manifest/write.ts', '--check'], { cwd: root }).toString()).toBe(
      '',
    );
  });

  test.skipIf(!existsSync(schemaFile))('is valid by the schema of Slack', () => {
    const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false });
    const isValid = ajv.compile(JSON.parse(readFileSync(schemaFile, 'utf8')));
    isValid(parse(written));
    expect(isValid.errors ?? []).toEqual([]);
  });

  test('has the command, its words and the shortcut of the code', () => {
    const [slash] = manifest.features.slash_commands;
    expect(slash?.command).toBe(command);
    expect(slash?.usage_hint.split(' | ')).toEqual(Object.keys(words));
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(
      Object.values(shortcuts),
    );
  });

  test('asks for the scopes its parts need, each once and with a reason', () => {
    expect(scopeNames).toEqual(expect.arrayContaining(['commands', 'chat:write', 'users:read']));
    for (const event of events) {
      const scope = scopeOfEvent[event];
      if (scope) expect(scopeNames).toContain(scope);
    }
    const all = [...scopeNames, ...optionalScopes.map(({ name }) => name)];
    expect(new Set(all).size).toBe(all.length);
    for (const { why } of [...scopes, ...optionalScopes]) expect(written).toContain(why);
  });

  test('connects by Socket Mode, and says how to change that', () => {
    expect(manifest.settings.socket_mode_enabled).toBe(true);
    expect(manifest.settings.interactivity.is_enabled).toBe(true);
    expect(written).toMatch(/request_url: https:\/\/bot\.example\.com\/slack\/events/);
  });
});

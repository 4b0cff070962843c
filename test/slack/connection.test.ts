import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { createLogger } from '../../src/lib/log.ts';
import { createSlackLine } from '../../src/slack/connection.ts';
import { createSlackHealth } from '../../src/slack/health.ts';
import { scopes } from '../../src/slack/scopes.ts';
import { SECRETS, startWorkspace } from '../sandbox/slack-harness.ts';

async function linesOf(granted: string[] | undefined): Promise<string[]> {
  const slack = await startWorkspace(granted ? { scopes: granted } : {});
  onTestFinished(() => slack.close());
  const lines: string[] = [];
  const log = createLogger({ level: 'warn', write: (line) => lines.push(line) });
  const clock = systemClock;
  const settings = { token: SECRETS.botToken, apiUrl: slack.apiUrl, appToken: undefined };
  const line = createSlackLine(
    { ...settings, signingSecret: SECRETS.signingSecret },
    { health: createSlackHealth({ clock, log }), clock, log },
  );
  await line.open({ patient: false });
  expect(line.problem()).toBe(null);
  await line.close();
  return lines;
}

test('an app that was installed without some of its scopes is said to lack them, and what for', async () => {
  const names = scopes.map(({ name }) => name);
  const [line, ...others] = await linesOf(names.filter((name) => name !== 'files:write'));
  expect(others).toEqual([]);
  expect(JSON.parse(line ?? '')).toMatchObject({
    msg: expect.stringContaining('files:write'),
    scopes: { 'files:write': expect.stringContaining('picture') },
  });
  expect(await linesOf(names)).toEqual([]);
  expect(await linesOf(undefined)).toEqual([]);
});

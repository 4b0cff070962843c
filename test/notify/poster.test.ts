import { WebClient } from '@slack/web-api';
import { expect, onTestFinished, test } from 'vitest';
import { silentLogger } from '../../src/lib/log.ts';
import { createPoster } from '../../src/notify/poster.ts';
import { textMessage } from '../../src/views/message.ts';
import { MARKETING, QUIET, SECRETS, startWorkspace } from '../sandbox/slack-harness.ts';

test('what Slack does not take at the moment is no refusal, unless somebody waits for it', async () => {
  const slack = await startWorkspace();
  onTestFinished(() => slack.close());
  const client = new WebClient(SECRETS.botToken, { slackApiUrl: slack.apiUrl, logger: QUIET });
  const readers = { of: async () => ({ language: 'en', isExternal: false }) as const };
  const poster = createPoster(client, readers, silentLogger);
  const written = () => textMessage('Hello');
  const ref = await poster.post(MARKETING, written);
  slack.play({ method: 'chat.update', error: 'internal_error' });
  await expect(poster.edit(ref, written)).rejects.toThrow('internal_error');
  slack.play({ method: 'chat.update', error: 'edit_window_closed' });
  expect(await poster.edit(ref, written)).toBe('refused');
  expect(await poster.edit({ ...ref, ts: '1.1' }, written)).toBe('gone');

  slack.play({ method: 'chat.postMessage', error: 'internal_error' });
  await expect(poster.postFirst([MARKETING, 'U0TOM'], written)).rejects.toThrow('internal_error');
  for (const [error, isUrgent] of [
    ['internal_error', true],
    ['is_archived', false],
  ] as const) {
    slack.play({ method: 'chat.postMessage', error });
    expect((await poster.postFirst([MARKETING, 'U0TOM'], written, isUrgent))?.channel).toBe('D0TOM');
  }
});

import { WebClient } from '@slack/web-api';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { type ConnectionStore, emptyDocument } from '../../src/ports/connection-store.ts';
import { createHomes } from '../../src/slack/homes.ts';
import { createPeople } from '../../src/slack/people.ts';
import { QUIET, SECRETS, startWorkspace, TOM } from '../sandbox/slack-harness.ts';

test('a home that Slack does not take does not hold up the end of the process', async () => {
  const slack = await startWorkspace();
  onTestFinished(() => slack.close());
  const client = new WebClient(SECRETS.botToken, { slackApiUrl: slack.apiUrl, logger: QUIET });
  const store: ConnectionStore = {
    read: async () => ({ ...emptyDocument, homes: [TOM] }),
    update: async () => emptyDocument,
    history: async () => [],
  };
  const parts = { client, store, clock: systemClock, log: silentLogger };
  const people = createPeople({ ...parts, adminUsers: [], teamId: () => null, choices: () => store.read() });
  await Promise.all([people.find(TOM), people.adminIds()]);
  const asked = Promise.withResolvers<void>();
  const homes = createHomes({
    ...parts,
    people,
    destination: {
      tallies: async () => {
        asked.resolve();
        return [];
      },
      lastCycle: async () => null,
    },
    schemas: { atHand: () => null, rowsAtHand: () => null },
    progress: () => null,
    secondAdmin: false,
  });
  slack.play({ method: 'views.publish', retryAfter: 60 });
  homes.refresh();
  await asked.promise;
  const end = await Promise.race([
    homes.stop().then(() => 'ended'),
    systemClock.sleep(3_000).then(() => 'held up'),
  ]);
  expect(end).toBe('ended');
});

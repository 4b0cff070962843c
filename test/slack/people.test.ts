import { WebClient } from '@slack/web-api';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/log.ts';
import type { Setup } from '../../src/model/setup.ts';
import { WORKSPACE_SEED } from '../../src/sandbox/slack/workspace-seed.ts';
import { createPeople } from '../../src/slack/people.ts';
import { AIKO, EVE, QUIET, SECRETS, startWorkspace, TOM } from '../sandbox/slack-harness.ts';
import { setups } from '../views/samples.ts';

const members = WORKSPACE_SEED.users.filter(({ is_admin, is_owner }) => !is_admin && !is_owner);
const admins = WORKSPACE_SEED.users.filter(({ is_admin, is_owner }) => is_admin || is_owner);
const [member] = members.filter(({ id }) => id === 'U0MIA');

async function openPeople(
  setup: Setup = { step: 'new' },
  more: { adminUsers?: string[]; extra?: number } = {},
) {
  const { adminUsers = [], extra = 0 } = more;
  const crowd = Array.from({ length: extra }, (_, index) => ({
    ...member,
    id: `U1${index}`,
    name: `u${index}`,
  }));
  const slack = await startWorkspace({ users: [...members, ...crowd, ...admins] as typeof members });
  onTestFinished(() => slack.close());
  const client = new WebClient(SECRETS.botToken, {
    slackApiUrl: slack.apiUrl,
    logger: QUIET,
    retryConfig: { retries: 0 },
  });
  const people = createPeople({
    client,
    adminUsers,
    teamId: () => 'T0CONTOSO',
    choices: async () => ({ allowed: [], languages: {}, setup }),
    clock: systemClock,
    log: silentLogger,
  });
  return { slack, people };
}

test('the admins of a large workspace are found, on whatever page they are', async () => {
  const { people, slack } = await openPeople({ step: 'new' }, { extra: 2_500 });
  expect((await people.adminIds()).sort()).toEqual([AIKO, TOM]);
  const asked = slack.calls.filter(({ method }) => method === 'users.list').length;
  await people.adminIds();
  expect(slack.calls.filter(({ method }) => method === 'users.list')).toHaveLength(asked);
});

test('where Slack lists nobody, those are named who set it up, and whom the operator names, if they still may', async () => {
  const setup = { ...setups.unconfirmed, enteredBy: AIKO } as Setup;
  const { people, slack } = await openPeople(setup, { adminUsers: [EVE, 'U0MIA'] });
  slack.play({ method: 'users.list', error: 'missing_scope', times: 100 });
  expect(await people.adminIds()).toEqual([AIKO, 'U0MIA']);
});

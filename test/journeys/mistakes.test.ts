import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startDataverse } from '../../src/sandbox/dataverse/server.ts';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { visibleWords } from '../../src/sandbox/slack/visible-words.ts';
import {
  channel,
  chooseFields,
  completion,
  connect,
  hasButton,
  isReply,
  openStage,
  privateAnswer,
  requestStart,
  startSync,
} from './stage.ts';

test('malformed input comes back on the input itself and nothing typed is lost', async () => {
  const { tom, world } = await openStage();
  await tom.command('/dynamics setup', channel);
  await tom.waitForView('credentials');
  const refused = await tom.submit({
    ...world.credentials,
    organization_url: 'https://evil.example',
    tenant_id: 'contoso',
    client_id: '123',
    username: 'tom',
  });
  expect(Object.keys(('errors' in refused && refused.errors) || {}).sort()).toEqual([
    'client_id',
    'organization_url',
    'tenant_id',
    'username',
  ]);
  expect(world.dataverse.requests).toEqual([]);
  await tom.submit({ ...world.credentials });
  await tom.waitForMessage(hasButton('organization.confirm'));
});

test('a wrong secret is said to be one, all else stays typed, and the right one then works', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  await tom.command('/dynamics setup', channel);
  await tom.waitForView('credentials');
  await tom.submit({ ...world.credentials, client_secret: 'wrong-secret-value' });
  const again = await tom.waitForView(
    ({ view }) => Boolean(view.submit) && visibleWords(view).includes('not reached'),
  );
  expect(visibleWords(again.view)).toMatch(/secret/i);
  expect(visibleWords(again.view)).toContain('7000215');
  expect(JSON.stringify(again.view)).not.toContain('wrong-secret-value');
  const { client_secret: secret = '', ...others } = world.credentials;
  for (const value of Object.values(others)) expect(JSON.stringify(again.view)).toContain(value);

  await tom.submit({ client_secret: secret });
  await tom.waitForMessage(hasButton('organization.confirm'));
  const state = readFileSync(join(world.dataDir, 'state.json'), 'utf8');
  const everything = [state, ...stage.bot().lines, JSON.stringify(world.slack.calls)].join('\n');
  expect(everything).not.toContain('wrong-secret-value');
  expect(everything).not.toContain(secret);
});

test('when Dynamics is unreachable the modal says so and can be submitted again', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  const nowhere = 'https://gone.localhost:1';
  await stage.killAndRestart({
    DYNAMICS_ALLOWED_HOSTS: `${new URL(world.dataverse.origin).host},gone.localhost:1`,
  });
  await tom.command('/dynamics setup', channel);
  await tom.waitForView('credentials');
  await tom.submit({ ...world.credentials, organization_url: nowhere });
  await tom.waitForView(({ view }) => Boolean(view.submit) && visibleWords(view).includes('failed'));
  await tom.submit({ ...world.credentials });
  await tom.waitForMessage(hasButton('organization.confirm'));
});

test('another organization is refused once one is confirmed, by its id, and nothing changes', async () => {
  const stage = await openStage();
  const { tom, world } = stage;
  const { entra } = world;
  await startSync(stage, tom);
  await completion(tom);
  const other = await startDataverse({
    tls: world.tls,
    entra,
    seed: 2,
    rows: 200,
    host: 'fabrikam.crm7.dynamics.localhost',
  });
  try {
    await stage.killAndRestart({
      DYNAMICS_ALLOWED_HOSTS: `${new URL(world.dataverse.origin).host},${new URL(other.origin).host}`,
    });
    await tom.command('/dynamics credentials', channel);
    await tom.waitForView('credentials');
    const answer = await tom.submit({
      ...world.credentials,
      organization_url: other.origin,
      username: other.applicationUser.email,
    });
    expect(answer.ok).toBe(true);
    const refused = await tom.waitForView(
      ({ view }) => Boolean(view.submit) && visibleWords(view).includes('failed'),
    );
    expect(visibleWords(refused.view)).toContain(world.dataverse.organization.friendlyName);
    await tom.close();
    expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toMatch(/Running/);
  } finally {
    await other.close();
  }
});

test('two admins at once: the second one confirms nothing twice and is told who was faster', async () => {
  const stage = await openStage();
  const { tom, aiko } = stage;
  const card = await connect(stage, tom);
  const press = (admin: typeof tom) => admin.press('organization.confirm', { confirm: true, message: card });
  await Promise.all([press(tom), press(aiko)]);
  await tom.waitForMessage(hasButton('fields.edit'));
  const [told] = await tom.waitFor('one of them being told', () => {
    const answers = [...tom.ephemerals(), ...aiko.ephemerals()];
    return answers.length > 0 ? answers : undefined;
  });
  const [winner, loser] = told?.ephemeral_for === 'U0TOM' ? ['U0AIKO', 'U0TOM'] : ['U0TOM', 'U0AIKO'];
  expect(told?.ephemeral_for).toBe(loser);
  expect(messageWords(told ?? card)).toContain(`<@${winner}>`);
});

test('a double click on Start is one run', async () => {
  const stage = await openStage();
  const { tom } = stage;
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom);
  const card = await requestStart(tom);
  const press = () => tom.press('start.confirm', { confirm: true, message: card });
  await Promise.all([press(), press(), press()]);
  await completion(tom);
  const posts = tom
    .messages(channel)
    .filter((message) => messageWords(message).includes('completed') && isReply(message));
  expect(posts).toHaveLength(1);
  const reads = stage.world.dataverse.requests.filter(
    ({ path }) => /\/leads\?/.test(path) && !path.includes('deltatoken'),
  );
  // One light walk for the delta link, the read of the check, and the copy itself.
  expect(reads.filter(({ path }) => path.includes('emailaddress1'))).toHaveLength(1);
});

test('who is no admin changes nothing and sees nothing, on any path', async () => {
  const stage = await openStage();
  const { tom, mia, world } = stage;
  for (const word of [
    'setup',
    'validate',
    'fields',
    'credentials',
    'pause',
    'resume',
    'history',
    '設定',
    '停止',
  ]) {
    const answer = await privateAnswer(mia, () => mia.command(`/dynamics ${word}`, channel));
    expect(answer).toMatch(/<@U0(TOM|AIKO)>/);
  }
  expect(mia.topView()).toBeUndefined();
  const card = await connect(stage, tom);
  const refused = await privateAnswer(mia, () =>
    mia.press('organization.confirm', { confirm: true, message: card }),
  );
  expect(refused).toMatch(/<@U0(TOM|AIKO)>/);
  expect(tom.messages(channel).find(({ ts }) => ts === card.ts)).toSatisfy(hasButton('organization.confirm'));
  const gary = stage.person('U0GARY');
  expect(gary.state().me.is_restricted).toBe(true);
  await tom.command('/dynamics history', channel);
  await tom.waitForMessage((message) => messageWords(message).includes('<@U0MIA>'));
  expect(world.slack.calls.filter(({ method, ok }) => method !== 'users.info' && !ok)).toEqual([]);
});

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import { visibleWords } from '../../src/sandbox/slack/visible-words.ts';
import {
  channel,
  chooseFields,
  completion,
  connect,
  hasButton,
  openStage,
  type Person,
  privateAnswer,
  requestStart,
  type Stage,
  until,
} from './stage.ts';

/** The four values that are no secret. */
const application = ({ world }: Stage) => {
  const { client_secret: _, ...values } = world.credentials;
  return values;
};

const everything = (stage: Stage): string =>
  [
    readFileSync(join(stage.world.dataDir, 'state.json'), 'utf8'),
    ...stage.bot().lines,
    JSON.stringify(stage.world.slack.calls),
  ].join('\n');

async function choose(admin: Person, way: string, input: string | null): Promise<void> {
  await admin.select('sign_in', way);
  await admin.waitForView(({ view }) => {
    const inputs = JSON.stringify(view);
    return input ? inputs.includes(`"block_id":"${input}"`) : !inputs.includes('"block_id":"client_secret"');
  });
}

const checked = (admin: Person) =>
  admin.waitForView(({ view }) => !view.submit && JSON.stringify(view).includes('All checks passed'));

test('a certificate and a secret that the operator holds are read when they are needed, by the sync as well', async () => {
  const stage = await openStage({ everyWay: true, environment: { LOG_LEVEL: 'debug' } });
  const { tom, world } = stage;
  await tom.command('/dynamics validate', channel);
  const modal = await tom.waitForView('validate');
  expect(visibleWords(modal.view)).toContain('Sign in with');
  await tom.fill(application(stage));
  await choose(tom, 'reference', 'secret_reference');
  await tom.submit({ ...application(stage), secret_reference: 'env:DYNAMICS_CLIENT_SECRET' });
  await checked(tom);
  await tom.close();

  await tom.command('/dynamics setup', channel);
  await tom.waitForView('credentials');
  // What stands in its own input means the same.
  const refused = await tom.submit({ ...world.credentials, client_secret: 'env:SLACK_BOT_TOKEN' });
  expect(Object.keys(('errors' in refused && refused.errors) || {})).toEqual(['client_secret']);
  await choose(tom, 'certificate', 'certificate');
  await tom.submit({ ...application(stage), certificate: 'env:DYNAMICS_NOTHING' });
  const missing = await tom.waitForView(
    ({ view }) => Boolean(view.submit) && visibleWords(view).includes('env:DYNAMICS_NOTHING'),
  );
  expect(visibleWords(missing.view)).toContain('There is nothing at env:DYNAMICS_NOTHING');
  await tom.submit({ certificate: world.references.certificate ?? '' });
  await tom.waitForMessage(hasButton('organization.confirm'));
  await tom.close();
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await chooseFields(tom);
  await requestStart(tom);
  await tom.press('start.confirm', { confirm: true });
  await completion(tom);
  await stage.killAndRestart();
  world.dataverse.create('contact', { lastname: 'After the restart' });
  await until(
    'the change has come',
    () => stage.sql("SELECT 1 FROM contact WHERE lastname = 'After the restart'").length > 0,
  );
  const all = everything(stage);
  expect(all).not.toContain(world.credentials.client_secret);
  expect(all).not.toContain('PRIVATE KEY');
});

test('a secret may be entered on a page of its own, and never passes through Slack', async () => {
  const stage = await openStage({ everyWay: true, environment: { LOG_LEVEL: 'debug' } });
  const { aiko, world } = stage;
  const linkOf = (admin: Person): string =>
    /http:\/\/[^"]+\/secret\/[\w-]+/.exec(JSON.stringify(admin.topView()?.view))?.[0] ?? '';
  const send = (url: string, secret: string) =>
    fetch(url, { method: 'POST', body: new URLSearchParams({ secret }) });

  await aiko.command('/dynamics 設定', channel);
  await aiko.waitForView('credentials');
  await aiko.fill(application(stage));
  await choose(aiko, 'page', null);
  const wrong = await aiko.submit({ ...application(stage), username: 'aiko' });
  expect(Object.keys(('errors' in wrong && wrong.errors) || {})).toEqual(['username']);
  await aiko.submit(application(stage));
  await aiko.waitForView(({ view }) => JSON.stringify(view).includes('/secret/'));
  const first = linkOf(aiko);
  expect(await (await fetch(first)).text()).toContain('クライアント シークレットの入力');
  expect((await send(first, 'wrong-secret-value')).status).toBe(200);
  const again = await aiko.waitForView(
    ({ view }) => Boolean(view.submit) && visibleWords(view).includes('AADSTS7000215'),
  );
  for (const value of Object.values(application(stage))) expect(JSON.stringify(again.view)).toContain(value);
  expect((await send(first, world.credentials.client_secret ?? '')).status).toBe(404);

  await aiko.submit(application(stage));
  await aiko.waitForView(({ view }) => JSON.stringify(view).includes('/secret/'));
  const second = linkOf(aiko);
  // The dialog may be closed: the card comes all the same.
  await aiko.close();
  expect((await send(second, world.credentials.client_secret ?? '')).status).toBe(200);
  const card = await aiko.waitForMessage(hasButton('organization.confirm'));
  expect(messageWords(card)).toContain(world.dataverse.organization.friendlyName);
  const all = everything(stage);
  expect(all).not.toContain(world.credentials.client_secret);
  expect(all).not.toContain('wrong-secret-value');
  for (const link of [first, second]) expect(stage.bot().lines.join()).not.toContain(link.slice(-43));
});

test('with four eyes the one who entered the credentials cannot confirm, and another admin can', async () => {
  const stage = await openStage({ environment: { REQUIRE_SECOND_ADMIN: 'true' } });
  const { tom, aiko } = stage;
  await tom.command('/dynamics validate', channel);
  const { view } = await tom.waitForView('validate');
  expect(JSON.stringify(view)).toContain('"value":"certificate"');
  // No browser reaches this bot.
  expect(JSON.stringify(view)).not.toContain('"value":"page"');
  await tom.close();
  const card = await connect(stage, tom);
  expect(messageWords(card)).toMatch(/Another admin than <@U0TOM>/);
  const refused = await privateAnswer(tom, () =>
    tom.press('organization.confirm', { confirm: true, message: card }),
  );
  expect(refused).toContain('Another admin has to confirm');
  expect(tom.messages(channel).find(({ ts }) => ts === card.ts)).toSatisfy(hasButton('organization.confirm'));
  await aiko.press('organization.confirm', { confirm: true, message: card });
  await tom.waitForMessage(hasButton('fields.edit'));
  expect(await privateAnswer(aiko, () => aiko.command('/dynamics history', channel))).toContain(
    '同じ管理者です',
  );
});

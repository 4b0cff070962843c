import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { AuditEntry } from '../../src/model/audit.ts';
import type { ConnectionDocument } from '../../src/ports/connection-store.ts';
import { buttons, modals, shortcuts, words } from '../../src/views/names.ts';
import { postSigned } from './signed.ts';
import { channel, completion, openStage, privateAnswer, type Stage, startSync, until } from './stage.ts';

const team = { id: 'T0CONTOSO' };
/** What everybody of the workspace may do. */
const forAnyone: readonly string[] = [
  'status',
  'errors',
  'help',
  'secret.open',
  'status.refresh',
  'access.ask',
];
const adminWords = Object.keys(words).filter((word) => !forAnyone.includes(word));
const adminButtons = Object.values(buttons).filter((name) => !forAnyone.includes(name));

const inModal: readonly string[] = [buttons.fieldsAll, buttons.fieldsDefaults, buttons.fieldsNone];

/** A member, a guest, somebody of another company and somebody nobody knows; two of them are named as admins. */
const people = ['U0MIA', 'U0GARY', 'U0EVE', 'U0NOBODY'];

interface Files {
  connection: ConnectionDocument;
  history: AuditEntry[];
}

const state = ({ world }: Stage): Files =>
  JSON.parse(readFileSync(join(world.dataDir, 'state.json'), 'utf8'));

/** Every way there is to try something only admins may do, as requests that Slack could have sent. */
async function tryEverything(stage: Stage, id: string): Promise<number> {
  const user = { id, team_id: id === 'U0EVE' ? 'T0FABRIKAM' : team.id };
  const message = { channel: { id: 'C0MARKETING' }, container: { type: 'message', message_ts: '1.1' } };
  const view = { id: 'V1', type: 'modal', private_metadata: '{"channel":null}', state: { values: {} } };
  for (const text of adminWords) {
    const common = { command: '/dynamics', text, user_id: id, team_id: team.id, channel_id: 'C0MARKETING' };
    await postSigned(stage, { ...common, trigger_id: `t-${text}` }, 'command');
    const said = { type: 'app_mention', channel: 'C0MARKETING', user: id, text: `<@U0SYNC> ${text}` };
    const event = { type: 'event_callback', team_id: team.id, event_id: `Ev-${id}-${text}`, event: said };
    await postSigned(stage, event, 'event');
  }
  for (const name of adminButtons) {
    const action = { type: 'button', action_id: name, block_id: 'b', action_ts: '1.1', value: 'lead' };
    const place = inModal.includes(name) ? { view: { ...view, callback_id: modals.fields } } : message;
    await postSigned(stage, { type: 'block_actions', user, team, actions: [action], ...place });
  }
  for (const callback of Object.values(modals)) {
    await postSigned(stage, {
      type: 'view_submission',
      user,
      team,
      view: { ...view, callback_id: callback },
    });
  }
  await postSigned(stage, { type: 'shortcut', callback_id: shortcuts.setup, user, team, trigger_id: 't' });
  return adminWords.length * 2 + adminButtons.length + Object.keys(modals).length + 1;
}

test('who may not do it can do it on no path: nothing changes, nothing is told, and it is in the history', async () => {
  const stage = await openStage({ environment: { ADMIN_USERS: 'U0GARY,U0EVE' } });
  const { tom, world } = stage;
  await startSync(stage, tom);
  await completion(tom);
  await until('all is told', () => state(stage).connection.completionMailed);
  const { history: _, ...before } = state(stage);
  const opened = world.slack.calls.filter(({ method }) => method === 'views.open').length;
  for (const id of people) {
    const tried = await tryEverything(stage, id);
    const refused = () =>
      state(stage).history.filter(({ by, action }) => by === id && action === 'access.refused');
    await until(`${id} was refused ${tried} times`, () => refused().length === tried);
    expect(state(stage).history.filter(({ by }) => by === id)).toHaveLength(tried);
  }
  const { history: __, ...after } = state(stage);
  expect(after).toEqual(before);
  expect(world.slack.calls.filter(({ method }) => method === 'views.open')).toHaveLength(opened);
  // Not even the words for everybody are for people of elsewhere.
  const told = [stage.person('U0EVE'), stage.person('U0GARY'), stage.mia].map((person) =>
    JSON.stringify(person.ephemerals()),
  );
  expect(told.join()).not.toContain(world.credentials.client_id);
  expect(told[0]).not.toContain(world.dataverse.organization.friendlyName);
  expect(await privateAnswer(tom, () => tom.command('/dynamics status', channel))).toContain('Running');
});

test('what somebody may do is asked of Slack once in five minutes, and at once when Slack says it has changed', async () => {
  const stage = await openStage();
  const { mia, world } = stage;
  const asked = () =>
    world.slack.calls.filter(({ method, args }) => method === 'users.info' && args.user === 'U0MIA').length;
  expect(await privateAnswer(mia, () => mia.command('/dynamics history', channel))).toContain('Only admins');
  const before = asked();
  await privateAnswer(mia, () => mia.command('/dynamics help', channel));
  await privateAnswer(mia, () => mia.command('/dynamics history', channel));
  expect(asked()).toBe(before);
  world.slack.changeUser('U0MIA', { is_admin: true });
  const answers: string[] = [];
  while (!answers.at(-1)?.includes('by <@U0') && !answers.at(-1)?.includes('History')) {
    answers.push(await privateAnswer(mia, () => mia.command('/dynamics history', channel)));
  }
  expect(asked()).toBeGreaterThan(before);
});

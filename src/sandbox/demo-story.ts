import { join } from 'node:path';
import { systemClock } from '../lib/clock.ts';
import { sandboxEntities } from './panel.ts';
import type { SandboxMessage } from './slack/page-api.ts';
import { person } from './slack/person.ts';
import { visibleWords } from './slack/visible-words.ts';
import { WORKSPACE_SEED } from './slack/workspace-seed.ts';
import { countStoredRows, findStoredRow } from './stored-rows.ts';
import type { World } from './world.ts';

type Print = (text: string) => void;

/** What the admin in the story is called, and where she does it. */
const admin = 'U0TOM';
const channel = 'marketing-ops';

/** Plays the story of the product over the same wire a person uses, and prints it. Throws where it goes wrong. */
export async function playStory(world: World, print: Print): Promise<void> {
  const tom = person(world.slack, admin);
  const { says, does } = storyteller(print, tom.state().me.real_name);
  const began = performance.now();
  const acknowledged: number[] = [];
  const acted = (result: Awaited<ReturnType<typeof tom.command>>) => {
    if (!result.ok) throw new Error(`Slack would say: ${result.error}`);
    if (result.errors) throw new Error(`The modal refuses: ${Object.values(result.errors).join(' ')}`);
    if (result.ack_ms !== undefined) acknowledged.push(result.ack_ms);
  };

  does(`types /dynamics setup in #${channel}`);
  acted(await tom.command('/dynamics setup', channel));
  await tom.waitForView('credentials');
  does('fills in the credentials and submits');
  acted(await tom.submit(world.credentials));
  const card = await tom.waitForMessage(hasButton('organization.confirm'));
  says(visibleWords(tom.topView()?.view));
  await tom.close();

  says(words(card));
  does('confirms the organization');
  acted(await tom.press('organization.confirm', { confirm: true }));
  await tom.waitForMessage(hasButton('fields.edit'));
  does('opens the fields, turns the filter on for leads, saves');
  acted(await tom.press('fields.edit'));
  await tom.waitForView(({ view }) => JSON.stringify(view).includes('filter.lead'));
  acted(await tom.submit({ 'filter.lead': true }));
  says(words(await tom.waitForMessage(hasButton('start.review'))));
  does('reviews the start');
  acted(await tom.press('start.review'));
  says(
    visibleWords((await tom.waitForView(({ view }) => JSON.stringify(view).includes('notify_channel'))).view),
  );
  acted(await tom.submit({ notify_channel: `#${channel}`, acknowledge: 'all' }));
  await tom.waitForMessage(hasButton('start.confirm'));
  does('presses Start and confirms');
  acted(await tom.press('start.confirm', { confirm: true }));

  const reply = await tom.waitForMessage(
    ({ ts, thread_ts: thread }) => thread !== undefined && thread !== ts,
  );
  says(words(reply));
  does('changes a lead in Dynamics');
  await waitUntil('the change is in the database', changeLead(world));
  says('The change has arrived in the marketing database.');
  does('asks for the status');
  acted(await tom.command('/dynamics status', channel));
  says(words(await tom.waitForMessage(hasButton('status.refresh'))));
  printCounts(world, print);
  const seconds = (performance.now() - began) / 1000;
  print(
    `\nThe story took ${seconds.toFixed(1)} s; Slack was answered within ${Math.max(...acknowledged).toFixed(0)} ms.`,
  );
}

function storyteller(print: Print, name: string) {
  return {
    does: (what: string) => print(`\n▶ ${name} ${what}`),
    says: (what: string) =>
      print(
        what
          .split('\n')
          .filter((line) => line.trim() !== '')
          .map((line) => `    ${readable(line)}`)
          .join('\n'),
      ),
  };
}

/** As Slack would show it: people by name, dates in words. */
function readable(line: string): string {
  const name = (id: string) => WORKSPACE_SEED.users.find((user) => user.id === id)?.real_name ?? id;
  const room = (id: string) => WORKSPACE_SEED.channels.find((one) => one.id === id)?.name ?? id;
  return line
    .replace(/<@(\w+)>/g, (_, id: string) => `@${name(id)}`)
    .replace(/<#(\w+)>/g, (_, id: string) => `#${room(id)}`)
    .replace(/<!date\^[^|]+\|([^>]+)>/g, '$1');
}

function words(message: SandboxMessage): string {
  return visibleWords(message.blocks);
}

function hasButton(actionId: string): (message: SandboxMessage) => boolean {
  return ({ blocks }) => JSON.stringify(blocks).includes(`"action_id":"${actionId}"`);
}

const patienceMs = 30_000;

/** For what happens outside of the workspace, which nobody hears of. */
async function waitUntil(what: string, isSo: () => boolean): Promise<void> {
  const until = systemClock.now() + patienceMs;
  while (!isSo()) {
    if (systemClock.now() > until) throw new Error(`${patienceMs} ms were not enough until ${what}.`);
    await systemClock.sleep(50);
  }
}

/** Changes a lead and says whether it is stored. */
function changeLead({ dataverse, dataDir }: World): () => boolean {
  const id = String(
    dataverse
      .table('lead')
      .all()
      .find((lead) => lead.new_synctomkto === true)?.leadid,
  );
  const subject = 'Changed in Dynamics';
  dataverse.update('lead', id, { subject });
  return () => findStoredRow(join(dataDir, 'marketing.db'), 'lead', id)?.subject === subject;
}

function printCounts(world: World, print: Print): void {
  const rows = countStoredRows(join(world.dataDir, 'marketing.db'), sandboxEntities);
  print('\nRows in Dynamics and in the marketing database:');
  sandboxEntities.forEach((entity, index) => {
    const inDynamics = world.dataverse.table(entity).count();
    print(
      `    ${entity.padEnd(12)} ${String(inDynamics).padStart(7)} ${String(rows[index]?.stored ?? 0).padStart(7)}`,
    );
  });
}

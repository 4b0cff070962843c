import { expect, test } from 'vitest';
import { openStage, type Stage, until } from '../journeys/stage.ts';
import { chromiumPath, reads, type Visit, visit } from './visit.ts';

test.skipIf(!chromiumPath)(
  'an admin clicks through the whole story and reads that it has completed',
  { timeout: 120_000 },
  async () => {
    const stage = await openStage();
    const at = await visit(stage, { name: 'story', user: 'U0TOM' });
    await connect(at, stage);
    await confirmOrganization(at, stage);
    await chooseFields(at);
    await reviewAndStart(at);
    await followTheProgress(at, stage);
    await readTheCompletion(at, stage);
    await changeALead(at, stage);
    await askForTheStatus(at);
    expect(at.problems).toEqual([]);
  },
);

async function connect(at: Visit, stage: Stage): Promise<void> {
  await reads(at.page.getByTestId('messages'), 'This is the very beginning of #marketing-ops.');
  await at.shot('empty');
  await at.send('/dynamics setup');
  const dialog = at.dialog('Connect Dynamics 365');
  await reads(dialog, 'once confirmed, the organization cannot be changed');
  await at.panel.getByRole('button', { name: 'Fill in the dialog' }).click();
  const url = dialog.getByLabel('Organization URL');
  await expect.poll(() => url.inputValue()).toBe(stage.world.credentials.organization_url);
  await at.shot('credentials');

  await url.fill('contoso');
  await dialog.getByRole('button', { name: 'Check and continue' }).click();
  await reads(dialog, 'contoso', 'Directory (tenant) ID');
  await dialog.locator('[aria-invalid="true"]').waitFor();
  await at.shot('malformed-url');
  await url.fill(stage.world.credentials.organization_url ?? '');
  await dialog.getByRole('button', { name: 'Check and continue' }).click();
  await reads(
    dialog,
    'All checks passed',
    stage.world.dataverse.organization.friendlyName,
    ...['Organization URL', 'Sign-in to Microsoft Entra ID', 'Application user', 'Organization'].map(
      (name) => `${name} · passed`,
    ),
    'Marketing database · passed',
  );
  await at.shot('checklist');
  await dialog.getByRole('button', { name: 'Close', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
}

async function confirmOrganization(at: Visit, stage: Stage): Promise<void> {
  const card = at.message('Is this the right organization?');
  const { friendlyName, uniqueName, id } = stage.world.dataverse.organization;
  await reads(card, friendlyName, uniqueName, stage.world.dataverse.origin, id, 'This cannot be undone.');
  await at.shot('organization');
  const question = at.page.getByRole('alertdialog', { name: 'Confirm for good?' });
  await card.getByRole('button', { name: 'Confirm organization' }).click();
  await reads(question, friendlyName, stage.world.dataverse.origin);
  await question.getByRole('button', { name: 'Cancel' }).click();
  await question.waitFor({ state: 'detached' });
  await card.getByRole('button', { name: 'Confirm organization' }).click();
  await at.shot('confirm-organization');
  await question.getByRole('button', { name: 'Confirm', exact: true }).click();
  await reads(at.message('Organization confirmed'), 'Locked to', 'Confirmed by @Tom Becker', 'Step 2 of 3');
}

async function chooseFields(at: Visit): Promise<void> {
  await at.message('Organization confirmed').getByRole('button', { name: 'Choose fields' }).click();
  const dialog = at.dialog('Fields to sync');
  const search = at.page.getByRole('combobox', { name: /^Fields of Lead/ });
  const chosen = dialog.locator('.select').filter({ has: search });
  await search.click();
  await search.pressSequentially('county');
  await dialog.getByRole('option', { name: 'Address 1: County (address1_county)' }).click();
  await reads(chosen, 'Address 1: County (address1_county)');
  await at.shot('fields');
  await search.press('Escape');
  await chosen.getByRole('button', { name: 'Remove Salutation (salutation)' }).click();
  await dialog
    .getByRole('group', { name: /^Filter of Lead/ })
    .getByRole('checkbox')
    .check();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await reads(
    at.message('Fields chosen'),
    /Lead: \d+ fields chosen, 3 always synced, filter on/,
    /Lead: lets \d+ rows through/,
    'Step 3 of 3',
  );
  await at.shot('fields-chosen');
}

async function reviewAndStart(at: Visit): Promise<void> {
  await at.message('Fields chosen').getByRole('button', { name: 'Review and start' }).click();
  const dialog = at.dialog('Start the sync');
  await reads(dialog, 'The organization cannot be changed.', 'Total: 2,000 rows', 'Expected time:');
  const channel = dialog.getByRole('combobox', { name: 'Where to post the progress' });
  await channel.click();
  await channel.fill('ops');
  await dialog.getByRole('option', { name: '#marketing-ops' }).click();
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await reads(dialog, 'Please complete this required field.');
  for (const box of await dialog.getByRole('checkbox').all()) await box.check();
  await at.shot('start');
  await dialog.getByRole('button', { name: 'Continue' }).click();
  await dialog.waitFor({ state: 'detached' });
  await reads(at.message('Ready to start'), 'Progress goes to #marketing-ops', 'Asked for by @Tom Becker');
  await at.shot('ready');
}

async function followTheProgress(at: Visit, stage: Stage): Promise<void> {
  const gates = holdPages(stage, ['contactid', 'leadid', 'opportunityid', 'systemuserid']);
  await at.message('Ready to start').getByRole('button', { name: 'Start the sync' }).click();
  const question = at.page.getByRole('alertdialog', { name: 'Start the sync?' });
  await question.getByRole('button', { name: 'Start', exact: true }).click();
  const progress = at.message(/From Contoso .* to the marketing database/);
  await reads(progress, 'Initial sync running');
  await reads(at.panel, /account\s+300\s+300/);
  gates.get('contactid')?.resolve();
  await reads(at.panel, /contact\s+800\s+800/);
  gates.get('systemuserid')?.resolve();
  await reads(progress, 'Initial sync running', 'Account · done', '100%', 'Contact · done', '100%');
  await at.shot('progress');
  for (const gate of gates.values()) gate.resolve();
  await reads(progress, 'Initial sync completed', 'Opportunity · done');
}

/** Answers no page of these tables, named by their primary id, before its gate is opened. */
function holdPages(stage: Stage, ids: readonly string[]): Map<string, PromiseWithResolvers<void>> {
  const gates = new Map(ids.map((id) => [id, Promise.withResolvers<void>()]));
  stage.world.dataverse.onRequest(
    ({ path }) => gates.get(/\?\$select=(\w+),/.exec(path)?.[1] ?? '')?.promise,
  );
  return gates;
}

async function readTheCompletion(at: Visit, stage: Stage): Promise<void> {
  await at.page.getByRole('button', { name: /^1 reply/ }).click();
  const thread = at.page.getByRole('region', { name: 'Thread' });
  const stored = (entity: string) => Number(stage.sql(`select count(*) as n from ${entity}`)[0]?.n);
  await reads(
    thread,
    'Initial sync completed',
    '1 reply',
    '@Tom Becker, the initial sync of',
    `Account: ${stored('account')} rows stored`,
    `Lead: ${stored('lead')} rows stored`,
    'filtered out',
    'Duration:',
  );
  const columns = stage.sql('select * from lead limit 1').flatMap((row) => Object.keys(row));
  expect(columns).toContain('address1_county');
  expect(columns).not.toContain('salutation');
  await at.shot('completion');
}

async function changeALead(at: Visit, stage: Stage): Promise<void> {
  await at.page.getByRole('button', { name: 'Sandbox', exact: true }).click();
  await at.panel.getByRole('button', { name: 'Change a lead' }).click();
  await reads(at.panel, 'the topic is now “Changed in Dynamics (1)”.', 'Arrived in the marketing database');
  await until(
    'the change is stored',
    () => stage.sql("select 1 from lead where subject = 'Changed in Dynamics (1)'").length === 1,
  );
  await at.shot('change-arrived');
}

async function askForTheStatus(at: Visit): Promise<void> {
  await at.send('/dynamics status');
  await reads(at.message('Last fetched'), 'Only visible to you', 'Running', 'Waiting', 'Lead');
  await at.shot('status');
}

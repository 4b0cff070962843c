import { expect, test } from 'vitest';
import { messageWords } from '../../src/sandbox/slack/person-watch.ts';
import {
  channel,
  completion,
  connect,
  hasButton,
  isReply,
  openStage,
  type Person,
  privateAnswer,
  requestStart,
  type Stage,
  until,
} from './stage.ts';

type View = Awaited<ReturnType<Person['waitForView']>>;
const wordsOf = ({ view }: View) => JSON.stringify(view);
const shows =
  (...words: string[]) =>
  (view: View): boolean =>
    words.every((word) => wordsOf(view).includes(word));

const chosenBefore = ['firstname', 'lastname', 'emailaddress1', 'preferredcontactmethodcode'];

/** A field is ticked for the contacts of a period, whose days are those of Berlin, and then for all of them. */
async function fillForPeriod({ tom, world, sql, killAndRestart }: Stage): Promise<void> {
  const told = (...words: string[]) =>
    tom.waitForMessage((one) => isReply(one) && words.every((word) => messageWords(one).includes(word)));
  const choose = async (fields: readonly string[], change: string) => {
    await tom.command('/dynamics fields', channel);
    await tom.waitForView(shows('fields.contact', 'Nothing changed so far.'));
    await tom.select('fields.contact', [...fields]);
    return await tom.waitForView(shows(change));
  };
  const table = world.dataverse.table('contact');
  // The first and the last second of the period, and those beside it.
  const seconds = [
    '2026-01-09T22:59:59Z',
    '2026-01-09T23:00:00Z',
    '2026-02-20T22:59:59Z',
    '2026-02-20T23:00:00Z',
  ];
  for (const createdon of seconds) {
    world.dataverse.create('contact', { lastname: `Edge ${createdon}`, createdon, jobtitle: 'Edge' });
  }
  const isOfPeriod = ({ createdon }: Readonly<Record<string, unknown>>): boolean =>
    String(createdon) >= String(seconds[1]) && String(createdon) <= String(seconds[2]);
  await until(
    'the new contacts are there',
    () => sql("SELECT 1 FROM contact WHERE lastname LIKE 'Edge %'").length === seconds.length,
  );
  const others = () => sql('SELECT contactid, lastname, _synced_at, _version FROM contact ORDER BY 1');
  const before = others();

  const view = await choose([...chosenBefore, 'jobtitle'], 'Contact: added 1');
  expect(wordsOf(view)).toContain('fill.by');
  expect(wordsOf(view)).not.toContain('fill.from');
  await tom.select('fill.by', 'createdon');
  await tom.waitForView(shows('fill.from', 'your time zone, Europe/Berlin'));
  expect(await tom.submit({ 'fill.from': '2099-01-01' })).toMatchObject({
    errors: { 'fill.from': 'This day is still to come. Choose today or an earlier one.' },
  });
  expect(await tom.submit({ 'fill.from': '2026-01-10', 'fill.to': '2026-01-09' })).toMatchObject({
    errors: { 'fill.to': 'This day is before the first day. Choose that one or a later one.' },
  });
  const period = 'created from Jan 10, 2026 to Feb 20, 2026 (Europe/Berlin)';
  const saved = await privateAnswer(tom, () => tom.submit({ 'fill.to': '2026-02-20' }));
  expect(saved).toContain(`The new fields are filled in for the rows ${period}.`);
  // What was chosen outlives the process.
  await killAndRestart();
  await told('Fields filled in', `only rows ${period}`, 'To fill them in before that');
  const titles = () =>
    new Map(sql('SELECT contactid, jobtitle FROM contact').map((row) => [row.contactid, row.jobtitle]));
  const expected = (isThere: (row: Readonly<Record<string, unknown>>) => boolean) =>
    new Map(table.all().map((row) => [row.contactid, isThere(row) ? (row.jobtitle ?? null) : null]));
  expect(titles()).toEqual(expected(isOfPeriod));
  expect([...titles().values()].filter((title) => title !== null).length).toBeGreaterThan(20);
  expect(others()).toEqual(before);
  expect(await privateAnswer(tom, () => tom.command('/dynamics history', channel))).toContain(
    `Contact: +jobtitle, only rows ${period}`,
  );

  // A row outside has it as soon as it changes, and all have it when it is ticked again.
  const outside = table.all().find((row) => row.jobtitle && !isOfPeriod(row));
  world.dataverse.update('contact', String(outside?.contactid), { firstname: 'Changed' });
  await until('the change brings the field', () => titles().get(outside?.contactid) === outside?.jobtitle);
  await choose(chosenBefore, 'Contact: removed 1');
  expect(await privateAnswer(tom, () => tom.submit())).toContain('Contact: removed 1');
  await choose([...chosenBefore, 'jobtitle'], 'Contact: added 1');
  expect(await privateAnswer(tom, () => tom.submit())).toContain('Fields you add are read for all rows.');
  await until(
    'all rows have the field',
    () => sql('SELECT 1 FROM _field WHERE filled_for IS NOT NULL').length === 0,
  );
  expect(titles()).toEqual(expected(() => true));
}

test('more than a hundred fields: chosen at a stroke, reviewed, saved, kept over other changes, synced', async () => {
  const stage = await openStage();
  const { tom, aiko, world } = stage;
  await connect(stage, tom);
  await tom.press('organization.confirm', { confirm: true });
  await tom.waitForMessage(hasButton('fields.edit'));
  await tom.press('fields.edit');
  const opened = await tom.waitForView(shows('fields.lead'));
  expect(wordsOf(opened)).toContain('Nothing is saved yet. Saving takes the default fields.');
  await aiko.command('/dynamics 項目', channel);
  await aiko.waitForView(shows('fields.lead'));

  // The search answers from what is at hand, in both languages.
  expect(JSON.stringify(await tom.suggest('fields.lead', '電子メール'))).toContain('emailaddress1');

  // Twice in a moment, before the first has been shown: both count.
  await tom.press('fields.none', { value: 'systemuser' });
  await tom.press('fields.all', { value: 'lead' });
  const all = await tom.waitForView(shows('fields.lead!2:2'));
  expect(wordsOf(all)).toMatch(/User: removed \d+ \(/);
  expect(wordsOf(all)).toMatch(/Lead: added \d+ \(/);
  await tom.select('filter.lead!2', true);
  await tom.waitForView(shows('filter turned on', 'keeps'));
  await tom.submit();
  const card = await tom.waitForMessage(hasButton('start.review'));
  const chosen = Number(/Lead: (\d+) fields chosen/.exec(messageWords(card))?.[1]);
  expect(chosen).toBeGreaterThan(100);

  // What Aiko had open is from before: she sees what is saved now, and her submission has changed nothing.
  await aiko.select('fields.contact', ['lastname']);
  await aiko.submit();
  const overtaken = await aiko.waitForView(shows('この一覧を開いている間に、<@U0TOM>'));
  expect(wordsOf(overtaken)).toContain('fields.lead!1:2');
  expect(wordsOf(overtaken)).toMatch(/保存された変更[^}]*リード: \d+ 項目を追加[^}]*フィルターを有効化/);
  expect(wordsOf(overtaken)).toMatch(/今回の変更 \(未保存\)[^}]*取引先担当者: \d+ 項目を解除/);
  await aiko.select('fields.contact!1', ['lastname', 'firstname']);
  await aiko.waitForView(shows('項目を解除'));
  await aiko.submit();
  await until('both choices stand', () => {
    const [newest] = tom.messages().filter(hasButton('start.review')).slice(-1);
    return newest !== undefined && messageWords(newest).includes('Contact: 2 fields chosen');
  });

  await requestStart(tom);
  await tom.press('start.confirm', { confirm: true });
  await completion(tom);
  expect(Object.keys(stage.sql('SELECT * FROM lead LIMIT 1')[0] ?? {}).length).toBeGreaterThan(chosen);

  // While the sync runs, the answer to a save is private, and the history names the fields.
  await tom.command('/dynamics fields', channel);
  const again = await tom.waitForView(shows('fields.lead:2'));
  expect(wordsOf(again)).toContain('Nothing changed so far.');
  // Saved at once, before the modal has shown what the press has chosen.
  stage.world.slack.play({ method: 'views.update', delayMs: 500 });
  await tom.press('fields.none', { value: 'opportunity' });
  const saved = await privateAnswer(tom, () => tom.submit());
  expect(saved).toMatch(/The fields are saved\.[\s\S]*Opportunity: removed \d+/);
  expect(await privateAnswer(tom, () => tom.command('/dynamics history', channel))).toContain(
    'Opportunity: −',
  );

  // A field that is ticked later is fetched for the rows that are there, and nothing else of them is written.
  const contacts = () =>
    stage.sql('SELECT contactid, lastname, _synced_at, _version FROM contact ORDER BY 1');
  const before = contacts();
  await tom.command('/dynamics fields', channel);
  await tom.waitForView(shows('fields.contact', 'Nothing changed so far.'));
  await tom.select('fields.contact', [
    'firstname',
    'lastname',
    'emailaddress1',
    'preferredcontactmethodcode',
  ]);
  await tom.waitForView(shows('Contact: added 2'));
  expect(await privateAnswer(tom, () => tom.submit())).toContain('Contact: added 2');
  const filled = await tom.waitForMessage(
    (one) => isReply(one) && messageWords(one).includes('Fields filled in'),
  );
  expect(messageWords(filled)).toMatch(/Contact: .*Email.* \d+ rows stored, in \d+ seconds?/);
  const there = world.dataverse.table('contact').all();
  const emails = there.map(({ emailaddress1 }) => emailaddress1 ?? null).sort();
  expect(
    stage
      .sql('SELECT emailaddress1 FROM contact')
      .map((row) => row.emailaddress1)
      .sort(),
  ).toEqual(emails);
  expect(contacts()).toEqual(before);
  await fillForPeriod(stage);
  expect(world.slack.calls.filter(({ ok, method }) => !ok && method !== 'views.update')).toEqual([]);
});

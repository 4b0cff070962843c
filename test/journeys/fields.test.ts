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
  until,
} from './stage.ts';

type View = Awaited<ReturnType<Person['waitForView']>>;
const wordsOf = ({ view }: View) => JSON.stringify(view);
const shows =
  (...words: string[]) =>
  (view: View): boolean =>
    words.every((word) => wordsOf(view).includes(word));

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
  expect(world.slack.calls.filter(({ ok, method }) => !ok && method !== 'views.update')).toEqual([]);
});

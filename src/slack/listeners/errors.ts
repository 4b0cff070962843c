import { csvOf } from '../../lib/csv.ts';
import type { MessageRef, Setup } from '../../model/setup.ts';
import type { FailedRow } from '../../ports/destination.ts';
import { errorsMessage, exportLines, exportMessage, recordUrl, shownGroups } from '../../views/errors.ts';
import type { Message } from '../../views/message.ts';
import { noticeMessage } from '../../views/notice.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';

const examplesPerGroup = 3;
/** Slack takes files up to a gigabyte; nobody corrects more rows than these one by one. */
const mostRows = 100_000;
const rowsAtOnce = 2_000;

const urlOf = (setup: Setup): string | null => (setup.step === 'new' ? null : setup.organization.url);

/** `/dynamics errors`: rows that could not be stored, by cause. */
export async function errors(bot: Bot, visit: Visit): Promise<void> {
  await visit.answer(await errorsList(bot, visit));
}

export async function errorsList(bot: Bot, { t, person }: Visit): Promise<Message> {
  const { destination, conversation, schemas } = bot;
  const groups = await destination.failures();
  const shown = await Promise.all(
    groups.map(async (group, index) => {
      if (index >= shownGroups) return group;
      const { entity, code } = group;
      const rows = await destination.failedRows({ entity, code }, 0, examplesPerGroup);
      return { ...group, examples: rows.map(({ id }) => id) };
    }),
  );
  const { setup } = await conversation.read();
  return errorsMessage(t, {
    groups: shown,
    withActions: person.isAdmin,
    organizationUrl: urlOf(setup),
    schemas: schemas.atHand() ?? [],
  });
}

/** `errors.export`: every failed row as CSV, into the thread of the message, or of a direct message to the admin. */
export async function exportErrors(bot: Bot, visit: Visit): Promise<void> {
  const { t, person } = visit;
  const rows = await allFailedRows(bot);
  if (rows.length === 0) return await visit.answer(errorsMessage(t, { groups: [] }));
  const { setup } = await bot.conversation.read();
  const table = csvTable(rows, urlOf(setup));
  const written = exportMessage(t, rows.length, rows.length < mostRows);
  const thread = await threadOf(bot, visit, written);
  const uploaded = await bot.files.upload({
    data: Buffer.from(csvOf(table)),
    filename: `failed-rows-${new Date(bot.clock.now()).toISOString().slice(0, 10)}.csv`,
    title: t.errors.fileTitle,
    thread,
  });
  if ('missing' in uploaded) {
    const lines = table.map((row) => row.join(', '));
    await bot.desk.post(thread.channel, () => exportLines(t, lines, uploaded.missing), thread.ts);
  }
  await bot.conversation.note('errors.exported', person.id, 'done', { rows: String(rows.length) });
  // Where the list is, is seen only by whoever looks there.
  if (thread.ts !== visit.message?.ts) await visit.answer(noticeMessage(t, 'exported'));
}

/** Of the message that was pressed; where nothing can hang on it, or others read along, of one to the admin alone. */
async function threadOf(bot: Bot, { message, person }: Visit, written: Message): Promise<MessageRef> {
  if (message && !(await bot.desk.isExternal(message.channel))) return message;
  return await bot.desk.post(person.id, () => written);
}

async function allFailedRows({ destination }: Bot): Promise<FailedRow[]> {
  const rows: FailedRow[] = [];
  while (rows.length < mostRows) {
    const some = await destination.failedRows({}, rows.length, rowsAtOnce);
    rows.push(...some);
    if (some.length < rowsAtOnce) break;
  }
  return rows.slice(0, mostRows);
}

const columns = [
  'entity',
  'id',
  'operation',
  'direction',
  'code',
  'message',
  'first_at',
  'last_at',
  'attempts',
  'next_attempt_at',
  'url',
];

function csvTable(rows: readonly FailedRow[], organizationUrl: string | null): (string | number)[][] {
  return [
    columns,
    ...rows.map((row) => [
      ...[row.entity, row.id, row.operation, row.direction, row.code, row.message],
      ...[row.firstAt, row.lastAt, row.attempts, row.nextAttemptAt ?? ''],
      organizationUrl && row.id ? recordUrl(organizationUrl, row.entity, row.id) : '',
    ]),
  ];
}

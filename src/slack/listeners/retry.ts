import type { PlainTextOption } from '@slack/types';
import type { FailedRow } from '../../ports/destination.ts';
import type { SyncRequest } from '../../ports/sync-runner.ts';
import { readCause } from '../../views/errors.ts';
import { faultMessage } from '../../views/fault.ts';
import { limits } from '../../views/limits.ts';
import { textMessage } from '../../views/message.ts';
import { retriedMessage, rowOptions } from '../../views/retried.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';
import { errorsList } from './errors.ts';

type Retry = Omit<Extract<SyncRequest, { kind: 'retry' }>, 'kind'>;

const idPattern = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/;

/** `errors.retry`: the rows of one cause are read and stored again, now. */
export async function retryErrors(bot: Bot, visit: Visit): Promise<void> {
  const cause = readCause(visit.value);
  if (cause) await retry(bot, visit, cause);
  else await visit.answer(textMessage(visit.t.errors.noneRetried));
}

/** `errors.row`: the same with the one row that was chosen. */
export async function retryRow(bot: Bot, visit: Visit): Promise<void> {
  const [row] = await bot.destination.failedRows({ ids: [visit.value] }, 0, 1);
  if (row) return await retry(bot, visit, { entity: row.entity, id: row.id }, row);
  await visit.answer(textMessage(visit.t.errors.noneRetried));
  await visit.renew(await errorsList(bot, visit));
}

/** Says what came of it, and shows the list as it is then. */
async function retry(bot: Bot, visit: Visit, of: Retry, row?: FailedRow): Promise<void> {
  const { t, person } = visit;
  const reply = await bot.askSync({ kind: 'retry', ...of });
  if (reply?.kind === 'failed') return await visit.answer(faultMessage(t, reply.fault));
  if (reply?.kind !== 'retried') return await visit.answer(textMessage(t.alerts.notRunning));
  if (reply.retried > 0) {
    const { entity = '', id } = of;
    const counts = { stored: String(reply.stored), failed: String(reply.failed) };
    const details = { entity, ...(id ? { id } : {}), ...counts };
    await bot.conversation.note('errors.retried', person.id, 'done', details);
  }
  await visit.answer(retriedMessage(t, reply, row, bot.schemas.atHand() ?? []));
  await visit.renew(await errorsList(bot, visit));
}

/** The options of the choice of a row, by a part of its id or by a link to it. */
export async function suggestRows(bot: Bot, visit: Visit, query: string): Promise<PlainTextOption[]> {
  const typed = query.trim().toLowerCase();
  const idPart = idPattern.exec(typed)?.[0] ?? typed;
  const rows = await bot.destination.failedRows({ idPart }, 0, limits.options);
  return rowOptions(visit.t, rows, bot.schemas.atHand() ?? []);
}

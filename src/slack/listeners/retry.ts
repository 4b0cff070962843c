import { readCause, retriedMessage } from '../../views/errors.ts';
import { faultMessage } from '../../views/fault.ts';
import { textMessage } from '../../views/message.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';

/** `errors.retry`: the rows of one cause are read and stored again, now. */
export async function retryErrors(bot: Bot, visit: Visit): Promise<void> {
  const { t, person, value } = visit;
  const cause = readCause(value);
  if (!cause) return await visit.answer(textMessage(t.errors.noneRetried));
  const reply = await bot.askSync({ kind: 'retry', ...cause });
  if (reply?.kind === 'failed') return await visit.answer(faultMessage(t, reply.fault));
  if (reply?.kind !== 'retried') return await visit.answer(textMessage(t.alerts.notRunning));
  if (reply.retried > 0) {
    const { stored, failed } = reply;
    const details = { entity: cause.entity, stored: String(stored), failed: String(failed) };
    await bot.conversation.note('errors.retried', person.id, 'done', details);
  }
  await visit.answer(retriedMessage(t, reply));
}

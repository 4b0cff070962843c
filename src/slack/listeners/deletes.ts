import { entityName } from '../../views/entity-name.ts';
import { faultMessage } from '../../views/fault.ts';
import { escapeText, userMention } from '../../views/markup.ts';
import { textMessage } from '../../views/message.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';

/** `deletes.apply`: what Dynamics deleted in such numbers that it was held back was meant. */
export async function applyDeletes(bot: Bot, visit: Visit): Promise<void> {
  const { t, person, value: entity } = visit;
  const name = escapeText(entityName(t, entity));
  const reply = await bot.askSync({ kind: 'apply-deletes', entity });
  if (reply?.kind === 'failed') return await visit.answer(faultMessage(t, reply.fault));
  if (reply?.kind !== 'applied') return await visit.answer(textMessage(t.alerts.notRunning));
  if (!reply.done) return await visit.answer(textMessage(t.alerts.nothingHeld(name)));
  await bot.conversation.note('deletes.applied', person.id, 'done', { entity });
  await visit.answer(textMessage(t.alerts.applied(name, userMention(person.id))));
}

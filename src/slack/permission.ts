import type { ModalView } from '@slack/types';
import type { Texts } from '../texts/catalogue.ts';
import { refusal } from '../views/access.ts';
import type { Message } from '../views/message.ts';
import { noticeMessage } from '../views/notice.ts';
import { problemModal, refusalModal } from '../views/problem-modal.ts';
import type { Bot } from './bot.ts';
import type { Visit } from './visit.ts';

/** Who may do something: `anyone` is everybody of this workspace. */
export type Audience = 'admin' | 'anyone';

/** A refusal in both shapes; null when the person may. It is in the history by then. */
export interface Refused {
  message: Message;
  modal: ModalView;
}

/** @param tried what they tried, by its name in Slack, for the history. */
export async function findRefusal(
  bot: Bot,
  visit: Visit,
  who: Audience,
  tried: string,
): Promise<Refused | null> {
  const { person, t } = visit;
  if (!person.isKnown) return unknownPerson(t);
  if (!person.isOutsider && (who === 'anyone' || person.isAdmin)) return null;
  try {
    await bot.conversation.note('access.refused', person.id, 'not-admin', { tried });
  } catch (error) {
    // Who is refused is refused, and told so, also where it cannot be written down.
    bot.log.error('A refusal could not be written into the history', { user: person.id, tried, error });
  }
  const adminIds = await bot.people.adminIds();
  const input = { adminIds, canAsk: person.canBeAllowed };
  return { message: refusal(t, input), modal: refusalModal(t, input) };
}

/** Slack did not say who it is: that is nobody's refusal, and worth another try. */
function unknownPerson(t: Texts): Refused {
  return {
    message: noticeMessage(t, 'personUnknown'),
    modal: problemModal(t, { title: 'credentials', text: t.notices.personUnknown() }),
  };
}

/** Does it if the person may, and refuses privately if not. */
export async function permitted(
  bot: Bot,
  visit: Visit,
  { who, tried }: { who: Audience; tried: string },
  run: () => Promise<void>,
): Promise<void> {
  const refused = await findRefusal(bot, visit, who, tried);
  if (refused) await visit.answer(refused.message);
  else await run();
}

const searchNotedMs = 60_000;

/**
 * A search has no place for a sentence: who may not search finds nothing. It is in the history as well, though not
 * for each letter that is typed.
 */
export function createSearchGuard(bot: Pick<Bot, 'conversation' | 'clock'>) {
  const notedAt = new Map<string, number>();
  return async <T>({ person }: Visit, tried: string, search: () => Promise<T[]>): Promise<T[]> => {
    if (person.isAdmin) return await search();
    const now = bot.clock.now();
    const isNew = now - (notedAt.get(person.id) ?? Number.NEGATIVE_INFINITY) >= searchNotedMs;
    if (person.isKnown && isNew) {
      notedAt.set(person.id, now);
      await bot.conversation.note('access.refused', person.id, 'not-admin', { tried });
    }
    return [];
  };
}

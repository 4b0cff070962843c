import type { AccessRequest } from '../../model/access.ts';
import type { MessageRef } from '../../model/setup.ts';
import type { Texts } from '../../texts/catalogue.ts';
import { accessAnswered, accessOutcome, accessRequest, adminNames } from '../../views/access.ts';
import { userMention } from '../../views/markup.ts';
import { type Message, textMessage } from '../../views/message.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';

/** `access.ask`: asks those admins who have to do with the setup, then others, in their direct messages. */
export async function askAdmins(bot: Bot, visit: Visit): Promise<void> {
  const { person, t } = visit;
  if (person.isAdmin) return await visit.answer(textMessage(t.access.already));
  if (!person.canBeAllowed) return await visit.answer(textMessage(t.access.cannotBe(userMention(person.id))));
  const admins = await adminsToAsk(bot);
  if (admins.length === 0) return await visit.answer(textMessage(t.access.notSent));
  if ((await bot.access.ask(person.id)) === 'waiting')
    return await visit.answer(textMessage(t.access.waiting));
  const posts = await Promise.all(
    admins.map((admin) =>
      quietly(bot, () => bot.desk.post(admin, (to) => accessRequest(to, { user: person.id }))),
    ),
  );
  const reached = posts.filter((post) => post !== null);
  if (reached.length === 0) {
    await bot.access.forget(person.id);
    return await visit.answer(textMessage(t.access.notSent));
  }
  await bot.access.remember(person.id, reached);
  await visit.answer(textMessage(t.access.sent(adminNames(t, admins))));
}

/** Those who set it up come first: they know what it is about. */
async function adminsToAsk(bot: Bot): Promise<string[]> {
  const { setup } = await bot.conversation.read();
  const involved = [
    'startedBy' in setup ? setup.startedBy : null,
    'confirmedBy' in setup ? setup.confirmedBy : null,
    'enteredBy' in setup ? setup.enteredBy : null,
  ].filter((id) => id !== null);
  const still = await Promise.all(involved.map((id) => bot.people.find(id)));
  const admins = still.filter(({ isAdmin }) => isAdmin).map(({ id }) => id);
  return [...new Set([...admins, ...(await bot.people.adminIds())])].slice(0, 5);
}

export const allowAccess = (bot: Bot, visit: Visit) => answerRequest(bot, visit, true);
export const declineAccess = (bot: Bot, visit: Visit) => answerRequest(bot, visit, false);

/** `access.allow` and `access.decline`: the first answer counts, and every admin who was asked sees it. */
async function answerRequest(bot: Bot, visit: Visit, allowed: boolean): Promise<void> {
  const { t, person, value: user } = visit;
  const asker = await bot.people.find(user);
  if (allowed && !asker.canBeAllowed) {
    return await visit.answer(textMessage(t.access.cannotBe(userMention(user))));
  }
  const answered = await bot.access.answer(user, person.id, allowed);
  if (!answered) return await visit.answer(textMessage(t.access.gone));
  const { request, first } = answered;
  await showAnswer(bot, request, visit.message);
  if (!request.answer) return;
  const { answer } = request;
  if (!first) return await visit.answer(withoutQuestion(t, request));
  await quietly(bot, () => bot.desk.post(user, (to) => accessOutcome(to, { answer })));
  bot.homes.refresh();
}

async function showAnswer(bot: Bot, { user, answer, posts }: AccessRequest, pressed: MessageRef | null) {
  if (!answer) return;
  const seen = pressed && !posts.some(({ ts }) => ts === pressed.ts) ? [...posts, pressed] : posts;
  await Promise.all(
    seen.map((post) => quietly(bot, () => bot.desk.edit(post, (to) => accessAnswered(to, { user, answer })))),
  );
}

function withoutQuestion(t: Texts, { user, answer }: AccessRequest): Message {
  if (!answer) return textMessage(t.access.gone);
  return textMessage(accessAnswered(t, { user, answer }).text);
}

/** `access.withdraw` */
export async function withdrawAccess(bot: Bot, visit: Visit): Promise<void> {
  const { t, person, value: user } = visit;
  const done = await bot.access.withdraw(user, person.id);
  const { withdrawn, notAllowed } = t.access;
  // In the home its disappearance says it.
  if (!visit.isHome || !done)
    await visit.answer(textMessage((done ? withdrawn : notAllowed)(userMention(user))));
  bot.homes.refresh();
}

/** One admin who cannot be reached must not keep the others from being asked. */
async function quietly<T>(bot: Bot, post: () => Promise<T>): Promise<T | null> {
  try {
    return await post();
  } catch (error) {
    bot.log.warn('An admin could not be asked or told', { error });
    return null;
  }
}

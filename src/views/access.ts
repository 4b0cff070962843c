import type { AccessAnswer } from '../model/access.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, section } from './blocks.ts';
import { sentences, userMention } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';

const shownAdmins = 5;

/** Some of the admins, as people are named in a sentence; empty when nobody is known. */
export const adminNames = (t: Texts, adminIds: readonly string[]): string =>
  t.format.list(adminIds.slice(0, shownAdmins).map(userMention));

const helpText = (t: Texts, adminIds: readonly string[]): string => {
  const names = adminNames(t, adminIds);
  return names ? t.refusal.ask(names) : t.refusal.askAnyone;
};

/** Why somebody may not do what they tried, and whom to ask. */
export const refusalText = (t: Texts, adminIds: readonly string[]): string =>
  sentences(t, t.refusal.text, helpText(t, adminIds));

/** Who sets up and controls the sync, for somebody who has not tried to. */
export const helpersText = (t: Texts, adminIds: readonly string[]): string =>
  sentences(t, t.refusal.helpers, helpText(t, adminIds));

export interface RefusalInput {
  adminIds: readonly string[];
  /** Whether an admin could allow it to them: then they can ask at once. */
  canAsk?: boolean | undefined;
}

export const askBlocks = (t: Texts, canAsk: boolean | undefined) =>
  canAsk ? [actions(button(buttons.accessAsk, t.buttons['access.ask']))] : [];

/** Said privately to somebody who may not do what they tried. */
export function refusal(t: Texts, { adminIds, canAsk }: RefusalInput): Message {
  const text = refusalText(t, adminIds);
  return message(text, [section(text), ...askBlocks(t, canAsk)]);
}

/** Asks an admin in their direct message. */
export function accessRequest(t: Texts, { user }: { user: string }): Message {
  const text = t.access.request(userMention(user));
  return message(text, [
    section(text),
    actions(
      button(buttons.accessAllow, t.buttons['access.allow'], { style: 'primary', value: user }),
      button(buttons.accessDecline, t.buttons['access.decline'], { value: user }),
    ),
    context(t.access.requestNote),
  ]);
}

/** Takes the place of the request, for every admin who was asked, once one of them has answered. */
export function accessAnswered(t: Texts, { user, answer }: { user: string; answer: AccessAnswer }): Message {
  const { allowed, declined } = t.access;
  const text = (answer.allowed ? allowed : declined)(userMention(user), userMention(answer.by));
  return message(text, [section(t.access.request(userMention(user))), section(text)]);
}

/** Tells who asked. */
export function accessOutcome(t: Texts, { answer }: { answer: AccessAnswer }): Message {
  const { youMay, youMayNot } = t.access;
  const text = (answer.allowed ? youMay : youMayNot)(userMention(answer.by));
  return message(text, [section(text)]);
}

import type { Fault } from '../model/fault.ts';
import { needsCredentials } from '../model/fault.ts';
import type { Organization } from '../model/organization.ts';
import type { InitialSummary } from '../model/progress.ts';
import { isConfirmed, isStarted, type Setup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, lineSections, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import { stateOf } from './card-started.ts';
import { describeFault, faultBlocks } from './fault.ts';
import { channelMention, escapeText, sentences, userMention } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';
import { secondsOf, summaryLines, totalLine, totalOf } from './summary-lines.ts';

export interface CompletionInput {
  summary: InitialSummary;
  /** Slack user id of the admin who asked for the sync. */
  adminId: string;
  organization: Organization;
  intervalSeconds: number;
}

/** The reply in the progress message's thread when the initial sync has completed. */
export function completionReply(t: Texts, input: CompletionInput): Message {
  const { summary, organization } = input;
  const name = safeName(organization);
  const time = t.format.elapsed(secondsOf(summary));
  const total = totalOf(summary);
  return message(`${userMention(input.adminId)} ${t.completion.summary(name, total.stored, time)}`, [
    header(t.completion.header),
    section(t.completion.text(userMention(input.adminId), name)),
    ...lineSections([
      ...summaryLines(t, summary).map((line) => `• ${escapeText(line)}`),
      `*${totalLine(t, summary)}*`,
      t.completion.duration(time),
    ]),
    ...(total.failed > 0 ? [section(t.completion.errors)] : []),
    section(t.customEntities.reply),
    actions(button(buttons.entitiesAdd, t.buttons['entities.add'])),
    context(t.completion.next(t.format.interval(input.intervalSeconds))),
  ]);
}

/** Says that the sync has stopped, why, and what to do; the button that helps comes first. */
export function stoppedNotice(
  t: Texts,
  { fault, organization }: { fault: Fault; organization: Organization },
): Message {
  const text = t.stopped.text(safeName(organization));
  const signIn = needsCredentials(fault.code);
  const credentials = button(buttons.credentialsEdit, t.buttons.credentialsAgain, {
    style: 'primary',
  });
  const fields = button(buttons.fieldsEdit, t.buttons.fieldsAgain, { style: 'primary' });
  const first = fault.code === 'field-unknown' ? [fields] : signIn ? [credentials] : [];
  const resume = button(
    buttons.syncResume,
    t.buttons['sync.resume'],
    first.length > 0 ? {} : { style: 'primary' },
  );
  return message(sentences(t, text, describeFault(t, fault).cause), [
    header(t.stopped.header),
    section(text),
    ...faultBlocks(t, fault),
    actions(...first, resume),
    context(t.stopped.kept),
  ]);
}

export type NoticeKey = keyof Texts['notices'];

export interface NoticeInput {
  /** Slack ids. */
  user?: string | undefined;
  channel?: string | undefined;
  /** What somebody typed. */
  word?: string | undefined;
}

/** A short private answer. */
export function noticeMessage(t: Texts, key: NoticeKey, input: NoticeInput = {}): Message {
  const text = t.notices[key]({
    user: input.user && userMention(input.user),
    channel: input.channel && channelMention(t, input.channel),
    word: input.word && escapeText(input.word.slice(0, 100)),
  });
  return message(text, [section(text)]);
}

/**
 * Why an event did nothing: it does not belong to this step, somebody was faster, it is about another organization,
 * or takes another admin.
 */
export type RefusedMove = 'not-now' | 'already' | 'other-organization' | 'same-admin';

/** Says privately why nothing has happened, and how things stand now. */
export function outdated(t: Texts, { refused, setup }: { refused: RefusedMove; setup: Setup }): Message {
  const state = t.status.states[isStarted(setup) ? stateOf(setup) : setup.step];
  const name = setup.step === 'new' ? '' : ` · ${safeName(setup.organization)}`;
  const reason = refused === 'already' ? alreadyText(t, setup) : refusedText(t, refused, setup);
  return message(reason, [section(reason), context(`${t.status.current(state)}${name}`)]);
}

function refusedText(t: Texts, refused: Exclude<RefusedMove, 'already'>, setup: Setup): string {
  if (refused === 'other-organization') return t.notices.otherOrganization();
  if (setup.step === 'new') return t.notices.notConnected();
  if (refused === 'same-admin') return t.notices.secondAdmin({ user: userMention(setup.enteredBy) });
  if (setup.step === 'confirmed') return t.notices.fieldsFirst();
  if (setup.step === 'copying') return t.notices.fieldsLocked();
  return setup.step === 'unconfirmed' ? t.notices.confirmFirst() : t.notices.notNow();
}

/** Who was faster: the last one who moved the setup to where it is. */
function alreadyText(t: Texts, setup: Setup): string {
  if (!isConfirmed(setup)) return t.notices.outdated();
  if (setup.step === 'paused') {
    const { reason } = setup;
    return t.notices.alreadyPaused({ user: reason.kind === 'admin' ? userMention(reason.by) : undefined });
  }
  if (isStarted(setup)) return t.notices.alreadyStarted({ user: userMention(setup.startedBy) });
  return t.notices.alreadyConfirmed({ user: userMention(setup.confirmedBy) });
}

/** The modals that can be opened by a button, for somebody whose words came without a way to open one. */
const openers = {
  credentials: { name: buttons.credentialsEdit, label: 'credentialsAgain', value: undefined },
  fields: { name: buttons.fieldsEdit, label: 'fieldsAgain', value: undefined },
  entities: { name: buttons.entitiesAdd, label: 'entities.add', value: undefined },
  validate: { name: buttons.validateAgain, label: 'validate.again', value: 'new' },
} as const;

/** Slack opens a modal for a command or a button, not for a message: so this is a message with the button. */
export function openerMessage(t: Texts, modal: keyof typeof openers): Message {
  const { name, label, value } = openers[modal];
  return message(t.notices.pressToOpen(), [
    section(t.notices.pressToOpen()),
    actions(button(name, t.buttons[label], { style: 'primary', ...(value ? { value } : {}) })),
  ]);
}

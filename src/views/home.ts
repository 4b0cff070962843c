import type { Button, HomeView, KnownBlock, StaticSelect } from '@slack/types';
import type { Alert } from '../model/alert.ts';
import type { AuditEntry } from '../model/audit.ts';
import type { Language } from '../model/person.ts';
import { isStarted } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { askBlocks, helpersText } from './access.ts';
import { alertInHome } from './alert.ts';
import { button, confirmDialog, context, divider, header, lineSections, plain, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import { stateOf } from './card-started.ts';
import { entryLine } from './history.ts';
import { stepBlocks } from './home-steps.ts';
import { limits } from './limits.ts';
import { bulletLines, userMention } from './markup.ts';
import { buttons, selects } from './names.ts';
import { setupCard } from './setup-card.ts';
import { type StatusInput, syncBlocks } from './status.ts';

export interface HomeViewInput extends StatusInput {
  reader: HomeReader;
  secondAdmin?: boolean;
  /** Whom others can ask. */
  adminIds: readonly string[];
  /** What was told lately, the newest first. */
  news: readonly AuditEntry[];
  /** What has been told and is not over. */
  alerts?: readonly Alert[];
}

export interface HomeReader {
  isAdmin: boolean;
  /** Whether an admin could allow them what admins may do. */
  canAsk: boolean;
  /** The language they chose here; null: as in Slack. */
  language: Language | null;
  /** Those whom admins have allowed; shown to admins. */
  allowed: readonly string[];
}

const shownNews = 5;
const shownPeople = 10;

/** The app's home: how far the setup is with the button of the next step, where the sync stands, what happened. */
export function homeView(t: Texts, input: HomeViewInput): HomeView {
  const isRunning = isStarted(input.setup);
  const blocks = [
    ...stateBlocks(t, input),
    ...(isRunning ? [...controls(t, input), ...alertsBlocks(t, input)] : []),
    ...(isRunning ? [divider(), ...statusBlocks(t, input)] : []),
    divider(),
    ...stepBlocks(t, input),
    ...(isRunning ? [] : controls(t, input)),
    divider(),
    ...newsBlocks(t, input),
    ...(input.reader.isAdmin ? peopleBlocks(t, input.reader) : []),
    divider(),
    languageBlock(t, input.reader.language),
    context(t.home.languageHint),
  ];
  return { type: 'home', blocks: blocks.slice(0, limits.blocksInHome) };
}

function stateBlocks(t: Texts, { setup }: HomeViewInput): KnownBlock[] {
  const state = t.status.states[isStarted(setup) ? stateOf(setup) : setup.step];
  const name = setup.step === 'new' ? t.help.text : safeName(setup.organization);
  return [header(t.help.header), section(`*${state}*\n${name}`)];
}

/** An admin gets what the card offers at this step; others can ask one. */
function controls(t: Texts, input: HomeViewInput): KnownBlock[] {
  const { reader, adminIds, setup } = input;
  if (!reader.isAdmin) return [context(helpersText(t, adminIds)), ...askBlocks(t, reader.canAsk)];
  const { blocks } = setupCard(t, { ...input, rows: input.rows ?? null });
  // What is to be confirmed must be read first, so it comes whole.
  const isQuestion = setup.step === 'unconfirmed' || setup.step === 'requested' || setup.step === 'new';
  return isQuestion
    ? blocks.filter(({ type }) => type !== 'header')
    : blocks.filter(({ type }) => type === 'actions');
}

/** What somebody has to look at, with what helps. */
function alertsBlocks(t: Texts, { alerts = [], setup, reader }: HomeViewInput): KnownBlock[] {
  return alerts.flatMap((alert) => {
    const blocks = alertInHome(t, { alert, setup }, reader.isAdmin);
    return blocks.length > 0 ? [divider(), ...blocks] : [];
  });
}

function statusBlocks(t: Texts, input: HomeViewInput): KnownBlock[] {
  const { setup, progress, alerts = [] } = input;
  if (!isStarted(setup)) return [];
  // What stands above with its button is not said again.
  const told = new Set(alerts.flatMap(({ causes }) => causes.map(({ kind, entity }) => `${kind} ${entity}`)));
  const conditions = (progress?.conditions ?? []).filter(
    ({ kind, entity = null }) => !told.has(`${kind} ${entity}`),
  );
  const rest = progress && { ...progress, conditions };
  return [header(t.home.status), ...syncBlocks(t, setup, { ...input, progress: rest })];
}

function newsBlocks(t: Texts, { news }: HomeViewInput): KnownBlock[] {
  const lines = news.slice(0, shownNews).map((entry) => entryLine(t, entry));
  return [
    header(t.home.news),
    ...(lines.length > 0 ? lineSections([bulletLines(lines)]) : [context(t.home.noNews)]),
  ];
}

function peopleBlocks(t: Texts, { allowed }: HomeReader): KnownBlock[] {
  if (allowed.length === 0) return [];
  return [
    header(t.home.people),
    ...allowed
      .slice(-shownPeople)
      .map((user): KnownBlock => ({ ...section(userMention(user)), accessory: withdrawButton(t, user) })),
    context(t.home.peopleHint),
  ];
}

function withdrawButton(t: Texts, user: string): Button {
  const words = t.access;
  const dialog = {
    title: words.withdrawTitle,
    text: words.withdrawText,
    confirm: words.withdrawYes,
    deny: words.withdrawNo,
  };
  return button(buttons.accessWithdraw, t.buttons['access.withdraw'], {
    value: user,
    confirm: confirmDialog(dialog, 'danger'),
  });
}

function languageBlock(t: Texts, chosen: Language | null): KnownBlock {
  const options = (['slack', 'en', 'ja'] as const).map((value) => ({
    text: plain(t.home.languages[value], limits.option),
    value,
  }));
  const initial = options.find(({ value }) => value === (chosen ?? 'slack'));
  const accessory: StaticSelect = {
    type: 'static_select',
    action_id: selects.language,
    options,
    ...(initial ? { initial_option: initial } : {}),
  };
  return { ...section(`*${t.home.language}*`), accessory };
}

import { within } from '../../lib/within.ts';
import { lastFullHour, type SyncProgress } from '../../model/progress.ts';
import type { SetupEvent } from '../../setup/event.ts';
import { helpMessage, type UnknownWord } from '../../views/help.ts';
import { historyMessage } from '../../views/history.ts';
import { type NoticeKey, noticeMessage, outdated } from '../../views/notice.ts';
import { statusMessage } from '../../views/status.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';

const historyEntries = 20;
const countWithinMs = 2_000;

/** @param unknown what was typed, when it is none of the words, and which of them was meant, perhaps. */
export async function help(bot: Bot, visit: Visit, unknown?: UnknownWord): Promise<void> {
  const { setup } = await bot.conversation.read();
  await visit.answer(helpMessage(visit.t, { connected: setup.step !== 'new', unknown }));
}

export async function status(bot: Bot, visit: Visit): Promise<void> {
  const { setup } = await bot.conversation.read();
  const [picture, progress] = await Promise.all([
    // While the copy runs its own message says more, and the machine has other things to do.
    'initial' in setup ? bot.statusPicture.of(visit.person) : undefined,
    setup.step === 'running' ? countedProgress(bot) : bot.progress(),
  ]);
  // Last, for it is what counts: the sync goes on meanwhile.
  const stored = await readStored(bot);
  const schemas = bot.schemas.atHand() ?? [];
  await visit.answer(statusMessage(visit.t, { setup, progress, ...stored, schemas, picture }));
}

/** What the database knows, whatever has become of the sync. */
async function readStored({ destination, clock }: Bot) {
  const { since, until } = lastFullHour(clock.now());
  const [tallies, lastCycle, activity] = await Promise.all([
    destination.tallies(),
    destination.lastCycle(),
    destination.activity(since),
  ]);
  const lastHour: Record<string, number> = {};
  for (const { entity, at, changed, deleted } of activity) {
    if (at < until) lastHour[entity] = (lastHour[entity] ?? 0) + changed + deleted;
  }
  return { tallies, lastCycle, lastHour };
}

/** With what waits in Dynamics by now, unless that takes too long to find out. */
async function countedProgress(bot: Bot): Promise<SyncProgress | null> {
  try {
    const reply = await within(bot.askSync({ kind: 'count-backlog' }), bot.clock, countWithinMs);
    if (reply?.kind === 'counted') return reply.progress;
  } catch (error) {
    bot.log.debug('the backlog could not be counted', { error });
  }
  return bot.progress();
}

export async function history(bot: Bot, visit: Visit): Promise<void> {
  await visit.answer(historyMessage(visit.t, { entries: await bot.store.history(historyEntries) }));
}

export async function pause(bot: Bot, visit: Visit): Promise<void> {
  const at = new Date(bot.clock.now()).toISOString();
  await moveAndTell(bot, visit, { kind: 'paused', by: visit.person.id, at }, 'nothingToPause');
}

export async function resume(bot: Bot, visit: Visit): Promise<void> {
  await moveAndTell(bot, visit, { kind: 'resumed' }, 'nothingToResume');
}

/** A word has no card beside it that would show what it did: its state is the answer. */
async function moveAndTell(bot: Bot, visit: Visit, event: SetupEvent, nothing: NoticeKey): Promise<void> {
  const { refused, document } = await bot.conversation.dispatch(event, visit.person.id);
  await bot.card.refresh();
  const { setup } = document;
  if (!refused) return await status(bot, visit);
  // Paused by whom is worth saying; that there was nothing to do is all there is to say otherwise.
  const isThere = refused === 'already' && setup.step === 'paused';
  await visit.answer(isThere ? outdated(visit.t, { refused, setup }) : noticeMessage(visit.t, nothing));
}

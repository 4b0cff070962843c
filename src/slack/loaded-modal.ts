import type { ModalView } from '@slack/types';
import { within } from '../lib/within.ts';
import { type LoadingTitle, loadingModal } from '../views/loading-modal.ts';
import { problemModal } from '../views/problem-modal.ts';
import type { Bot } from './bot.ts';
import { nameFault, type Visit } from './visit.ts';

/** A trigger lives three seconds, of which finding out who it is may have taken half. */
const directlyWithinMs = 1_000;

/** The modal as Slack has it now; by its hash one knows whether it is still that. */
export interface OpenedModal {
  id: string;
  hash: string | undefined;
}

/**
 * Opens a modal whose content has to be asked for: with its content where that comes soon, else with a
 * "loading" that is replaced. What cannot be loaded says so in its place.
 */
export async function openLoadedModal(
  bot: Bot,
  visit: Visit & { triggerId: string },
  title: LoadingTitle,
  load: () => Promise<ModalView>,
): Promise<OpenedModal | null> {
  const { views } = bot.clients.interactive;
  const loading = load().catch((error: unknown) =>
    problemModal(visit.t, { title, fault: nameFault(bot.log, error, bot.clock.now()) }),
  );
  const soon = await within(loading, bot.clock, directlyWithinMs).catch(() => null);
  const opened = await views.open({
    trigger_id: visit.triggerId,
    view: soon ?? loadingModal(visit.t, { title }),
  });
  const { id } = opened.view ?? {};
  if (!id) return null;
  if (soon) return { id, hash: opened.view?.hash };
  const updated = await views.update({ view_id: id, view: await loading });
  return { id, hash: updated.view?.hash };
}

export function canOpen(visit: Visit): visit is Visit & { triggerId: string } {
  return visit.triggerId !== null;
}

import { isStarted } from '../../model/setup.ts';
import { homeView } from '../../views/home.ts';
import { setupCard } from '../../views/setup-card.ts';
import { statusMessage } from '../../views/status.ts';
import type { Bot } from '../bot.ts';
import type { Visit } from '../visit.ts';

/** The app's home: the next step of the setup and, once it runs, where the sync stands. Others see no controls. */
export async function publishHome(bot: Bot, { person, t }: Visit): Promise<void> {
  if (person.isOutsider) return;
  const { setup } = await bot.conversation.read();
  const schemas = bot.schemas.atHand() ?? [];
  const card = setupCard(t, { setup, rows: bot.schemas.rowsAtHand(), schemas, secondAdmin: bot.secondAdmin });
  const tallies = await bot.destination.tallies();
  const status = isStarted(setup) ? statusMessage(t, { setup, progress: bot.progress(), tallies }) : null;
  const view = homeView(t, { card, status, isAdmin: person.isAdmin, adminIds: await bot.people.adminIds() });
  await bot.clients.background.views.publish({ user_id: person.id, view });
}

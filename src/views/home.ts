import type { HomeView, KnownBlock } from '@slack/types';
import type { Texts } from '../texts/catalogue.ts';
import { context, divider } from './blocks.ts';
import { limits } from './limits.ts';
import type { Message } from './message.ts';
import { helpersText } from './notice.ts';

export interface HomeViewInput {
  card: Message;
  /** Null before the sync has been started. */
  status: Message | null;
  isAdmin: boolean;
  /** Whom others can ask. */
  adminIds: readonly string[];
}

/** The app's home: the setup card and the status, for others without what they may not press. */
export function homeView(t: Texts, { card, status, isAdmin, adminIds }: HomeViewInput): HomeView {
  const shown = [...(status ? [...status.blocks, divider()] : []), ...card.blocks];
  const blocks = isAdmin ? shown : [...shown.filter(isReadable), context(helpersText(t, adminIds))];
  return { type: 'home', blocks: blocks.slice(0, limits.blocksInHome) };
}

const isReadable = (block: KnownBlock): boolean => block.type !== 'actions';

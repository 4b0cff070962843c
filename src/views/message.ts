import type { KnownBlock } from '@slack/types';
import { section } from './blocks.ts';
import { limits, shortenMarkup } from './limits.ts';

/** What is posted: `text` says the same in short, for notifications and screen readers. */
export interface Message {
  text: string;
  blocks: KnownBlock[];
}

/** A message of one sentence or two. @param text Slack markup */
export const textMessage = (text: string): Message => message(text, [section(text)]);

/** Too many blocks would be refused: the last ones are left out, but never the buttons. */
export function message(text: string, blocks: readonly KnownBlock[]): Message {
  const over = blocks.length - limits.blocksInMessage;
  const last = blocks.at(-1);
  const kept = over > 0 && last ? [...blocks.slice(0, limits.blocksInMessage - 1), last] : [...blocks];
  return { text: shortenMarkup(text, limits.messageText), blocks: kept };
}

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

/** Too many blocks would be refused: the last ones before the buttons are left out, but never the buttons. */
export function message(text: string, blocks: readonly KnownBlock[]): Message {
  const buttons = blocks.findLastIndex(({ type }) => type === 'actions');
  const tail = buttons >= blocks.length - mostAfterButtons ? blocks.slice(buttons) : blocks.slice(-1);
  const head = blocks.slice(0, blocks.length - tail.length);
  const kept = [...head.slice(0, limits.blocksInMessage - tail.length), ...tail];
  return { text: shortenMarkup(text, limits.messageText), blocks: kept };
}

/** What stands below the buttons is small print, and short. */
const mostAfterButtons = 5;

const isPicture = (block: KnownBlock): boolean => block.type === 'image' && 'slack_file' in block;

export const hasPicture = ({ blocks }: Message): boolean => blocks.some(isPicture);

/** A picture that Slack does not take, or not yet, must not keep the words from anybody. */
export const withoutPictures = ({ text, blocks }: Message): Message => ({
  text,
  blocks: blocks.filter((block) => !isPicture(block)),
});

export const hasTable = ({ blocks }: Message): boolean => blocks.some(({ type }) => type === 'table');

import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, section } from './blocks.ts';
import { escapeText, sentences } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons, command, type Word, words } from './names.ts';

const adminWords: readonly Word[] = [
  'setup',
  'validate',
  'fields',
  'entities',
  'credentials',
  'pause',
  'resume',
  'history',
  'subscribe',
  'unsubscribe',
];

/** The word as its reader would type it. */
const wordFor = (t: Texts, word: Word): string => (t.language === 'ja' ? words[word] : word);

export interface HelpInput {
  connected: boolean;
  unknown?: UnknownWord | undefined;
}

/** What somebody typed that is none of the words. */
export interface UnknownWord {
  word: string;
  /** Which of the words they may have meant. */
  meant: Word | null;
}

function unknownText(t: Texts, { word, meant }: UnknownWord): string {
  const text = t.notices.unknownWord({ word: escapeText(word.slice(0, 100)) });
  if (!meant) return text;
  return sentences(t, text, t.help.meant(`\`${command} ${wordFor(t, meant)}\``));
}

/** Every word with one line. */
export function helpMessage(t: Texts, { connected, unknown }: HelpInput): Message {
  const lines = (Object.keys(words) as Word[]).map((word) => {
    const note = adminWords.includes(word) ? ` (${t.help.admin})` : '';
    return `\`${command} ${wordFor(t, word)}\` ${t.help.words[word]}${note}`;
  });
  const connect = button(buttons.credentialsEdit, t.buttons['credentials.edit'], { style: 'primary' });
  return message(connected ? t.help.text : sentences(t, t.help.text, t.help.notConnected), [
    ...(unknown ? [section(unknownText(t, unknown))] : []),
    header(t.help.header),
    section(connected ? t.help.text : `${t.help.text}\n${t.help.notConnected}`),
    section(lines.join('\n')),
    context(t.help.places),
    ...(connected ? [] : [actions(connect)]),
  ]);
}

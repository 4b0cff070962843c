import type {
  ActionsBlock,
  Button,
  ConfirmationDialog,
  ContextBlock,
  DividerBlock,
  ExternalSelect,
  HeaderBlock,
  PlainTextElement,
  SectionBlock,
} from '@slack/types';
import { limits, shorten, shortenMarkup } from './limits.ts';
import type { ButtonName } from './names.ts';

export const plain = (text: string, most: number): PlainTextElement => ({
  type: 'plain_text',
  text: shorten(text, most),
});

export const header = (text: string): HeaderBlock => ({ type: 'header', text: plain(text, limits.header) });

/** @param text Slack markup; foreign texts in it are escaped already. */
export const section = (text: string): SectionBlock => ({
  type: 'section',
  expand: true,
  text: { type: 'mrkdwn', text: shortenMarkup(text, limits.section) },
});

/** Small print. */
export const context = (...texts: readonly string[]): ContextBlock => ({
  type: 'context',
  elements: texts.map((text) => ({ type: 'mrkdwn', text: shortenMarkup(text, limits.contextElement) })),
});

export const divider = (): DividerBlock => ({ type: 'divider' });

export const actions = (...elements: readonly (Button | ExternalSelect)[]): ActionsBlock => ({
  type: 'actions',
  elements: [...elements],
});

export interface ButtonOptions {
  style?: 'primary' | 'danger';
  value?: string;
  confirm?: ConfirmationDialog;
}

export const button = (name: ButtonName, label: string, options: ButtonOptions = {}): Button => ({
  type: 'button',
  action_id: name,
  text: plain(label, limits.button),
  ...options,
});

export interface ConfirmTexts {
  title: string;
  text: string;
  confirm: string;
  deny: string;
}

export const confirmDialog = (texts: ConfirmTexts, style: 'primary' | 'danger'): ConfirmationDialog => ({
  title: plain(texts.title, limits.confirmTitle),
  text: plain(texts.text, limits.confirmText),
  confirm: plain(texts.confirm, limits.confirmButton),
  deny: plain(texts.deny, limits.confirmButton),
  style,
});

/** As many sections as the lines need; no line is torn. */
export function lineSections(lines: readonly string[]): SectionBlock[] {
  const pages: string[] = [];
  for (const line of lines) {
    const last = pages.at(-1);
    const joined = last === undefined ? line : `${last}\n${line}`;
    if (last === undefined || joined.length > limits.section) pages.push(line);
    else pages[pages.length - 1] = joined;
  }
  return pages.map(section);
}

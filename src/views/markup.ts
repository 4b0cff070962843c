import type { Texts } from '../texts/catalogue.ts';

/** A foreign text inside Slack's markup: it can neither mention anybody nor break the line. */
export const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\s+/g, ' ').trim();

export const userMention = (id: string): string => `<@${id}>`;

/** A channel as Slack links it; a direct message has no name that others could read. */
export const channelMention = (t: Texts, id: string): string =>
  id.startsWith('D') || id.startsWith('U') ? t.entities.directMessage : `<#${id}>`;

/** An instant in each reader's own time zone and language. */
export function dateText(t: Texts, iso: string): string {
  const seconds = Math.floor(Date.parse(iso) / 1000);
  if (!Number.isFinite(seconds)) return escapeText(iso);
  return `<!date^${seconds}^{date_short_pretty} {time}|${t.format.instant(iso)}>`;
}

export const bulletLines = (lines: readonly string[]): string => lines.map((line) => `• ${line}`).join('\n');

/** Sentences one after the other, with what goes between them in the reader's language. */
export const sentences = (t: Texts, ...texts: readonly string[]): string =>
  texts.join(t.entities.betweenSentences);

/** Names in a row, at most `most` of them; the rest as a number. */
export function someOf(t: Texts, names: readonly string[], most: number, all = names.length): string {
  const shown = names.slice(0, most).join(t.entities.separator);
  return all > most ? `${shown}${t.entities.separator}${t.entities.more(all - most)}` : shown;
}

/** What copying leaves between characters and nobody sees: zero-width and soft ones, marks of direction. */
const invisible = /[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;
const lineBreaks = /[\r\n\t\u0085\u2028\u2029]+/g;
const opening = /^["'`“‘„‚«‹「『<\s]+/;
const closing = /["'`”’“‘»›」』>\s]+$/;

/**
 * Takes away what copying adds: white space and line breaks, invisible characters, quotes or brackets around the
 * whole. Spaces inside stay, to be named.
 */
export function cleanPasted(text: string): string {
  return text.replace(invisible, '').replace(lineBreaks, '').replace(opening, '').replace(closing, '');
}

/**
 * The same for what is written in plain letters: also full-width ones, as a Japanese keyboard types them, and the
 * `<address|label>` that Slack makes of an address in a message.
 */
export function cleanAddress(text: string): string {
  const [, address] = /^<(?:mailto:)?([^|<>]+)(?:\|[^<>]*)?>$/.exec(text.replace(invisible, '').trim()) ?? [];
  return cleanPasted((address ?? text).normalize('NFKC'));
}

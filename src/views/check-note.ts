import type { CheckNote } from '../model/check.ts';
import type { Texts } from '../texts/catalogue.ts';
import { entityName } from './entity-name.ts';
import { dateText, escapeText } from './markup.ts';

/** What a line of the checklist has found out, in Slack's markup. */
export function noteText(t: Texts, note: CheckNote): string {
  const words = t.checklist.notes;
  switch (note.kind) {
    case 'expires':
      return words.validUntil(dateText(t, note.at));
    case 'expiry-unknown':
      return words.expiryUnknown[note.reason];
    case 'filter':
      return filterText(t, note);
    case 'not-installed':
      return words.notInstalled;
    case 'installed':
      return words.installed(escapeText(note.version));
    case 'not-readable':
      return words.notReadable;
  }
}

function filterText(t: Texts, { present, absent }: Extract<CheckNote, { kind: 'filter' }>): string {
  const words = t.checklist.notes;
  const names = (entities: readonly string[]) =>
    escapeText(entities.map((entity) => entityName(t, entity)).join(t.entities.separator));
  if (present.length === 0) return words.filterNowhere;
  return absent.length === 0 ? words.filterEverywhere : words.filter(names(present), names(absent));
}

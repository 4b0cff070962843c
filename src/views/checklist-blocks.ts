import type { KnownBlock } from '@slack/types';
import { allPassed, type Check } from '../model/check.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, section } from './blocks.ts';
import { noteText } from './check-note.ts';
import { describeFault } from './fault.ts';

const symbols: Record<Check['outcome'], string> = {
  pending: '▫️',
  running: '⏳',
  passed: '✅',
  unread: 'ℹ️',
  warned: '⚠️',
  failed: '❌',
  skipped: '➖',
};

function checkLine(t: Texts, check: Check): string {
  const { id, outcome } = check;
  const note = 'note' in check && check.note ? [noteText(t, check.note)] : [];
  return [`${symbols[outcome]} *${t.checklist.names[id]}*`, t.checklist.outcomes[outcome], ...note].join(
    ' · ',
  );
}

/** One line for each check, by symbol and word; what failed or is remarkable with its cause, fix and codes. */
export function checklistBlocks(t: Texts, checks: readonly Check[]): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) blocks.push(section(lines.join('\n')));
    lines = [];
  };
  for (const check of checks) {
    if ('fault' in check) {
      flush();
      const { cause, remedy, support } = describeFault(t, check.fault);
      blocks.push(section(`${checkLine(t, check)}\n${cause}\n${remedy}`), context(support));
    } else lines.push(checkLine(t, check));
  }
  flush();
  return blocks;
}

/** The checklist in one line: all passed, or how many failed. */
export function checklistSummary(t: Texts, checks: readonly Check[]): string {
  const failed = checks.filter(({ outcome }) => outcome === 'failed').length;
  if (failed > 0) return t.checklist.failedSome(failed);
  return allPassed(checks) ? t.checklist.passedAll : t.checklist.unfinished;
}

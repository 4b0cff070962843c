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
  const isFailed = checks.some(({ outcome }) => outcome === 'failed');
  let lines: string[] = [];
  const flush = () => {
    if (lines.length > 0) blocks.push(section(lines.join('\n')));
    lines = [];
  };
  for (const check of checks) {
    if (!('fault' in check)) lines.push(checkLine(t, check));
    // Beside what failed, a remark takes a line and no more: it can wait.
    else if (check.outcome === 'warned' && isFailed) {
      lines.push(`${checkLine(t, check)} · ${describeFault(t, check.fault).cause}`);
    } else {
      flush();
      const { cause, remedy, support } = describeFault(t, check.fault);
      blocks.push(section(`${checkLine(t, check)}\n${cause}\n${remedy}`));
      // Of a remark of our own nobody else knows anything.
      const isOurs = !check.fault.original && !check.fault.requestId;
      if (check.outcome === 'failed' || !isOurs) blocks.push(context(support));
    }
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

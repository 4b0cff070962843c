import type { KnownBlock } from '@slack/types';
import type { Check } from '../model/check.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, section } from './blocks.ts';
import { describeFault } from './fault.ts';

const symbols: Record<Check['outcome'], string> = {
  pending: '▫️',
  running: '⏳',
  passed: '✅',
  warned: '⚠️',
  failed: '❌',
  skipped: '➖',
};

const checkLine = (t: Texts, { id, outcome }: Check): string =>
  `${symbols[outcome]} *${t.checklist.names[id]}* · ${t.checklist.outcomes[outcome]}`;

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
  const done = checks.every(({ outcome }) => outcome === 'passed' || outcome === 'warned');
  return done ? t.checklist.passedAll : t.checklist.unfinished;
}

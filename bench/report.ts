/** One measured thing. `pageMs` is what Dataverse adds to each answer; null where that plays no part. */
export interface Finding {
  what: string;
  pageMs: number | null;
  value: number | null;
  unit: 'ms' | 'rows/s' | 's' | 'MB' | '×' | '%' | '';
  goal?: Goal | undefined;
}

export type Goal = { atLeast: number } | { atMost: number };

export function isReached({ value, goal }: Finding): boolean | null {
  if (!goal || value === null) return null;
  return 'atLeast' in goal ? value >= goal.atLeast : value <= goal.atMost;
}

/** One object a line, for programs. */
export function toJsonLines(findings: readonly Finding[]): string {
  return findings.map((finding) => JSON.stringify({ ...finding, reached: isReached(finding) })).join('\n');
}

/** A line per thing, a column per page time. */
export function toTable(findings: readonly Finding[], pageTimes: readonly number[]): string {
  const names = [...new Set(findings.map(({ what }) => what))];
  const header = ['', ...pageTimes.map((ms) => `${ms} ms a page`), 'goal', ''];
  const lines = names.map((what) => {
    const group = findings.filter((finding) => finding.what === what);
    const cells = pageTimes.map((ms, column) => {
      const found = group.find(({ pageMs }) => pageMs === ms || (pageMs === null && column === 0));
      return found ? format(found) : '';
    });
    return [what, ...cells, [...new Set(group.flatMap(goalText))].join(' / '), verdict(group)];
  });
  const all = [header, ...lines];
  const widths = header.map((_, column) => Math.max(...all.map((line) => [...(line[column] ?? '')].length)));
  return all.map((line) => layOut(line, widths)).join('\n');
}

function layOut(line: readonly string[], widths: readonly number[]): string {
  const cells = line.map((cell, column) => {
    const gap = ' '.repeat((widths[column] ?? 0) - [...cell].length);
    const isText = column === 0 || column >= line.length - 2;
    return isText ? cell + gap : gap + cell;
  });
  return cells.join('  ').trimEnd();
}

function format({ value, unit }: Finding): string {
  if (value === null) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : 1;
  const number = value.toLocaleString('en-US', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  });
  return unit === '' ? String(value) : `${number} ${unit}`;
}

function goalText({ goal, unit }: Finding): string[] {
  if (!goal) return [];
  return ['atLeast' in goal ? `≥ ${goal.atLeast} ${unit}` : `≤ ${goal.atMost} ${unit}`];
}

function verdict(group: readonly Finding[]): string {
  const results = group.map(isReached).filter((result) => result !== null);
  if (results.length === 0) return '';
  if (results.every(Boolean)) return 'reached';
  return results.some(Boolean) ? 'reached in part' : 'not reached';
}

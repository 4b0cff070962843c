import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Reads a file of `data/`: one record per line, the first line names the columns. */
export function readTsv<Name extends string>(file: string): Record<Name, string>[] {
  const text = readFileSync(join(import.meta.dirname, '..', 'data', file), 'utf8');
  const [head = '', ...lines] = text.split('\n').filter((line) => line !== '');
  const names = head.split('\t');
  return lines.map((line) => {
    const cells = line.split('\t');
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? ''])) as Record<Name, string>;
  });
}

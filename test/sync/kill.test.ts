import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { readRows } from './engine-bench.ts';

const script = join(import.meta.dirname, 'killed-copy.ts');
const table =
  'SELECT leadid, lastname, revenue, description, _deleted_at, _version FROM lead ORDER BY leadid';

/** Runs the copy until it is complete, or until `isTime` says so: then it is killed a moment later. */
async function runCopy(
  path: string,
  isTime: (line: string) => boolean,
  moment = 0,
  more: readonly string[] = [],
): Promise<string[]> {
  const child: ChildProcess = spawn(process.execPath, [script, path, ...more], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const closed = once(child, 'close');
  const lines: string[] = [];
  let rest = '';
  let killing: Promise<void> | null = null;
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      lines.push(line);
      if (line === 'complete') child.kill('SIGTERM');
      else if (!killing && isTime(line)) killing = setTimeout(moment).then(() => void child.kill('SIGKILL'));
    }
  });
  await closed;
  await killing;
  return lines;
}

test('killed again and again in the middle of writing, it ends with the same rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-'));
  try {
    const undisturbed = join(folder, 'undisturbed.db');
    await runCopy(undisturbed, () => false);

    const path = join(folder, 'marketing.db');
    let lines: string[] = [];
    let kills = 0;
    while (!lines.includes('complete') && kills < 40) {
      const place = existsSync(path) ? placeOf(path) : undefined;
      let commits = 0;
      const killAt = 1 + (kills % 4);
      // Moments of several milliseconds spread the kills over the transaction and what lies around it.
      lines = await runCopy(
        path,
        (line) => line === 'commit' && ++commits >= killAt && kills < 12,
        kills % 3,
      );
      const firstRead = lines.find((line) => line.startsWith('read '));
      if (place !== undefined && firstRead) expect(firstRead).toBe(`read ${place}`);
      if (!lines.includes('complete')) kills++;
    }
    expect(lines).toContain('complete');
    expect(kills).toBeGreaterThanOrEqual(5);
    expect(readRows(path, table)).toEqual(readRows(undisturbed, table));
    expect(readRows(path, 'SELECT rows, read FROM _tally')).toEqual([{ rows: 12_000, read: 12_000 }]);
    expect(readRows(path, 'PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);

test('killed again and again while fields are fetched for the rows that are there, it ends with the same rows', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'kill-'));
  try {
    const path = join(folder, 'marketing.db');
    await runCopy(path, () => false);
    const before = readRows(path, `SELECT leadid, lastname, _synced_at, _version FROM lead ORDER BY leadid`);
    let lines: string[] = [];
    let kills = 0;
    while (!lines.includes('complete') && kills < 40) {
      const [place] = readRows(path, 'SELECT next FROM _refresh WHERE read > 0');
      let commits = 0;
      lines = await runCopy(
        path,
        (line) => line === 'commit' && ++commits >= 3 + (kills % 4) && kills < 8,
        kills % 3,
        ['more'],
      );
      const firstRead = lines.find((line) => line.startsWith('read '));
      if (place && firstRead) expect(firstRead).toBe(`read ${place.next}`);
      if (!lines.includes('complete')) kills++;
    }
    expect(lines).toContain('complete');
    expect(kills).toBeGreaterThanOrEqual(5);
    expect(readRows(path, `SELECT leadid, lastname, _synced_at, _version FROM lead ORDER BY leadid`)).toEqual(
      before,
    );
    expect(readRows(path, 'SELECT city, statecode FROM lead ORDER BY leadid')).toEqual(
      before.map((_row, index) =>
        index < 10_000
          ? { city: `City ${index + 1}`, statecode: (index + 1) % 2 }
          : { city: null, statecode: null },
      ),
    );
    expect(readRows(path, 'SELECT read, stored FROM _refresh')).toEqual([{ read: 10_000, stored: 10_000 }]);
  } finally {
    rmSync(folder, { recursive: true });
  }
}, 30_000);

/** The page the copy goes on with; undefined before its first commit. */
function placeOf(path: string): unknown {
  const [found] = readRows(path, "SELECT 1 FROM sqlite_master WHERE name = '_checkpoint'");
  return found ? readRows(path, "SELECT next FROM _checkpoint WHERE phase = 'copying'")[0]?.next : undefined;
}

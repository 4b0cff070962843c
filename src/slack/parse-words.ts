import { fold } from '../views/field-search.ts';
import { type Word, words } from '../views/names.ts';

/** What people also type for a word; only for those that change nothing. */
const aliases: Readonly<Record<string, Word>> = {
  一時停止: 'pause',
  ステータス: 'status',
  状況: 'status',
  error: 'errors',
  '?': 'help',
};

export interface Words {
  /** Null when the first word is none of ours. */
  word: Word | null;
  rest: string;
  empty: boolean;
  /** Which of the words may have been meant, where none was said. */
  meant: Word | null;
}

const entries = Object.entries(words) as [Word, string][];
const plain = (text: string): string => text.normalize('NFKC').trim().toLowerCase();

/** What somebody wrote, as a word and what follows it. */
export function parseWords(text: string): Words {
  const [first = '', ...others] = plain(text).split(/\s+/);
  const word = wordOf(first);
  return { word, rest: others.join(' '), empty: first === '', meant: word ? null : meantBy(plain(text)) };
}

function wordOf(typed: string): Word | null {
  // A Japanese keyboard may leave in hiragana what is written in katakana.
  const folded = fold(typed);
  const found = entries.find(([word, japanese]) => word === folded || fold(japanese) === folded);
  return found?.[0] ?? aliases[folded] ?? null;
}

/** A word in the middle of a sentence, in either language, or one that is a letter or two off. */
function meantBy(text: string): Word | null {
  const spoken = text.split(/[\s、。,.!?！？]+/).filter((part) => part !== '');
  const inside = spoken.map(wordOf).find((word) => word !== null);
  if (inside) return inside;
  const japanese = entries
    .filter(([, word]) => text.includes(plain(word)))
    // 購読解除 holds 購読, too: the longer one is what was said.
    .sort(([, a], [, b]) => b.length - a.length)[0];
  if (japanese) return japanese[0];
  const [first = ''] = spoken;
  const near = entries
    .map(([word]) => ({ word, distance: distanceOf(first, word) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return near && near.distance <= Math.min(2, near.word.length / 2 - 1) ? near.word : null;
}

/** How many letters have to be put in, taken out, changed or swapped (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  const rows: number[][] = [[...Array(b.length + 1).keys()]];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      const above = rows[i - 1] ?? [];
      const swapped = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? (rows[i - 2]?.[j - 2] ?? 9) + 1 : 9;
      row.push(Math.min((above[j] ?? 9) + 1, (row[j - 1] ?? 9) + 1, (above[j - 1] ?? 9) + same, swapped));
    }
    rows.push(row);
  }
  return rows[a.length]?.[b.length] ?? 3;
}

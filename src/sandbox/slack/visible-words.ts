import { isObject, listOf } from './fields.ts';

/** Texts that stand for something else than words: ids, types, values, addresses. */
const SPOKEN = new Set(['text', 'title', 'alt_text', 'label', 'caption', 'author_name', 'fallback']);

/** Every text a person reads in blocks or a view, in order, one a line. For tests and transcripts. */
export function visibleWords(part: unknown): string {
  const words: string[] = [];
  const read = (value: unknown, name: string) => {
    if (typeof value === 'string') {
      if (SPOKEN.has(name)) words.push(value);
    } else if (Array.isArray(value)) for (const item of value) read(item, name);
    else if (isObject(value) && value.type === 'table') words.push(...tableLines(value.rows));
    else if (isObject(value)) {
      for (const [key, inner] of Object.entries(value)) if (key !== 'confirm') read(inner, key);
    }
  };
  read(part, '');
  return words.join('\n');
}

/** A row a line, as it is read. */
function tableLines(rows: unknown): string[] {
  return listOf(rows).map((row) =>
    listOf(row)
      .map((cell) => visibleWords(cell).replaceAll('\n', ' '))
      .join(' | '),
  );
}

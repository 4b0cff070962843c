import type { CopyStart, VersionRange } from '../ports/dynamics.ts';

/**
 * A part of a table that is still to be read: the rows with versions from `from` on and below `to`, of which those up
 * to `next` are stored.
 */
export interface CopyPart {
  /** Null: the table is read from one end to the other. */
  range: VersionRange | null;
  /** The link of its next page; null: the first one. */
  next: string | null;
}

/** What is left to be read of a table. */
export interface CopyParts {
  parts: readonly CopyPart[];
  /** The highest version when the copy began: where the last part, which has no end, ends nearly. */
  highest: bigint;
}

/** So many at the beginning: enough to be busy until it shows where the rows are. */
const firstParts = 8n;

/** Of equal width in versions; how the rows are spread over them is not known yet. */
export function divide(span: CopyStart['span']): CopyParts {
  if (!span) return { parts: [{ range: null, next: null }], highest: 0n };
  const lowest = BigInt(span.lowest);
  const highest = BigInt(span.highest);
  const width = highest - lowest + 1n;
  const count = width < firstParts ? width : firstParts;
  const bounds = Array.from({ length: Number(count) }, (_, index) =>
    String(lowest + (width * BigInt(index)) / count),
  );
  const parts = bounds.map((from, index) => ({ range: { from, to: bounds[index + 1] ?? null }, next: null }));
  return { parts, highest };
}

const prefix = 'parts ';

/** The parts as the checkpoint's `next`. A table that is read as a whole has its link there, or null. */
export function writeParts({ parts, highest }: CopyParts): string | null {
  const [only] = parts;
  if (parts.length === 1 && only?.range === null) return only.next;
  const written = parts.map(({ range, next }) => [range?.from, range?.to, next]);
  return prefix + JSON.stringify([String(highest), written]);
}

export function readParts(next: string | null): CopyParts {
  if (!next?.startsWith(prefix)) return { parts: [{ range: null, next }], highest: 0n };
  const [highest, written] = JSON.parse(next.slice(prefix.length)) as [
    string,
    [from: string, to: string | null, next: string | null][],
  ];
  const parts = written.map(([from, to, link]) => ({ range: { from, to }, next: link }));
  return { parts, highest: BigInt(highest) };
}

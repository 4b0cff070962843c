import { promisify } from 'node:util';
import { constants, gunzip, gzip } from 'node:zlib';

const deflate = promisify(gzip);
const inflate = promisify(gunzip);
const speed = { level: constants.Z_BEST_SPEED, chunkSize: 1 << 20 };

/** A compressed piece of a page, and of how many rows. */
interface Block {
  rows: readonly { version: number; bytes: number }[];
  compressed: Buffer;
}

/** Pages of one table by version, made of pieces that were compressed once: gzip members can follow each other. */
export interface VersionRanges {
  page(range: { from: number; below: number }, nextLink: (from: number) => string): Promise<Buffer>;
}

const blockRows = 100;
const pageRows = 5_000;

/**
 * Which ranges are asked for is different each time, so answers cannot be kept as they came.
 * @param context the `@odata.context` of a page.
 * @param rows in the order of their versions, each as JSON.
 */
export async function createVersionRanges(
  context: string,
  rows: AsyncIterable<{ version: number; json: string }>,
): Promise<VersionRanges> {
  const blocks: Block[] = [];
  let pending: { version: number; json: string }[] = [];
  const flush = async (): Promise<void> => {
    if (pending.length === 0) return;
    const text = pending.map(({ json }) => `,${json}`).join('');
    const sizes = pending.map(({ version, json }) => ({ version, bytes: Buffer.byteLength(json) + 1 }));
    blocks.push({ rows: sizes, compressed: await deflate(text, speed) });
    pending = [];
  };
  for await (const row of rows) {
    pending.push(row);
    if (pending.length === blockRows) await flush();
  }
  await flush();

  /** Some rows of a block, without the comma before the first one. */
  const cut = async ({ rows: inBlock, compressed }: Block, first: number, end: number): Promise<Buffer> => {
    const sizes = inBlock.map(({ bytes }) => bytes);
    const start = sum(sizes.slice(0, first));
    return (await inflate(compressed)).subarray(start, start + sum(sizes.slice(first, end)));
  };

  return {
    async page({ from, below }, nextLink) {
      const parts: Buffer[] = [];
      let [count, next] = [0, null as number | null];
      const head = `{"@odata.context":${JSON.stringify(context)},"value":[`;
      for (let index = firstFrom(blocks, from); index < blocks.length; index += 1) {
        const block = blocks[index];
        if (!block) break;
        const first = Math.max(
          0,
          block.rows.findIndex(({ version }) => version >= from),
        );
        const beyond = block.rows.findIndex(({ version }) => version >= below);
        const end = beyond < 0 ? block.rows.length : beyond;
        if (end <= first) break;
        if (count + end - first > pageRows) {
          next = block.rows[first]?.version ?? null;
          break;
        }
        const isWhole = count > 0 && first === 0 && end === block.rows.length;
        const piece = isWhole ? null : await cut(block, first, end);
        // The first row of the page has no comma before it.
        const plain = piece && (count === 0 ? Buffer.concat([Buffer.from(head), piece.subarray(1)]) : piece);
        parts.push(plain ? await deflate(plain, speed) : block.compressed);
        count += end - first;
        if (beyond >= 0) break;
      }
      if (count === 0) parts.push(await deflate(head, speed));
      const link = next === null ? '' : `,"@odata.nextLink":${JSON.stringify(nextLink(next))}`;
      return Buffer.concat([...parts, await deflate(`]${link}}`, speed)]);
    },
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

/** The first block with a version of `from` or above. */
function firstFrom(blocks: readonly Block[], from: number): number {
  let [low, high] = [0, blocks.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle]?.rows.at(-1)?.version ?? 0) < from) low = middle + 1;
    else high = middle;
  }
  return low;
}

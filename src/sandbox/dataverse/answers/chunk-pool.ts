/** Memory for answers, used again and again. */
export interface ChunkPool {
  take(): Buffer;
  /** Takes back the chunks that the parts lie in; other buffers are left alone. */
  giveBack(parts: readonly (string | Buffer)[]): void;
}

export const CHUNK_BYTES = 1024 * 1024;
const MAX_FREE = 32;

/**
 * Fresh buffers for every page would be tens of megabytes that live just long enough to reach the old
 * generation, and V8 answers those with full collections: a third of a second each with 200,000 rows.
 */
export function createChunkPool(): ChunkPool {
  const own = new WeakSet<ArrayBufferLike>();
  const free: Buffer[] = [];
  return {
    take: () => {
      const chunk = free.pop() ?? Buffer.allocUnsafeSlow(CHUNK_BYTES);
      own.add(chunk.buffer);
      return chunk;
    },
    giveBack: (parts) => {
      for (const part of parts) {
        if (typeof part === 'string' || !own.has(part.buffer)) continue;
        // A chunk is handed out again only after another `take`.
        own.delete(part.buffer);
        if (free.length < MAX_FREE) free.push(Buffer.from(part.buffer));
      }
    },
  };
}

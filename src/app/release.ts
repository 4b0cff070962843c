import type { Logger } from '../lib/log.ts';

/** What has to be undone, in reverse order, once: each part pushes how it is stopped as soon as it stands. */
export interface Releaser {
  push(name: string, release: () => Promise<void> | void): void;
  /** A failing part does not keep the others from being stopped. Called again, it gives the first call's promise. */
  release(): Promise<void>;
}

export function createReleaser(log: Logger): Releaser {
  const parts: { name: string; release: () => Promise<void> | void }[] = [];
  let releasing: Promise<void> | null = null;
  async function run(): Promise<void> {
    for (const part of parts.reverse()) {
      try {
        await part.release();
      } catch (error) {
        log.error('A part could not be stopped', { part: part.name, error });
      }
    }
  }
  return {
    push: (name, release) => {
      parts.push({ name, release });
    },
    release: () => {
      releasing ??= run();
      return releasing;
    },
  };
}

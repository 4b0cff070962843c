import type { Logger } from '../lib/log.ts';

/** A notice that cannot be given must not take anything else down with it. */
export async function quietly(log: Logger, notice: string, give: () => Promise<void>): Promise<void> {
  try {
    await give();
  } catch (error) {
    log.error('A notice could not be given', { notice, error });
  }
}

import type { Alert } from './alert.ts';
import type { MessageRef } from './setup.ts';

/** An alert that was told and is not over. */
export interface OpenAlert {
  alert: Alert;
  /** ISO 8601. */
  at: string;
  posts: readonly AlertPost[];
  /** Places that take no posts: not tried again for this alert. */
  refused: readonly string[];
  /** Whether the mail about it is sent, or need not be. */
  mailed: boolean;
}

export interface AlertPost extends MessageRef {
  /** Where it was to be told: a channel, a user id, or `thread`. */
  place: string;
  /** The message in whose thread it stands; null when it begins one itself. */
  thread: string | null;
  /** Keys of what has been told there. */
  told: readonly string[];
  /** What stands there now, to notice that it is out of date. */
  shown: string;
}

import type { MessageRef } from './setup.ts';

/** Somebody asked the admins for what admins may do. */
export interface AccessRequest {
  /** Slack user id of who asked. */
  user: string;
  /** ISO 8601. */
  at: string;
  /** Where the admins were asked. */
  posts: readonly MessageRef[];
  /** Null while nobody has answered. */
  answer: AccessAnswer | null;
}

export interface AccessAnswer {
  by: string;
  at: string;
  allowed: boolean;
}

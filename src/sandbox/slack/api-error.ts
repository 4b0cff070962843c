import type { Json } from './page-api.ts';

/** What Slack answers as `{ ok: false, error }`, with whatever else stands beside it. */
export class ApiError extends Error {
  readonly code: string;
  readonly details: Json;

  constructor(code: string, details: Json = {}) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.details = details;
  }
}

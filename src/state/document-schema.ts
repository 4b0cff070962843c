import { z } from 'zod';
import { alertKinds } from '../model/alert.ts';
import { auditActions } from '../model/audit.ts';
import { faultCodes } from '../model/fault.ts';
import { periodSchema } from '../model/period.ts';
import { subscriptionKinds } from '../model/subscription.ts';
import type { ConnectionDocument } from '../ports/connection-store.ts';

const fault = z.object({
  code: z.enum(faultCodes),
  details: z.record(z.string(), z.string()),
  original: z.string().exactOptional(),
  requestId: z.string().exactOptional(),
  at: z.string(),
});
const organization = z.object({
  id: z.string(),
  friendlyName: z.string(),
  uniqueName: z.string(),
  url: z.string(),
});
const periods = z.record(z.string(), z.object({ period: periodSchema, at: z.string() }));
const selection = z.record(
  z.string(),
  z.object({ fields: z.array(z.string()), filter: z.boolean(), periods: periods.exactOptional() }),
);
const start = z.object({ notifyChannel: z.string(), email: z.string().nullable(), requestedBy: z.string() });
const entityCounts = z.object({
  entity: z.string(),
  phase: z.enum(['waiting', 'copying', 'current']),
  stored: z.number(),
  read: z.number(),
  total: z.number().nullable(),
  filtered: z.number(),
  failed: z.number(),
  deleted: z.number(),
});
const initial = z.object({ startedAt: z.string(), endedAt: z.string(), entities: z.array(entityCounts) });
const reason = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('admin'), by: z.string(), at: z.string() }),
  z.object({ kind: z.literal('fault'), fault }),
]);

const known = { organization, enteredBy: z.string() };
const confirmed = { ...known, confirmedBy: z.string(), confirmedAt: z.string() };
const chosen = { ...confirmed, selection, selectedAt: z.string().exactOptional() };
const requested = { ...chosen, start };
const started = { ...requested, startedBy: z.string(), startedAt: z.string() };

const setup = z.union([
  z.object({ step: z.literal('new') }),
  z.object({ step: z.literal('unconfirmed'), ...known }),
  z.object({ step: z.literal('confirmed'), ...confirmed }),
  z.object({ step: z.literal('chosen'), ...chosen }),
  z.object({ step: z.literal('requested'), ...requested }),
  z.object({ step: z.literal('copying'), ...started }),
  z.object({ step: z.literal('running'), ...started, initial }),
  z.object({ step: z.literal('paused'), ...started, reason, resumeAs: z.literal('copying') }),
  z.object({ step: z.literal('paused'), ...started, reason, resumeAs: z.literal('running'), initial }),
]);

const messageRef = z.object({ channel: z.string(), ts: z.string() });

const request = z.object({
  user: z.string(),
  at: z.string(),
  posts: z.array(messageRef),
  answer: z.object({ by: z.string(), at: z.string(), allowed: z.boolean() }).nullable(),
});

const subscription = z.object({
  channel: z.string(),
  kind: z.enum(subscriptionKinds),
  by: z.string(),
  at: z.string(),
  timeZone: z.string(),
  lastDaily: z.string(),
  lastAct: z.string(),
  isBroken: z.boolean(),
});

const alert = z.object({
  kind: z.enum(alertKinds),
  causes: z.array(
    z.object({
      kind: z.string(),
      entity: z.string().nullable(),
      details: z.record(z.string(), z.string()),
    }),
  ),
});

const openAlert = z.object({
  alert,
  at: z.string(),
  posts: z.array(
    messageRef.extend({
      place: z.string(),
      thread: z.string().nullable(),
      told: z.array(z.string()),
      shown: z.string(),
    }),
  ),
  refused: z.array(z.string()),
  mailed: z.boolean(),
});

const connection: z.ZodType<ConnectionDocument> = z.object({
  setup,
  sealedCredentials: z.string().nullable(),
  card: messageRef.nullable(),
  progressPost: messageRef.nullable(),
  completionPosted: z.boolean(),
  completionMailed: z.boolean(),
  addedTold: z.array(z.string()).default([]),
  refreshesTold: z.array(z.string()).default([]),
  secretExpiry: z
    .object({ holds: z.enum(['secret', 'certificate']), at: z.string() })
    .nullable()
    .default(null),
  expiryTold: z.object({ at: z.string(), days: z.number() }).nullable().default(null),
  stopTold: z.string().nullable(),
  // What an older version did not know of starts empty.
  allowed: z.array(z.string()).default([]),
  requests: z.array(request).default([]),
  languages: z.record(z.string(), z.enum(['en', 'ja'])).default({}),
  homes: z.array(z.string()).default([]),
  subscriptions: z.array(subscription).default([]),
  alerts: z.array(openAlert).default([]),
  events: z.array(z.string()).default([]),
});

const auditEntry = z.object({
  at: z.string(),
  by: z.string(),
  action: z.enum(auditActions),
  result: z.string(),
  details: z.record(z.string(), z.string()).exactOptional(),
});

/** The state file as it is on disk. */
export const fileSchema = z.object({
  version: z.literal(1),
  connection,
  /** The newest last. */
  history: z.array(auditEntry),
});

export type StateFile = z.infer<typeof fileSchema>;

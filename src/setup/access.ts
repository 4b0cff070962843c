import type { Clock } from '../lib/clock.ts';
import type { AccessAnswer, AccessRequest } from '../model/access.ts';
import type { AuditAction, AuditEntry } from '../model/audit.ts';
import type { MessageRef } from '../model/setup.ts';
import type { ConnectionDocument, ConnectionStore } from '../ports/connection-store.ts';

/** Who may do what admins may do besides the workspace's own: asked for, answered, taken back. */
export interface Access {
  /** `waiting`: they have asked before and nobody has answered yet. */
  ask(user: string): Promise<'asked' | 'waiting'>;
  /** Where the admins were asked. */
  remember(user: string, posts: readonly MessageRef[]): Promise<void>;
  /** No admin could be asked: they may ask again. */
  forget(user: string): Promise<void>;
  /** The first answer counts; every other one gets that one back. Null when nobody has asked. */
  answer(
    user: string,
    by: string,
    allowed: boolean,
  ): Promise<{ request: AccessRequest; first: boolean } | null>;
  /** False when they were not allowed anyway. */
  withdraw(user: string, by: string): Promise<boolean>;
}

/** Answered ones are kept for a while, to tell who answered. */
const requestsKept = 50;

export function createAccess({ store, clock }: { store: ConnectionStore; clock: Clock }): Access {
  const entry = (action: AuditAction, by: string, user: string): AuditEntry => ({
    at: new Date(clock.now()).toISOString(),
    by,
    action,
    result: 'done',
    details: { user },
  });
  return {
    async ask(user) {
      let result: 'asked' | 'waiting' = 'asked';
      await store.update((document) => {
        const waiting = document.requests.some((request) => request.user === user && !request.answer);
        result = waiting ? 'waiting' : 'asked';
        if (waiting) return { document };
        const audit = [entry('access.asked', user, user)];
        const request = { user, at: audit[0]?.at ?? '', posts: [], answer: null };
        const others = document.requests.filter((one) => one.user !== user);
        return { document: { ...document, requests: [...others, request].slice(-requestsKept) }, audit };
      });
      return result;
    },
    async remember(user, posts) {
      await store.update((document) => ({
        document: withRequest(document, user, (request) => ({ ...request, posts })),
      }));
    },
    forget: (user) => forget(store, user),
    async answer(user, by, allowed) {
      let result: { request: AccessRequest; first: boolean } | null = null;
      await store.update((document) => {
        const request = document.requests.find((one) => one.user === user);
        result = request ? { request, first: !request.answer } : null;
        if (!request || request.answer) return { document };
        const audit = [entry(allowed ? 'access.allowed' : 'access.declined', by, user)];
        const answer: AccessAnswer = { by, at: audit[0]?.at ?? '', allowed };
        result = { request: { ...request, answer }, first: true };
        return {
          document: allow(
            withRequest(document, user, (one) => ({ ...one, answer })),
            user,
            allowed,
          ),
          audit,
        };
      });
      return result;
    },
    async withdraw(user, by) {
      let done = false;
      await store.update((document) => {
        done = document.allowed.includes(user);
        if (!done) return { document };
        return { document: allow(document, user, false), audit: [entry('access.withdrawn', by, user)] };
      });
      return done;
    },
  };
}

async function forget(store: ConnectionStore, user: string): Promise<void> {
  await store.update((document) => ({
    document: {
      ...document,
      requests: document.requests.filter((one) => one.user !== user || one.answer !== null),
    },
  }));
}

function allow(document: ConnectionDocument, user: string, allowed: boolean): ConnectionDocument {
  const others = document.allowed.filter((id) => id !== user);
  return { ...document, allowed: allowed ? [...others, user] : others };
}

function withRequest(
  document: ConnectionDocument,
  user: string,
  change: (request: AccessRequest) => AccessRequest,
): ConnectionDocument {
  const requests = document.requests.map((one) => (one.user === user ? change(one) : one));
  return { ...document, requests };
}

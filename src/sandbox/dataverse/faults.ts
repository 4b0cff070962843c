import { missingPrivilege } from './answers/privileges.ts';
import { DataverseError, expiredLink } from './errors.ts';
import type { Organization } from './organization.ts';

/** What happens instead of, or to, the true answer. */
export type Effect =
  | { kind: 'refuse'; error: DataverseError }
  | { kind: 'unauthorized' }
  | { kind: 'html'; status: number; text: string; headers?: Record<string, string> }
  | { kind: 'json'; text: string }
  | { kind: 'cut' }
  | { kind: 'endless' }
  | { kind: 'delay'; ms: number };

/** A fault to play. Without `path` and `entity` it meets every request of the Web API. */
export interface Fault {
  kind: FaultKind;
  /** Part of the path and query as sent, or a pattern for it. */
  path?: string | RegExp;
  /** A table's logical name: requests of its rows. */
  entity?: string;
  /** Requests it meets before it is over; default 1, `Infinity` until `clear()`. */
  count?: number;
  /** Matching requests let through first; default 0. */
  after?: number;
  /** 429 and 503; default 5. */
  retryAfterSeconds?: number;
  /** `slow`; default 2000. */
  delayMs?: number;
  /** `redirect`: where to. */
  location?: string;
}

interface FaultContext {
  fault: Fault;
  organization: Organization;
  url: string;
}

const THROTTLED = {
  requests: ['0x80072322', 'Number of requests exceeded the limit of 6000 over time window of 300 seconds.'],
  time: [
    '0x80072321',
    'Combined execution time of incoming requests exceeded limit of 1,200,000 milliseconds over time window of 300 seconds. Decrease number of concurrent requests or reduce the duration of requests and try again later.',
  ],
  concurrency: ['0x80072326', 'Number of concurrent requests exceeded the limit of 52.'],
} as const;

/** A refusal by the service protection limits (page "Service protection API limits"). */
export function throttled(limit: keyof typeof THROTTLED, retryAfterSeconds: number): DataverseError {
  const [code, message] = THROTTLED[limit];
  return new DataverseError(429, code, message, { 'retry-after': String(retryAfterSeconds) });
}

const refuse = (status: number, code: string, message: string, headers?: Record<string, string>): Effect => ({
  kind: 'refuse',
  error: new DataverseError(status, code, message, headers),
});
const throttle =
  (limit: keyof typeof THROTTLED) =>
  ({ fault }: FaultContext): Effect => ({
    kind: 'refuse',
    error: throttled(limit, fault.retryAfterSeconds ?? 5),
  });
const answer = (body: object): Effect => ({ kind: 'json', text: JSON.stringify(body) });
const page = (status: number, title: string): Extract<Effect, { kind: 'html' }> => ({
  kind: 'html',
  status,
  text: `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`,
});

/** Every fault that can be played, by name; a new one is one more entry. */
const effects = {
  'throttled-requests': throttle('requests'),
  'throttled-time': throttle('time'),
  'throttled-concurrency': throttle('concurrency'),
  'server-error': () => refuse(500, '0x80040216', 'An unexpected error occurred.'),
  'sql-timeout': () => refuse(500, '0x80044151', 'SQL timeout expired.'),
  'invalid-argument': () => refuse(400, '0x80040203', 'Invalid Argument'),
  'bad-gateway': () => page(502, '502 Bad Gateway'),
  unavailable: ({ fault }) =>
    refuse(503, '0x80044507', 'The service is unavailable.', {
      'retry-after': String(fault.retryAfterSeconds ?? 5),
    }),
  'html-page': () => page(200, 'Sign in to your account'),
  'not-found-page': () => page(404, 'Organization not found'),
  redirect: ({ fault: { location = 'https://login.example/' } }) => ({
    ...page(302, 'Moved'),
    headers: { location },
  }),
  'foreign-link': () =>
    answer({ value: [], '@odata.nextLink': 'https://elsewhere.example/api/data/v9.2/leads' }),
  malformed: () => ({ kind: 'json', text: '{"value":[{"name":' }),
  // Read a second time it is the true page; played twice in a row it goes round in a circle.
  'looping-link': ({ url }) => answer({ value: [], '@odata.nextLink': url }),
  'no-page': () => answer({}),
  'other-json': () => answer({ status: 'maintenance', message: 'We are back soon.' }),
  'cut-connection': () => ({ kind: 'cut' }),
  'endless-body': () => ({ kind: 'endless' }),
  slow: ({ fault }) => ({ kind: 'delay', ms: fault.delayMs ?? 2000 }),
  'token-revoked': () => ({ kind: 'unauthorized' }),
  'not-a-member': () => refuse(403, '0x80072560', 'The user is not a member of the organization.'),
  'app-blocked': ({ organization }) =>
    refuse(
      403,
      '0x80095ffc',
      `Access to Dataverse API is restricted for this application Id : '${organization.applicationUser.clientId}'. Please contact your administrator.`,
    ),
  'access-denied': () => refuse(403, '0x80048405', 'Access is denied.'),
  'location-blocked': () =>
    refuse(403, '0x80072561', 'The request was refused because of the location it came from.'),
  'tenant-restricted': () => refuse(403, '0x80044507', 'Access from this tenant is not allowed.'),
  'organization-disabled': () => refuse(403, '0x8004A104', 'The organization is disabled.'),
  'ticket-expired': () => refuse(401, '0x8004A101', 'The authentication ticket has expired.'),
  'disabled-user': ({ organization }) =>
    refuse(
      403,
      '0x80040225',
      `The user with Id = ${organization.applicationUser.id} is disabled or does not belong to any business unit.`,
    ),
  'no-roles': ({ organization }) =>
    refuse(
      403,
      '0x80042f09',
      `The user (Id = ${organization.applicationUser.id}) has not been assigned any roles.`,
    ),
  'missing-privilege': ({ organization, url, fault }) => {
    const table = tableOf(organization, url) ?? organization.tables.get(fault.entity ?? 'lead');
    if (!table) throw new Error('The fault "missing-privilege" needs a table.');
    return { kind: 'refuse', error: missingPrivilege(organization.applicationUser, table.schema) };
  },
  'admin-mode': () =>
    refuse(
      403,
      '0x8004A113',
      'User does not have required privileges (or role membership) to access the org when it is in Admin Only mode.',
    ),
  'expired-delta-link': ({ url }) =>
    /[?&](\$|%24)deltatoken=/i.test(url) ? { kind: 'refuse', error: expiredLink() } : undefined,
  'not-tracked': ({ organization, url }) =>
    refuse(
      400,
      '0x80072491',
      `Entity ${tableOf(organization, url)?.schema.name ?? ''} isn't enabled for change tracking.`,
    ),
} satisfies Record<string, (context: FaultContext) => Effect | undefined>;

export type FaultKind = keyof typeof effects;
export const faultKinds = Object.keys(effects) as FaultKind[];

export interface Faults {
  play(fault: Fault): void;
  clear(): void;
  /** The effect for a request, if a fault is due; counts it. */
  next(url: string): Effect | undefined;
}

export function createFaults(organization: Organization): Faults {
  let playing: { fault: Fault; left: number; waiting: number }[] = [];
  return {
    play: (fault) => {
      playing.push({ fault, left: fault.count ?? 1, waiting: fault.after ?? 0 });
    },
    clear: () => {
      playing = [];
    },
    next: (url) => {
      for (const entry of playing) {
        if (!meets(entry.fault, organization, url)) continue;
        const effect: Effect | undefined = effects[entry.fault.kind]({
          fault: entry.fault,
          organization,
          url,
        });
        if (!effect) continue;
        if (entry.waiting > 0) {
          entry.waiting -= 1;
          continue;
        }
        entry.left -= 1;
        playing = playing.filter(({ left }) => left > 0);
        return effect;
      }
      return undefined;
    },
  };
}

function meets({ path, entity }: Fault, organization: Organization, url: string): boolean {
  if (entity !== undefined && tableOf(organization, url)?.schema.name !== entity) return false;
  if (path === undefined) return true;
  return typeof path === 'string' ? url.includes(path) : path.test(url);
}

/** The table whose rows a URL asks for. */
function tableOf(organization: Organization, url: string) {
  const set = /^\/api\/data\/v[\d.]+\/(\w+)/.exec(url)?.[1];
  return [...organization.tables.values()].find(({ schema }) => schema.set === set);
}

import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import type { Credentials } from '../model/credentials.ts';
import { type AddressRules, graphOf, parseOrganizationUrl } from '../model/organization.ts';
import type { Connection, Dynamics } from '../ports/dynamics.ts';
import type { SecretReader } from '../ports/secret-reader.ts';
import { dynamicsError } from './dynamics-error.ts';
import { findEntities } from './entity-candidates.ts';
import { readSchemas } from './entity-metadata.ts';
import { type Limits, patientLimits, promptLimits } from './limits.ts';
import { countFilter, countRows } from './row-counts.ts';
import { createRowSource } from './row-source.ts';
import { readExpiry } from './secret-expiry.ts';
import { openSession, type Session } from './session.ts';
import { validate } from './validation.ts';

export interface DynamicsDeps {
  log: Logger;
  clock: Clock;
  /** Given: credentials whose address they do not admit are refused once more, before anything is sent. */
  rules?: AddressRules | undefined;
  /** Needed where credentials refer to a secret that the operator holds. */
  secrets?: SecretReader | undefined;
  /** Microsoft Graph's origin, where it is not the cloud's own; null: it is never asked. */
  graph?: string | null | undefined;
  /** Rows a page; Dataverse gives no more than 5,000. */
  maxPageSize?: number;
  /** Other time limits and patience than the usual ones, for the checklist and for connections alike. */
  limits?: Partial<Limits>;
  /** 0 to 1; spreads retries. */
  random?: () => number;
}

/** Dynamics 365 by the Dataverse Web API, signed in as an application. */
export function createDynamics(deps: DynamicsDeps): Dynamics {
  const { log, clock, maxPageSize = 5000, limits, rules, random, secrets } = deps;
  const open = (credentials: Credentials, usual: Limits): Session =>
    openSession(credentials, {
      log,
      clock,
      limits: { ...usual, ...limits },
      secrets,
      ...(random ? { random } : {}),
    });

  const graphFor = ({ address }: Credentials): string | null =>
    deps.graph === undefined ? graphOf(address) : deps.graph;

  return {
    async check(credentials, options) {
      const session = open(credentials, promptLimits);
      try {
        const assertAllowed = () => assertAdmitted(credentials, rules);
        return await validate({ session, clock, assertAllowed, graph: graphFor(credentials) }, options);
      } finally {
        await session.close();
      }
    },
    async readSecretExpiry(credentials, signal) {
      const session = open(credentials, promptLimits);
      try {
        const graph = graphFor(credentials);
        const within = AbortSignal.any([signal, session.life]);
        const found = await readExpiry({ session, graph, signal: within });
        return 'kind' in found ? null : found;
      } catch (error) {
        signal.throwIfAborted();
        log.debug('nobody says when the secret ends', { error });
        return null;
      } finally {
        await session.close();
      }
    },
    connect(credentials) {
      assertAdmitted(credentials, rules);
      return createConnection(open(credentials, patientLimits), clock, maxPageSize);
    },
  };
}

function createConnection({ api, throttle, close }: Session, clock: Clock, maxPageSize: number): Connection {
  return {
    ...createRowSource({ api, throttle, clock, maxPageSize }),
    readSchemas: (names, signal) => readSchemas(api, names, signal),
    countRows: (schemas, signal) => countRows(api, schemas, maxPageSize, signal),
    countFilter: (schema, signal) => countFilter(api, schema, maxPageSize, signal),
    findEntities: (signal) => findEntities(api, signal),
    onHold: (listener) => void throttle.onHold((hold) => listener(hold?.reason ?? null)),
    close,
  };
}

function assertAdmitted({ address }: Credentials, rules: AddressRules | undefined): void {
  if (!rules) return;
  const parsed = parseOrganizationUrl(address.origin, rules);
  if ('origin' in parsed && parsed.origin === address.origin) return;
  throw dynamicsError('not-dynamics', 'The address is not one of Dynamics', {
    recovery: 'ask-admin',
    details: { host: URL.parse(address.origin)?.host },
  });
}

import type { Tls } from '../entra/listener.ts';
import type { Entra } from '../entra/server.ts';
import type { Limits } from './limits.ts';
import type { OrganizationFacts } from './organization.ts';
import type { Language } from './tables/column.ts';

/** Whom Marketo's own solution is set to. */
export type MarketoUser = 'application' | 'other' | 'nobody';

export interface DataverseOptions {
  tls: Tls;
  /** Issues and checks the tokens; the organisation makes itself known in it as a resource. */
  entra: Pick<Entra, 'origin' | 'tenants' | 'addResource' | 'checkToken'>;
  /** Default: Entra's first tenant. */
  tenantId?: string;
  /** The app with an application user; default: the tenant's first app. */
  clientId?: string;
  /** Name clients know it by; it listens on 127.0.0.1 whatever this says. */
  host?: string;
  /** 0, the default, picks a free one. */
  port?: number;
  /** Rows of all tables together; default 25,000. */
  rows?: number;
  /** Of the rows: accounts, contacts and leads; the rest are opportunities and users. */
  shares?: readonly [accounts: number, contacts: number, leads: number];
  /** Another seed is another organisation: other rows, other ids. */
  seed?: number;
  /** Marketo's own solution is installed, with this user set in it; not installed by default. */
  marketo?: MarketoUser;
  /** Whether lead and contact have `new_synctomkto`; default true. */
  filterColumn?: boolean;
  /** Added to every answer; default 0. */
  latencyMs?: number;
  /** For what moment a first tracked read's link stands: the service does not say. Default `first-page`. */
  deltaStandsFor?: 'first-page' | 'last-page';
  /** Enforces a budget; off by default. */
  limits?: Limits;
  /** Tables without change tracking. */
  untracked?: readonly string[];
  /** The application user's; default 1033, English. */
  language?: Language;
  /** The application user's address; default `marketing.sync@contoso.example`. */
  username?: string;
  organization?: Partial<
    Pick<OrganizationFacts, 'friendlyName' | 'uniqueName' | 'urlName' | 'changeTrackingDays'>
  >;
  now?: () => number;
}

/** One request as it came in. */
export interface DataverseLogEntry {
  method: string;
  /** With the query, as sent. */
  path: string;
  /** Milliseconds since 1970. */
  at: number;
  /** 0 until it is answered. */
  status: number;
}

/** Awaited before a request is answered: the moment to change a row between two pages. */
export type RequestHook = (entry: DataverseLogEntry) => void | Promise<void>;

import { cleanAddress } from './pasted-text.ts';

/** A Dynamics environment, as it names itself. Known by its id: a URL can be renamed. */
export interface Organization {
  /** `WhoAmI().OrganizationId`, lower case. */
  id: string;
  friendlyName: string;
  uniqueName: string;
  /** Canonical origin, e.g. `https://contoso.crm4.dynamics.com`. */
  url: string;
}

/** Where an organization lives and where one signs in to it. */
export interface OrganizationAddress {
  /** `https://{org}.{region host}`, lower case, without `.api`; also the token's resource. */
  origin: string;
  /** Entra ID's host for its cloud, e.g. `https://login.microsoftonline.com`. */
  authority: string;
}

export type AddressProblem = 'empty' | 'malformed' | 'not-dynamics-host';

interface Cloud {
  /** Host name of a region, as a pattern. */
  region: string;
  authority: string;
  graph: string;
}

/**
 * Host names by cloud: pages "Datacenter regions", "Microsoft Dynamics 365 government", "National clouds" and
 * "National cloud deployments" (Graph). New region numbers appear, so any is taken.
 */
const clouds: readonly Cloud[] = [
  {
    region: 'crm\\d{0,3}\\.dynamics\\.com',
    authority: 'https://login.microsoftonline.com',
    graph: 'https://graph.microsoft.com',
  },
  {
    region: 'crm\\.microsoftdynamics\\.us',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://graph.microsoft.us',
  },
  {
    region: 'crm\\.appsplatform\\.us',
    authority: 'https://login.microsoftonline.us',
    graph: 'https://dod-graph.microsoft.us',
  },
  {
    region: 'crm\\.dynamics\\.cn',
    authority: 'https://login.partner.microsoftonline.cn',
    graph: 'https://microsoftgraph.chinacloudapi.cn',
  },
];

/** The discovery services: they live under the regions' names and are no organizations. */
const noOrganizations = ['globaldisco', 'disco'];

export interface AddressRules {
  /** `host` or `host:port`, lower case, accepted besides Microsoft's own domains. */
  allowedHosts: readonly string[];
  /** Used instead of the cloud's own, when set. */
  authority?: string | undefined;
}

/** Takes any form of an organization's address that people paste and makes the one canonical form of it. */
export function parseOrganizationUrl(
  text: string,
  rules: AddressRules,
): OrganizationAddress | { problem: AddressProblem } {
  const cleaned = cleanAddress(text);
  if (cleaned === '') return { problem: 'empty' };
  const url = parseUrl(cleaned);
  if (!url) return { problem: 'malformed' };
  const host = url.hostname.replace(/\.$/, '');
  const allowed = rules.allowedHosts.some((entry) => entry === host || entry === url.host);
  if (allowed) {
    return {
      origin: `https://${url.host}`,
      authority: rules.authority ?? 'https://login.microsoftonline.com',
    };
  }
  const found = clouds.map((cloud) => ({ cloud, name: nameIn(cloud, host) })).find(({ name }) => name);
  // Names of organizations are plain letters: another alphabet only looks like one.
  const isOrganization =
    found?.name && !noOrganizations.includes(found.name) && !found.name.startsWith('xn--');
  if (!isOrganization || (url.port !== '' && url.port !== '443')) return { problem: 'not-dynamics-host' };
  const origin = `https://${host.replace('.api.', '.')}`;
  return { origin, authority: rules.authority ?? found.cloud.authority };
}

/** Microsoft Graph's host for an organization's cloud; null for one that is none of Microsoft's. */
export function graphOf({ origin, authority }: OrganizationAddress): string | null {
  const { hostname } = new URL(origin);
  const cloud = clouds.find((entry) => entry.authority === authority && nameIn(entry, hostname));
  return cloud?.graph ?? null;
}

/** The organization's own part of a host name in a cloud. */
function nameIn({ region }: Cloud, host: string): string | undefined {
  return new RegExp(`^([a-z0-9](?:[a-z0-9-]*[a-z0-9])?)(?:\\.api)?\\.${region}$`).exec(host)?.[1];
}

function parseUrl(text: string): URL | null {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  const url = /\s/.test(text) ? null : URL.parse(withScheme);
  const isWeb = url?.protocol === 'https:' || url?.protocol === 'http:';
  if (!url || !isWeb || url.username !== '' || url.password !== '') return null;
  return url.hostname.includes('.') || url.hostname === 'localhost' ? url : null;
}

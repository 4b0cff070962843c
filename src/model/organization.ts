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
  host: RegExp;
  authority: string;
}

/** Host names by cloud: "Datacenter regions" and "Microsoft Dynamics 365 government" pages. New numbers appear, so any is taken. */
const clouds: readonly Cloud[] = [
  { host: /^[a-z0-9-]+(\.api)?\.crm\d{0,2}\.dynamics\.com$/, authority: 'https://login.microsoftonline.com' },
  {
    host: /^[a-z0-9-]+(\.api)?\.crm\.microsoftdynamics\.us$/,
    authority: 'https://login.microsoftonline.us',
  },
  { host: /^[a-z0-9-]+(\.api)?\.crm\.appsplatform\.us$/, authority: 'https://login.microsoftonline.us' },
  { host: /^[a-z0-9-]+(\.api)?\.crm\.dynamics\.cn$/, authority: 'https://login.partner.microsoftonline.cn' },
];

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
  const cleaned = cleanPasted(text);
  if (cleaned === '') return { problem: 'empty' };
  const url = parseUrl(cleaned);
  if (!url) return { problem: 'malformed' };
  const host = url.hostname.toLowerCase();
  const allowed = rules.allowedHosts.some((entry) => entry === host || entry === url.host.toLowerCase());
  if (allowed) {
    return {
      origin: `https://${url.host.toLowerCase()}`,
      authority: rules.authority ?? 'https://login.microsoftonline.com',
    };
  }
  const cloud = clouds.find((entry) => entry.host.test(host));
  if (!cloud || url.port !== '') return { problem: 'not-dynamics-host' };
  return { origin: `https://${host.replace(/\.api\./, '.')}`, authority: rules.authority ?? cloud.authority };
}

function parseUrl(text: string): URL | null {
  const withScheme = /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? text : `https://${text}`;
  if (!URL.canParse(withScheme)) return null;
  const url = new URL(withScheme);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  if (!web || url.username !== '' || url.password !== '' || !url.hostname.includes('.')) {
    return web && url.hostname === 'localhost' && url.username === '' ? url : null;
  }
  return url;
}

/** Takes away what copying adds: white space, zero-width characters, line breaks, surrounding quotes or angle brackets. */
export function cleanPasted(text: string): string {
  return text
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .trim()
    .replace(/^["'`“”‘’<«]+|["'`“”‘’>»]+$/g, '')
    .replace(/[\r\n\t]/g, '')
    .trim();
}

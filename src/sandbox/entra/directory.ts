/** One client secret of an app registration. */
export interface EntraSecret {
  /** The secret's id, which people paste by mistake instead of its value. */
  id: string;
  value: string;
  /** Milliseconds since 1970; absent = does not expire. */
  expiresAt?: number;
}

export interface EntraApp {
  clientId: string;
  name: string;
  secrets: EntraSecret[];
  /** PEM; the app holds their private keys. */
  certificates?: string[];
  /** Whether Microsoft Graph tells it about itself (permission Application.Read.All). */
  mayReadItself?: boolean;
  /** Disabled by an administrator. */
  disabled?: boolean;
}

/** A directory. Its arrays are read at every request: tests and the demo may add and remove while it runs. */
export interface EntraTenant {
  id: string;
  /** Accepted in URLs in place of the id. */
  domain: string;
  apps: EntraApp[];
}

export interface Directory {
  findTenant(name: string): EntraTenant | undefined;
  findApp(tenant: EntraTenant, clientId: string): EntraApp | undefined;
  /** Makes an API (its origin) known in a tenant, as a Dynamics environment is. */
  addResource(tenantId: string, origin: string): void;
  hasResource(tenantId: string, origin: string): boolean;
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const DOMAIN = /^([a-z0-9-]+\.)+[a-z0-9-]+$/i;

/** Whether a tenant could be called that at all (otherwise 900023 instead of 90002). */
export function isTenantName(name: string): boolean {
  return GUID.test(name) || DOMAIN.test(name);
}

export function createDirectory(tenants: EntraTenant[]): Directory {
  const resources = new Map<string, Set<string>>();
  return {
    findTenant: (name) => {
      const wanted = name.toLowerCase();
      return tenants.find(({ id, domain }) => id.toLowerCase() === wanted || domain.toLowerCase() === wanted);
    },
    findApp: (tenant, clientId) =>
      tenant.apps.find((app) => app.clientId.toLowerCase() === clientId.toLowerCase()),
    addResource: (tenantId, origin) => {
      const known = resources.get(tenantId) ?? new Set();
      resources.set(tenantId, known.add(origin.toLowerCase()));
    },
    hasResource: (tenantId, origin) => resources.get(tenantId)?.has(origin.toLowerCase()) ?? false,
  };
}

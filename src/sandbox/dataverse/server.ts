import { listen } from '../entra/listener.ts';
import { createContoso } from './contoso.ts';
import type { Fault } from './faults.ts';
import type { OrganizationHandle } from './handle.ts';
import { createHandle } from './handle.ts';
import type { DataverseLogEntry, DataverseOptions, RequestHook } from './options.ts';
import type { OrganizationFacts } from './organization.ts';
import { createService } from './service.ts';

/** A running Dataverse organisation. */
export interface Dataverse extends OrganizationHandle {
  origin: string;
  port: number;
  organization: OrganizationFacts;
  applicationUser: { id: string; clientId: string; fullName: string; email: string };
  /** Every request since the start, oldest first. */
  requests: DataverseLogEntry[];
  /** Adds a hook that is awaited before each answer; returns what takes it away again. */
  onRequest(hook: RequestHook): () => void;
  play(fault: Fault): void;
  /** Takes back every fault that is still to come. */
  clear(): void;
  setLatency(ms: number): void;
  close(): Promise<void>;
}

/** Makes the organisation, fills it and starts serving it over TLS. */
export async function startDataverse(options: DataverseOptions): Promise<Dataverse> {
  const { tls, entra, host = 'contoso.crm7.dynamics.localhost', port = 0 } = options;
  const organization = createContoso(options);
  let origin = '';
  const service = createService({ organization, options, origin: () => origin });
  const listener = await listen({ tls, port, handle: service.handle });
  origin = `https://${host}:${listener.port}`;
  entra.addResource(organization.facts.tenantId, origin);
  const { id, clientId, fullName, email } = organization.applicationUser;
  return {
    ...createHandle(organization),
    origin,
    port: listener.port,
    organization: organization.facts,
    applicationUser: { id, clientId, fullName, email },
    requests: service.requests,
    onRequest: (hook) => {
      service.hooks.add(hook);
      return () => service.hooks.delete(hook);
    },
    play: service.faults.play,
    clear: service.faults.clear,
    setLatency: service.setLatency,
    close: listener.close,
  };
}

import { type Details, type FaultText, named } from '../fault-text.ts';

const urlPlace = 'Power Platform admin center > Environments > Environment URL';
const operator = 'ask the operator of this app';
const tryLater = 'Try again in a few minutes.';

/** Faults on the way to the organization. */
export const networkFaults = {
  'host-unknown': {
    cause: (d: Details) => `No server was found${named(' at ', d.host)}.`,
    remedy: () =>
      `Check the spelling of the organization URL in ${urlPlace}. The organization may also have been deleted, or got another URL.`,
  },
  'dns-failed': {
    cause: (d: Details) =>
      `The address${named(' of ', d.host)} could not be looked up: no name server answered.`,
    remedy: () => `Try again. If the problem persists, ${operator} to check the name servers (DNS) it uses.`,
  },
  'connection-failed': {
    cause: (d: Details) => `The connection${named(' to ', d.host)} failed.`,
    remedy: () =>
      'Try again. If the problem persists, ask your network team whether this server may reach it over HTTPS.',
  },
  'tls-untrusted': {
    cause: (d: Details) => `The certificate${named(' of ', d.host)} is not trusted.`,
    remedy: () =>
      `If your network inspects traffic, ${operator} to add its certificate authority (NODE_EXTRA_CA_CERTS).`,
  },
  'tls-dates': {
    cause: (d: Details) => `The certificate${named(' of ', d.host)} has expired or is not valid yet.`,
    remedy: () =>
      `Ask your network team whether a proxy shows an old certificate, and ${operator} to check the clock of its server.`,
  },
  'tls-wrong-host': {
    cause: (d: Details) => `The certificate was not made for ${d.host ?? 'this server'}.`,
    remedy: () =>
      `Check the organization URL in ${urlPlace}. If it is right, ask your network team about a proxy.`,
  },
  'tls-failed': {
    cause: (d: Details) => `No encrypted connection${named(' to ', d.host)} came about.`,
    remedy: () =>
      'Try again. If the problem persists, ask your network team whether a proxy interferes with TLS.',
  },
  'timed-out': {
    cause: (d: Details) => `There was no answer in time${named(' from ', d.host)}.`,
    remedy: () => tryLater,
  },
  'not-dynamics': {
    cause: (d: Details) => `The server answers, but it is not Dynamics 365${named(': ', d.host)}.`,
    remedy: () => 'Copy the Environment URL from Power Platform admin center > Environments.',
  },
  'foreign-link': {
    cause: () => 'Dynamics 365 answered with a link to another server. It was not followed.',
    remedy: () => 'Check whether a proxy changes the answers, then try again.',
  },
  'answer-malformed': {
    cause: () => 'The answer could not be read.',
    remedy: () => `${tryLater} If the problem persists, send the line below to support.`,
  },
} satisfies Record<string, FaultText>;

import { createHash, randomBytes } from 'node:crypto';
import type { Clock } from '../lib/clock.ts';
import type { SecretInvitation, SecretLink, SecretPage } from '../ports/secret-page.ts';

const validMs = 10 * 60_000;

export interface Invited {
  invitation: SecretInvitation;
  validUntil: number;
}

/**
 * The links that are out. In memory alone: after a restart they are worthless, and whoever has one starts again.
 * Kept by the hash of their token, so that a dump of the memory opens no page.
 */
export interface SecretInvitations extends SecretPage {
  /** Null where there is no such link any more. */
  find(token: string): Invited | null;
  /** The same, and from now on there is none: of two who come at once, one gets it. */
  take(token: string): Invited | null;
  stop(): void;
}

export function createSecretInvitations({ url, clock }: { url: string; clock: Clock }): SecretInvitations {
  const open = new Map<string, Invited & { close: () => void }>();

  function take(token: string): Invited | null {
    const found = find(token);
    if (found) open.get(hashOf(token))?.close();
    return found;
  }

  function find(token: string): Invited | null {
    const found = open.get(hashOf(token));
    return found && clock.now() < found.validUntil ? found : null;
  }

  function invite(invitation: SecretInvitation): SecretLink {
    for (const other of [...open.values()]) {
      if (other.invitation.person === invitation.person) other.close();
    }
    const token = randomBytes(32).toString('base64url');
    const hash = hashOf(token);
    const validUntil = clock.now() + validMs;
    const ending = new AbortController();
    const close = () => {
      open.delete(hash);
      ending.abort();
    };
    open.set(hash, { invitation, validUntil, close });
    void clock.sleep(validMs, ending.signal).then(() => {
      if (ending.signal.aborted) return;
      close();
      invitation.expire();
    });
    // For whoever opens it too late, when nothing else says which language they read.
    const language = invitation.language === 'en' ? '' : `?lang=${invitation.language}`;
    return { url: `${url.replace(/\/$/, '')}/secret/${token}${language}`, validUntil };
  }

  return {
    invite,
    find,
    take,
    stop() {
      for (const { close } of [...open.values()]) close();
    },
  };
}

function hashOf(token: string): string {
  return createHash('sha256').update(token).digest('base64url');
}

import type { SealedBox } from '../lib/sealed-box.ts';
import type { Application, Credentials } from '../model/credentials.ts';

const purpose = 'dynamics-credentials';

/** Credentials as they are kept: sealed, bound to what they are for. */
export function sealCredentials(box: SealedBox, credentials: Credentials): string {
  return box.seal(JSON.stringify(credentials), purpose);
}

/** @throws AppError `seal-broken` when the key is not the one they were sealed with. */
export function openCredentials(box: SealedBox, sealed: string): Credentials {
  // What opens was written by `sealCredentials`: nobody else has the key.
  const opened = JSON.parse(box.open(sealed, purpose)) as Credentials | FirstCredentials;
  if (!('clientSecret' in opened)) return opened;
  const { clientSecret: secret, ...application } = opened;
  return { ...application, proof: { kind: 'secret', secret } };
}

/** As the first version wrote them, when there was one way to sign in. */
type FirstCredentials = Application & { clientSecret: string };

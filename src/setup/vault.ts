import type { SealedBox } from '../lib/sealed-box.ts';
import type { Credentials } from '../model/credentials.ts';

const purpose = 'dynamics-credentials';

/** Credentials as they are kept: sealed, bound to what they are for. */
export function sealCredentials(box: SealedBox, credentials: Credentials): string {
  return box.seal(JSON.stringify(credentials), purpose);
}

/** @throws AppError `seal-broken` when the key is not the one they were sealed with. */
export function openCredentials(box: SealedBox, sealed: string): Credentials {
  // What opens was written by `sealCredentials`: nobody else has the key.
  return JSON.parse(box.open(sealed, purpose)) as Credentials;
}

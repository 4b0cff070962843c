import type { SecretReference } from '../model/secret-reference.ts';

/** Secrets that the operator holds. */
export interface SecretReader {
  /**
   * What a reference stands for now, without the line break at its end. Asked for at each use and kept nowhere: the
   * operator may have exchanged it.
   * @throws AppError `reference-refused`, `reference-missing`, `reference-unreadable`
   */
  read(reference: SecretReference): Promise<string>;
}

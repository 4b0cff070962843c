/** More rows are gone in Dynamics than anybody deletes in passing: an admin has to say that it was meant. */
export class DeletesHeld extends Error {
  readonly deletes: number;
  readonly rows: number;
  /** They are what a reread did not meet. */
  readonly isSweep: boolean;

  constructor(deletes: number, rows: number, isSweep: boolean) {
    super(`${deletes} of ${rows} rows would be marked as deleted`);
    this.name = 'DeletesHeld';
    this.deletes = deletes;
    this.rows = rows;
    this.isSweep = isSweep;
  }
}

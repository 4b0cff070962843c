import type { Page } from '../ports/dynamics.ts';
import { isQueryTimeout } from './dataverse-error.ts';
import { dynamicsError } from './dynamics-error.ts';

/**
 * Pages of the rows of a period. That takes too long where Dynamics finds nothing among millions of rows, however few
 * it is asked for at once: then it is no fault that passes, but something it does not do.
 */
export async function* readWithin(pages: AsyncIterable<Page>, entity: string): AsyncGenerator<Page> {
  try {
    yield* pages;
  } catch (thrown) {
    if (!isQueryTimeout(thrown)) throw thrown;
    throw dynamicsError('request-refused', `The rows of ${entity} cannot be read by a period`, {
      recovery: 'ask-admin',
      details: { entity },
      cause: thrown,
    });
  }
}

import { expect, test } from 'vitest';
import { AppError } from '../../src/lib/errors.ts';
import { createLogger } from '../../src/lib/log.ts';

function record() {
  const lines: Record<string, unknown>[] = [];
  const log = createLogger({ level: 'info', write: (line) => lines.push(JSON.parse(line)), now: () => 0 });
  return { lines, log };
}

test('a line is one JSON object', () => {
  const { lines, log } = record();
  log.child({ entity: 'lead' }).info('copied', { rows: 3 });
  expect(lines).toEqual([
    { time: '1970-01-01T00:00:00.000Z', level: 'info', msg: 'copied', entity: 'lead', rows: 3 },
  ]);
});

test('what is below the level is left out', () => {
  const { lines, log } = record();
  log.debug('noise');
  expect(lines).toEqual([]);
});

test('secrets are redacted, however deep', () => {
  const { lines, log } = record();
  log.info('x', { clientSecret: 's3cret', request: { Authorization: 'Bearer t0ken' } });
  expect(JSON.stringify(lines)).not.toMatch(/s3cret|t0ken/);
});

test('an error comes with its code and cause', () => {
  const { lines, log } = record();
  log.error('x', {
    error: new AppError('throttled', 'slow down', { recovery: 'wait', cause: new Error('429') }),
  });
  expect(lines[0]).toMatchObject({
    error: { code: 'throttled', message: 'slow down', cause: { message: '429' } },
  });
});

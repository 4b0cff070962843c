import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { createSealedBox } from '../../src/lib/sealed-box.ts';

const [old, fresh] = [randomBytes(32), randomBytes(32)];

test('what is sealed can be opened and not be read', () => {
  const box = createSealedBox([fresh]);
  const sealed = box.seal('s3cret～ひみつ', 'test');
  expect(sealed).not.toContain('s3cret');
  expect(box.open(sealed, 'test')).toBe('s3cret～ひみつ');
});

test('a new key in front seals, the old one still opens', () => {
  const sealed = createSealedBox([old]).seal('text', 'test');
  expect(createSealedBox([fresh, old]).open(sealed, 'test')).toBe('text');
  expect(() => createSealedBox([fresh]).open(sealed, 'test')).toThrow('cannot be opened');
});

test('the same text never looks the same', () => {
  const box = createSealedBox([fresh]);
  expect(box.seal('text', 'test')).not.toBe(box.seal('text', 'test'));
});

test('nothing changed and nothing for another purpose is opened', () => {
  const box = createSealedBox([fresh]);
  const sealed = box.seal('text', 'test');
  const body = sealed.lastIndexOf(':') + 1;
  const flipped = `${sealed.slice(0, body)}${sealed[body] === 'A' ? 'B' : 'A'}${sealed.slice(body + 1)}`;
  expect(() => box.open(sealed, 'other')).toThrow('cannot be opened');
  expect(() => box.open(flipped, 'test')).toThrow('cannot be opened');
  expect(() => box.open('nonsense', 'test')).toThrow('cannot be opened');
});

import { expect, test } from 'vitest';
import { parseWords } from '../../src/slack/parse-words.ts';

test.each([
  ['status', 'status', ''],
  ['  STATUS  now ', 'status', 'now'],
  ['状態', 'status', ''],
  ['ｓｔａｔｕｓ', 'status', ''],
  ['ステータス', 'status', ''],
  ['一時停止', 'pause', ''],
  ['エラー', 'errors', ''],
  ['えらー', 'errors', ''],
  ['へるぷ', 'help', ''],
  ['ﾍﾙﾌﾟ', 'help', ''],
  ['検証　新規', 'validate', '新規'],
  ['購読解除', 'unsubscribe', ''],
  ['購読 毎日', 'subscribe', '毎日'],
  ['購読 すべて', 'subscribe', 'すべて'],
  ['validate new', 'validate', 'new'],
  ['?', 'help', ''],
])('%s is a word', (text, word, rest) => {
  expect(parseWords(text)).toEqual({ word, rest, empty: false, meant: null });
});

test.each([
  ['satus', 'status'],
  ['stauts', 'status'],
  ['puase', 'pause'],
  ['feilds', 'fields'],
  ['unsubscrib', 'unsubscribe'],
  ['please pause', 'pause'],
  ['show me the status, please', 'status'],
  ['状態を教えて', 'status'],
  ['購読解除してください', 'unsubscribe'],
  ['frobnicate', null],
  ['hello', null],
  ['こんにちは', null],
  ['hex', null],
])('%s may mean %s', (text, meant) => {
  expect(parseWords(text)).toMatchObject({ word: null, empty: false, meant });
});

test('nothing is no word', () => {
  expect(parseWords('  ')).toEqual({ word: null, rest: '', empty: true, meant: null });
});

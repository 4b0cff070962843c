import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/texts/catalogue.ts';

const [en, ja] = [textsFor('en').format, textsFor('ja').format];

describe('times', () => {
  test.each([
    [3, 12, 'less than a minute', '1分未満'],
    [0, 65, 'up to 2 minutes', '最大2分程度'],
    [170, 180, 'about 2 to 3 minutes', '約2〜3分'],
    [180, 180, 'about 3 minutes', '約3分'],
    [30, 120, 'up to 2 minutes', '最大2分程度'],
    [120, 480, 'about 2 to 8 minutes', '約2〜8分'],
    [601, 660, 'about 10 to 11 minutes', '約10〜11分'],
    [1_990, 2_900, 'about 30 to 50 minutes', '約30〜50分'],
    [3_600, 14_400, 'about 1 to 4 hours', '約1〜4時間'],
    [100_000, 400_000, 'about 1 to 5 days', '約1〜5日'],
  ])('between %d and %d s', (low, high, english, japanese) => {
    expect(en.aboutBetween(low, high)).toBe(english);
    expect(ja.aboutBetween(low, high)).toBe(japanese);
  });

  test.each([
    [0, '0 seconds', '0秒'],
    [1, '1 second', '1秒'],
    [75, '1 minute 15 seconds', '1分15秒'],
    [3_600, '1 hour', '1時間'],
    [4_350, '1 hour 12 minutes', '1時間12分'],
    [90_000, '1 day 1 hour', '1日1時間'],
  ])('measured %d s', (seconds, english, japanese) => {
    expect(en.elapsed(seconds)).toBe(english);
    expect(ja.elapsed(seconds)).toBe(japanese);
  });

  test('pauses are said in their own unit', () => {
    expect([300, 90, 3_600].map(en.interval)).toEqual(['5 minutes', '90 seconds', '1 hour']);
    expect([300, 90, 3_600].map(ja.interval)).toEqual(['5分', '90秒', '1時間']);
  });
});

test('numbers, percent and lists', () => {
  expect([en.number(1_234_567), ja.number(1_234_567)]).toEqual(['1,234,567', '1,234,567']);
  expect([en.percent(45), ja.percent(45)]).toEqual(['45%', '45%']);
  expect([en.list(['a', 'b', 'c']), ja.list(['a', 'b', 'c'])]).toEqual(['a, b, and c', 'a、b、c']);
});

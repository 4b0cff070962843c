import { describe, expect, test } from 'vitest';
import { checkIds } from '../../src/model/check.ts';
import { credentialInputs } from '../../src/model/credentials.ts';
import { faultCodes } from '../../src/model/fault.ts';
import { setupSteps } from '../../src/model/setup.ts';
import { type Texts, textsFor } from '../../src/texts/catalogue.ts';
import { words } from '../../src/views/names.ts';

const values = { user: '<@U1>', channel: '<#C1>', word: '1' };
/** Every value a text may be given; as one argument it also reads like a number. */
const argument = Object.assign(new Number(2), values, { host: 'h', entity: '1', tenant: '1' });

function sentencesIn(part: unknown, path: string): [string, string][] {
  if (typeof part === 'string') return [[path, part]];
  if (typeof part === 'function') return [[path, String(part(argument, argument, argument, argument))]];
  if (typeof part !== 'object' || part === null) return [];
  return Object.entries(part).flatMap(([key, inner]) => sentencesIn(inner, path ? `${path}/${key}` : key));
}

const sentencesOf = ({ format: _, language: __, ...texts }: Texts) => sentencesIn(texts, '');
const [english, japanese] = [sentencesOf(textsFor('en')), sentencesOf(textsFor('ja'))];
const isJapanese = /[\u3040-\u30ff\u3400-\u9fff]/;
/** Names and signs that are the same in both languages. */
const sameInBoth =
  /placeholders|separator|betweenSentences|organization\/(id|url)$|entities\/bot|history\/bot|help\/header|languages\/en|\/line$|started\/summary|progress\/summary|secretPage\/product/;

describe('the catalogues', () => {
  test('have the same texts', () => {
    expect(japanese.map(([path]) => path).sort()).toEqual(english.map(([path]) => path).sort());
  });

  test('have no empty text and no gap in one', () => {
    const all = [...english, ...japanese].filter(([path]) => !path.endsWith('betweenSentences'));
    expect(all.filter(([, text]) => text.trim() === '')).toEqual([]);
    expect(all.filter(([, text]) => /undefined|null|\[object/.test(text))).toEqual([]);
  });

  test('English is English', () => {
    expect(english.filter(([path, text]) => !path.endsWith('languages/ja') && isJapanese.test(text))).toEqual(
      [],
    );
  });

  test('Japanese is Japanese', () => {
    const foreign = japanese.filter(([path, text]) => !sameInBoth.test(path) && !isJapanese.test(text));
    expect(foreign).toEqual([]);
    const prose = japanese.filter(([, text]) => /\b[a-z]{2,} [a-z]{2,} [a-z]{2,}/.test(text));
    expect(prose).toEqual([]);
  });

  test('buttons are short: 30 characters, 12 of them full width in Japanese', () => {
    for (const text of Object.values(textsFor('en').buttons)) expect(text.length).toBeLessThanOrEqual(30);
    const width = (text: string) => [...text].reduce((sum, letter) => sum + (letter < '\u0100' ? 0.5 : 1), 0);
    for (const text of Object.values(textsFor('ja').buttons)) expect(width(text)).toBeLessThanOrEqual(12);
  });

  test.each(['en', 'ja'] as const)('%s has a word for everything the model can say', (language) => {
    const t = textsFor(language);
    expect(Object.keys(t.faults).sort()).toEqual([...faultCodes].sort());
    expect(Object.keys(t.checklist.names)).toEqual([...checkIds]);
    expect(Object.keys(t.credentials.labels)).toEqual([
      ...credentialInputs,
      'certificate',
      'secret_reference',
    ]);
    expect(Object.keys(t.status.states)).toEqual([...setupSteps, 'stopped']);
    expect(Object.keys(t.help.words)).toEqual(Object.keys(words));
  });

  test.each(faultCodes)('%s reads well without any details', (code) => {
    for (const language of ['en', 'ja'] as const) {
      const { cause, remedy } = textsFor(language).faults[code];
      for (const text of [cause({}), remedy({})]) {
        expect(text).not.toMatch(/undefined|「」|\(\)| {2}| [.,。、]|AADSTS/);
        expect(text.length).toBeLessThan(260);
      }
    }
  });
});

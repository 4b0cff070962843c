import { describe, expect, test } from 'vitest';
import { textsFor } from '../../src/texts/catalogue.ts';
import { completionMail } from '../../src/views/mail.ts';
import { homesOf, messagesOf, modalsOf } from './every-view.ts';
import { outline } from './outline.ts';
import { organization, summary } from './samples.ts';

describe.each(['en', 'ja'] as const)('what people see, %s', (language) => {
  const t = textsFor(language);
  test.each(Object.entries(modalsOf(t)))('modal: %s', (_, view) => {
    expect(outline(view)).toMatchSnapshot();
  });
  test.each(Object.entries(messagesOf(t)))('message: %s', (_, message) => {
    expect(outline(message)).toMatchSnapshot();
  });
  test.each(Object.entries(homesOf(t)))('%s', (_, view) => {
    expect(outline(view)).toMatchSnapshot();
  });
  test('mail: completion', () => {
    const { subject, text } = completionMail(t, { summary, organization });
    expect(`${subject}\n\n${text}`).toMatchSnapshot();
  });
});

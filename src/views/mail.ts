import type { Organization } from '../model/organization.ts';
import type { InitialSummary } from '../model/progress.ts';
import type { Texts } from '../texts/catalogue.ts';
import { secondsOf, summaryLines, totalLine, totalOf } from './summary-lines.ts';

/** A mail, plain text. */
export interface Mail {
  subject: string;
  text: string;
}

/** Says by mail that the initial sync has completed. */
export function completionMail(
  t: Texts,
  { summary, organization }: { summary: InitialSummary; organization: Organization },
): Mail {
  const name = organization.friendlyName.replace(/\s+/g, ' ').trim();
  const words = t.completion;
  const lines = [
    words.mailGreeting,
    '',
    words.mailText(name, organization.url),
    '',
    ...summaryLines(t, summary).map((line) => `- ${line}`),
    '',
    totalLine(t, summary),
    words.duration(t.format.elapsed(secondsOf(summary))),
    ...(totalOf(summary).failed > 0 ? ['', words.mailErrors] : []),
    '',
    words.mailClosing,
    '',
  ];
  return { subject: words.mailSubject(name), text: lines.join('\n') };
}

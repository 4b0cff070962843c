import type { Fault } from '../model/fault.ts';
import type { Organization } from '../model/organization.ts';
import type { InitialSummary } from '../model/progress.ts';
import type { Texts } from '../texts/catalogue.ts';
import { entityName } from './entity-name.ts';
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
  const name = plainName(organization);
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

const plainName = ({ friendlyName }: Organization): string => friendlyName.replace(/\s+/g, ' ').trim();

/** Says by mail that the sync has stopped, why, and what to do. */
export function stoppedMail(
  t: Texts,
  { fault, organization }: { fault: Fault; organization: Organization },
): Mail {
  const name = plainName(organization);
  const words = t.stopped;
  const { cause, remedy } = t.faults[fault.code];
  const details = plainDetails(t, fault);
  // What Slack shows as code is plain here.
  const plain = (text: string): string => text.replaceAll('`', '"');
  const code = [fault.code, fault.original, fault.requestId].filter(Boolean).join(' · ');
  const lines = [
    t.completion.mailGreeting,
    '',
    words.mailText(name, organization.url),
    '',
    plain(cause(details)),
    plain(remedy(details)),
    '',
    words.mailSince(t.format.instant(fault.at)),
    `${t.checklist.support}: ${code}`,
    '',
    words.mailClosing,
    '',
  ];
  return { subject: words.mailSubject(name), text: lines.join('\n') };
}

function plainDetails(t: Texts, { details }: Fault): Record<string, string> {
  const { entity, expiresAt } = details;
  const names = entity?.split(', ').map((one) => entityName(t, one));
  return {
    ...details,
    ...(names ? { entity: names.join(t.entities.separator) } : {}),
    ...(expiresAt ? { date: t.format.instant(expiresAt) } : {}),
  };
}

import type { KnownBlock } from '@slack/types';
import { isConfirmed, isStarted, type Setup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { lineSections, section } from './blocks.ts';
import { safeName } from './card-parts.ts';
import type { Schemas } from './entity-name.ts';
import { dateText, sentences, userMention } from './markup.ts';
import { selectionLines } from './selection-lines.ts';

type Step = keyof Texts['home']['steps'];
type Mark = keyof Texts['home']['marks'];

const symbols: Record<Mark, string> = { done: '✅', next: '▶️', later: '▫️' };

/** The three steps, each with how far it is in a sign and a word. */
export function stepBlocks(
  t: Texts,
  { setup, schemas }: { setup: Setup; schemas?: Schemas | undefined },
): KnownBlock[] {
  const marks = marksOf(setup);
  const details = detailsOf(t, setup);
  const lines = (Object.keys(marks) as Step[]).map((step, index) => {
    const { steps, marks: words } = t.home;
    const title = `${symbols[marks[step]]} *${index + 1}. ${steps[step]}* · ${words[marks[step]]}`;
    return details[step] ? `${title}\n${details[step]}` : title;
  });
  const chosen = 'selection' in setup ? selectionLines(t, setup.selection, schemas) : [];
  const [connect = '', fields = '', start = ''] = lines;
  return [section(connect), ...lineSections([fields, ...chosen.map((line) => `• ${line}`)]), section(start)];
}

function marksOf(setup: Setup): Record<Step, Mark> {
  if (isStarted(setup)) return { connect: 'done', fields: 'done', start: 'done' };
  if (setup.step === 'chosen' || setup.step === 'requested')
    return { connect: 'done', fields: 'done', start: 'next' };
  if (setup.step === 'confirmed') return { connect: 'done', fields: 'next', start: 'later' };
  return { connect: 'next', fields: 'later', start: 'later' };
}

function detailsOf(t: Texts, setup: Setup): Partial<Record<Step, string>> {
  const words = t.home;
  if (setup.step === 'new') return {};
  if (setup.step === 'unconfirmed')
    return { connect: [safeName(setup.organization), words.confirmNext].join(' · ') };
  const connect = isConfirmed(setup)
    ? sentences(t, t.card.lockedBy(userMention(setup.confirmedBy), dateText(t, setup.confirmedAt)))
    : '';
  if (setup.step === 'requested') return { connect, start: words.startNext };
  if (!isStarted(setup)) return { connect };
  return { connect, start: t.card.started.by(userMention(setup.startedBy), dateText(t, setup.startedAt)) };
}

import type { Button, KnownBlock } from '@slack/types';
import { needsCredentials } from '../model/fault.ts';
import type { StartedSetup } from '../model/setup.ts';
import type { Texts } from '../texts/catalogue.ts';
import { actions, button, context, header, section } from './blocks.ts';
import { lockedBlock, type SelectionParts, safeName, selectionBlocks } from './card-parts.ts';
import { faultBlocks } from './fault.ts';
import { channelMention, dateText, userMention } from './markup.ts';
import { type Message, message } from './message.ts';
import { buttons } from './names.ts';

type StateWord = keyof Texts['card']['started']['headers'];

/** The state in a word: a sync that a fault has stopped is not one that somebody has paused. */
export const stateOf = (setup: StartedSetup): StateWord =>
  setup.step === 'paused' && setup.reason.kind === 'fault' ? 'stopped' : setup.step;

/** The card once the sync has been started. */
export function startedCard(t: Texts, setup: StartedSetup, parts: SelectionParts): Message {
  const words = t.card.started;
  const state = words.headers[stateOf(setup)];
  const copies = setup.step === 'copying' || (setup.step === 'paused' && setup.resumeAs === 'copying');
  return message(words.summary(state, safeName(setup.organization)), [
    header(state),
    ...stateBlocks(t, setup),
    ...selectionBlocks(t, setup.selection, parts),
    lockedBlock(t, setup),
    actions(...stateButtons(t, setup)),
    context(
      words.by(userMention(setup.startedBy), dateText(t, setup.startedAt)),
      ...(copies && setup.step === 'copying' ? [words.fieldsLater] : []),
    ),
  ]);
}

function stateBlocks(t: Texts, setup: StartedSetup): KnownBlock[] {
  const words = t.card.started;
  if (setup.step === 'copying') return [section(words.copying(channelMention(t, setup.start.notifyChannel)))];
  if (setup.step === 'running') {
    const stored = setup.initial.entities.reduce((sum, entity) => sum + entity.stored, 0);
    return [section(words.running(stored, dateText(t, setup.initial.endedAt)))];
  }
  const { reason } = setup;
  return reason.kind === 'fault'
    ? faultBlocks(t, reason.fault)
    : [section(words.paused(userMention(reason.by), dateText(t, reason.at)))];
}

function stateButtons(t: Texts, setup: StartedSetup): Button[] {
  const pause = button(buttons.syncPause, t.buttons['sync.pause']);
  const fields = button(buttons.fieldsEdit, t.buttons.fieldsAgain);
  if (setup.step === 'copying') return [pause];
  if (setup.step === 'running') return [pause, fields];
  const signIn = setup.reason.kind === 'fault' && needsCredentials(setup.reason.fault.code);
  // Resuming before the credentials are mended only stops it again.
  const primary = { style: 'primary' } as const;
  const resume = button(buttons.syncResume, t.buttons['sync.resume'], signIn ? {} : primary);
  const credentials = button(buttons.credentialsEdit, t.buttons.credentialsAgain, primary);
  return [resume, ...(signIn ? [credentials] : []), fields];
}

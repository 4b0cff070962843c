import type { ModalView } from '@slack/types';
import type { Fault } from '../model/fault.ts';
import type { Texts } from '../texts/catalogue.ts';
import { askBlocks, type RefusalInput, refusalText } from './access.ts';
import { section } from './blocks.ts';
import { faultBlocks } from './fault.ts';
import { type LoadingTitle, titleOf } from './loading-modal.ts';
import { modal } from './modal.ts';
import { modals } from './names.ts';

export type ProblemModalInput = { title: LoadingTitle } & ({ fault: Fault } | { text: string });

/** Says in a modal why its content cannot be shown. `text` is Slack markup. */
export const problemModal = (t: Texts, input: ProblemModalInput): ModalView =>
  modal({
    callbackId: modals[input.title],
    title: titleOf(t, input.title),
    close: t.loading.close,
    blocks: 'fault' in input ? faultBlocks(t, input.fault) : [section(input.text)],
  });

/** Takes the place of a modal whose reader may not submit it. */
export const refusalModal = (t: Texts, { adminIds, canAsk }: RefusalInput): ModalView =>
  modal({
    callbackId: modals.credentials,
    title: t.refusal.title,
    close: t.loading.close,
    blocks: [section(refusalText(t, adminIds)), ...askBlocks(t, canAsk)],
  });

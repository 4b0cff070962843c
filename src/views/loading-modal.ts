import type { ModalView } from '@slack/types';
import type { Texts } from '../texts/catalogue.ts';
import { context, section } from './blocks.ts';
import { modal } from './modal.ts';
import { modals } from './names.ts';

/** The modals whose content takes time to fetch. */
export type LoadingTitle = 'credentials' | 'fields' | 'start' | 'entities';

export const titleOf = (t: Texts, title: LoadingTitle): string => {
  if (title === 'entities') return t.customEntities.title;
  return title === 'credentials' ? t.credentials.title.credentials : t[title].title;
};

/** Opened at once, since a trigger lives three seconds; updated when the content is there. */
export const loadingModal = (t: Texts, input: { title: LoadingTitle; externalId?: string }): ModalView =>
  modal({
    callbackId: modals[input.title],
    title: titleOf(t, input.title),
    close: t.loading.close,
    externalId: input.externalId,
    blocks: [section(t.loading[input.title]), context(t.loading.note)],
  });

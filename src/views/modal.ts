import type { KnownBlock, ModalView } from '@slack/types';
import { plain } from './blocks.ts';
import { limits } from './limits.ts';

export interface ModalParts {
  callbackId: string;
  title: string;
  close: string;
  blocks: readonly KnownBlock[];
  submit?: string;
  metadata?: string | undefined;
  externalId?: string | undefined;
}

export const modal = (parts: ModalParts): ModalView => ({
  type: 'modal',
  callback_id: parts.callbackId,
  title: plain(parts.title, limits.modalTitle),
  close: plain(parts.close, limits.modalButton),
  ...(parts.submit === undefined ? {} : { submit: plain(parts.submit, limits.modalButton) }),
  ...(parts.metadata === undefined ? {} : { private_metadata: parts.metadata }),
  ...(parts.externalId === undefined ? {} : { external_id: parts.externalId }),
  blocks: parts.blocks.slice(0, limits.blocksInModal),
});

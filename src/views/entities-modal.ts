import type { KnownBlock, ModalView, PlainTextOption } from '@slack/types';
import { type EntityCandidate, labelOf } from '../model/entity.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, plain, section } from './blocks.ts';
import { entityName } from './entity-name.ts';
import { fold } from './field-search.ts';
import { limits, shorten } from './limits.ts';
import { modal } from './modal.ts';
import { entitiesInput, modals } from './names.ts';

/** Of which custom entities the rows are to be copied, too. @param count how many there are to choose from. */
export function entitiesModal(t: Texts, { count, metadata }: { count: number; metadata: string }): ModalView {
  const { title, intro, none, note, submit } = t.customEntities;
  const frame = { callbackId: modals.entities, title, close: t.credentials.cancel, metadata };
  if (count === 0) return modal({ ...frame, blocks: [section(none)] });
  return modal({ ...frame, submit, blocks: [section(intro), inputBlock(t), context(note)] });
}

function inputBlock(t: Texts): KnownBlock {
  return {
    type: 'input',
    block_id: entitiesInput,
    label: plain(t.customEntities.label, limits.inputLabel),
    element: {
      type: 'multi_external_select',
      action_id: entitiesInput,
      min_query_length: 0,
      placeholder: plain(t.customEntities.placeholder, limits.placeholder),
    },
  };
}

/** The answer to typing into it: by label in either language and by logical name. */
export function entityOptions(
  t: Texts,
  candidates: readonly EntityCandidate[],
  query: string,
): PlainTextOption[] {
  const words = fold(query).split(/\s+/).filter(Boolean);
  const collator = new Intl.Collator(t.language, { numeric: true, ignorePunctuation: true });
  return candidates
    .filter(({ name }) => name.length <= limits.option)
    .filter(({ name, label }) => {
      const text = fold([label.en, label.ja ?? '', name].join(' '));
      return words.every((word) => text.includes(word));
    })
    .sort((a, b) => collator.compare(labelOf(a, t.language), labelOf(b, t.language)))
    .slice(0, limits.options)
    .map((candidate) => entityOption(t, candidate));
}

/** `Label (logical_name)`, and what it is linked to; of label and name, the label gives way. */
function entityOption(t: Texts, candidate: EntityCandidate): PlainTextOption {
  const { name, linkedTo } = candidate;
  const tail = ` (${name})`;
  const room = limits.option - tail.length;
  const label = labelOf(candidate, t.language);
  const linked = linkedTo.map((entity) => entityName(t, entity)).join(t.entities.separator);
  return {
    text: plain(room >= 8 ? shorten(label, room) + tail : name, limits.option),
    value: name,
    description: plain(t.customEntities.linkedTo(linked), limits.option),
  };
}

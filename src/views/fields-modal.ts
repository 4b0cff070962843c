import type { KnownBlock, ModalView } from '@slack/types';
import type { EntitySchema } from '../model/entity.ts';
import { type FieldsForm, formOf, selectionIn } from '../model/fields-form.ts';
import { grownEntities } from '../model/fill-form.ts';
import { defaultSelection, hasFilterField, type Selection } from '../model/selection.ts';
import { type SelectionChange, selectionChanges } from '../model/selection-change.ts';
import type { Texts } from '../texts/catalogue.ts';
import { context, divider, lineSections, section } from './blocks.ts';
import { type CountShown, entityBlocks } from './fields-blocks.ts';
import { byLabel, fitForm, otherBlocks } from './fields-room.ts';
import { type FillInput, fillBlocks } from './fill.ts';
import { limits } from './limits.ts';
import { bulletLines, dateText, userMention } from './markup.ts';
import { modal } from './modal.ts';
import { modals } from './names.ts';
import { changeLines } from './selection-lines.ts';

export interface FieldsModalInput {
  schemas: readonly EntitySchema[];
  /** What is saved. An entity that is missing gets its defaults. */
  selection: Selection;
  metadata: string;
  /** As the person has changed it; what is saved where it was only opened. */
  form?: FieldsForm | undefined;
  /** Of the entities whose filter is on. */
  counts?: Readonly<Record<string, CountShown>>;
  /** Whether rows are in the database already. */
  isStarted?: boolean;
  /** For which rows new fields are filled in; only where there are rows. */
  fill?: FillInput | undefined;
  /** Somebody else has saved since it was opened. */
  overtaken?: Overtaken | undefined;
}

export interface Overtaken {
  by: string;
  at: string;
  /** What they changed; empty where that is not known. */
  theirs: readonly SelectionChange[];
  /** What this person had changed, or how their choice differs from what is saved. */
  yours: readonly SelectionChange[];
}

/** Which fields of which entity are synced, and whether its filter is on. */
export function fieldsModal(t: Texts, input: FieldsModalInput): ModalView {
  const { schemas, metadata, counts = {} } = input;
  const words = t.fields;
  if (schemas.length === 0) {
    return modal({ ...frame(t, metadata), blocks: [section(words.nothing)] });
  }
  const saved = savedSelection(input);
  const form = input.form ?? formOf(saved, 0, byLabel(t, schemas));
  const shown = fitForm(t, schemas, form);
  const before = [...overtakenBlocks(t, input), section(words.intro)];
  const after = [
    divider(),
    ...changeBlocks(t, input, selectionChanges(saved, { ...saved, ...selectionIn(form) })),
    context(
      schemas.some(hasFilterField) ? words.filterNote : words.filterMissing,
      words.deleteNote,
      ...(input.isStarted ? [words.custom] : []),
    ),
  ];
  const entities = schemas.map((schema) =>
    entityBlocks(t, {
      schema,
      shown,
      edition: form.edition,
      filter: form.entities[schema.name]?.filter ?? false,
      count: counts[schema.name],
    }),
  );
  const fitting = wholeOnes(t, entities, limits.blocksInModal - otherBlocks.perView);
  return modal({ ...frame(t, metadata), submit: words.submit, blocks: [...before, ...fitting, ...after] });
}

/** Each table whole or not at all: half of one would be saved without its filter. */
function wholeOnes(t: Texts, entities: readonly KnownBlock[][], most: number): KnownBlock[] {
  const blocks: KnownBlock[] = [];
  for (const [index, entity] of entities.entries()) {
    const isLast = index === entities.length - 1;
    // Room for the note, unless there is nothing left to say.
    if (blocks.length + entity.length > most - (isLast ? 0 : 1)) {
      return [...blocks, context(t.fields.tooMany(entities.length - index))];
    }
    blocks.push(...entity);
  }
  return blocks;
}

const frame = (t: Texts, metadata: string) => ({
  callbackId: modals.fields,
  title: t.fields.title,
  close: t.credentials.cancel,
  metadata,
});

const savedSelection = ({ schemas, selection }: FieldsModalInput): Selection =>
  Object.fromEntries(
    schemas.map((schema) => [schema.name, selection[schema.name] ?? defaultSelection(schema)]),
  );

function overtakenBlocks(t: Texts, { overtaken, schemas }: FieldsModalInput): KnownBlock[] {
  if (!overtaken) return [];
  const { by, at, theirs, yours } = overtaken;
  const listed = (title: string, changes: readonly SelectionChange[]) => {
    const lines = changeLines(t, changes, schemas);
    return lines.length > 0 ? lineSections([`*${title}*`, bulletLines(lines)]).slice(0, 1) : [];
  };
  return [
    section(`⚠️ ${t.fields.overtaken(userMention(by), dateText(t, at))}`),
    ...listed(t.fields.theirs, theirs),
    ...listed(t.fields.yours, yours),
    divider(),
  ];
}

/** What a save would do, as the form stands. */
function changeBlocks(
  t: Texts,
  { schemas, selection, isStarted = false, fill }: FieldsModalInput,
  changes: readonly SelectionChange[],
): KnownBlock[] {
  const isFirst = Object.keys(selection).length === 0;
  const lines = changeLines(t, changes, schemas);
  if (lines.length === 0) {
    return [section(`*${t.fields.changes}*\n${isFirst ? t.fields.defaultsChosen : t.fields.noChanges}`)];
  }
  const grown = grownEntities(selection, changes);
  const choice = fill
    ? fillBlocks(
        t,
        schemas.filter(({ name }) => grown.includes(name)),
        fill,
      )
    : [];
  const isRemoving = changes.some(({ removed }) => removed.length > 0);
  const afterwards = choice.length > 0 ? isRemoving && t.fields.whenRemoved : t.fields.whenRunning;
  return [
    ...lineSections([`*${t.fields.changes}*`, bulletLines(lines)]).slice(0, 1),
    ...choice,
    ...(isStarted && afterwards ? [context(afterwards)] : []),
  ];
}

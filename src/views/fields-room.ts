import { type EntitySchema, type Field, labelOf } from '../model/entity.ts';
import type { FieldOrder, FieldsForm } from '../model/fields-form.ts';
import { selectableFields } from '../model/selection.ts';
import type { Texts } from '../texts/catalogue.ts';
import { fieldOption, fitsOption, type OptionRoom } from './field-option.ts';
import { limits } from './limits.ts';

/** What of a form there is room for in one view: the fields of each select, and those that stay unseen. */
export interface ShownForm {
  parts: Readonly<Record<string, readonly (readonly Field[])[]>>;
  hidden: Readonly<Record<string, readonly string[]>>;
  room: OptionRoom;
}

/** How much is said of each field: as much as fits. */
const rooms: readonly OptionRoom[] = [
  { text: limits.option, type: true },
  { text: limits.option, type: false },
  { text: 40, type: false },
  { text: 20, type: false },
];
const tightest: OptionRoom = { text: 20, type: false };

/** The selected options may take this much of a view, of which one may not be larger than 250 kB. */
const optionBytes = 190_000;
/**
 * Of an entity's blocks with one select, and of the modal's own: as many as there may be at most, so that no table
 * goes while somebody is choosing.
 */
export const otherBlocks = { perEntity: 5, perView: 9 };

/** By label in the reader's language. */
export function byLabel(t: Texts, schemas: readonly EntitySchema[]): FieldOrder {
  const collator = new Intl.Collator(t.language, { numeric: true, ignorePunctuation: true });
  return (entity, names) => {
    const known = fieldsOf(schemas, entity);
    const labels = new Map(
      names.map((name) => [name, labelOf(known.get(name) ?? { name, label: { en: name } }, t.language)]),
    );
    return [...names].sort((a, b) => collator.compare(labels.get(a) ?? a, labels.get(b) ?? b));
  };
}

function fieldsOf(schemas: readonly EntitySchema[], entity: string): ReadonlyMap<string, Field> {
  const schema = schemas.find(({ name }) => name === entity);
  return new Map((schema ? selectableFields(schema) : []).map((field) => [field.name, field]));
}

export function fitForm(t: Texts, schemas: readonly EntitySchema[], form: FieldsForm): ShownForm {
  const left = { bytes: optionBytes, selects: selectsLeft(schemas.length) };
  const parts: Record<string, Field[][]> = {};
  const hidden: Record<string, string[]> = {};
  for (const { name } of schemas) {
    const known = fieldsOf(schemas, name);
    const chosen = (form.entities[name]?.parts ?? []).map((part) =>
      part.flatMap((one) => known.get(one) ?? []),
    );
    const fitting = chosen.map((fields, index) => takeFitting(t, fields, index, left));
    // The first select of an entity is always there, be it empty.
    parts[name] = [fitting[0] ?? [], ...fitting.slice(1).filter((fields) => fields.length > 0)];
    const shown = new Set(fitting.flat());
    hidden[name] = chosen.flat().flatMap((field) => (shown.has(field) ? [] : [field.name]));
  }
  const all = Object.values(parts).flat(2);
  const room = rooms.find((one) => all.reduce((sum, field) => sum + cost(t, field, one), 0) <= optionBytes);
  return { parts, hidden, room: room ?? tightest };
}

/** Beyond the one that each entity has. */
const selectsLeft = (entities: number): number =>
  limits.blocksInModal - otherBlocks.perView - otherBlocks.perEntity * entities;

const cost = (t: Texts, field: Field, room: OptionRoom): number =>
  Buffer.byteLength(JSON.stringify(fieldOption(t, field, room))) + 1;

/** What of one select there is room for; takes it off what is left. */
function takeFitting(
  t: Texts,
  fields: readonly Field[],
  index: number,
  left: { bytes: number; selects: number },
): Field[] {
  if (index > 0 && left.selects <= 0) return [];
  const fitting = fields.slice(0, limits.options).filter((field) => {
    if (!fitsOption(field)) return false;
    left.bytes -= cost(t, field, tightest);
    return left.bytes >= 0;
  });
  if (index > 0 && fitting.length > 0) left.selects--;
  return fitting;
}

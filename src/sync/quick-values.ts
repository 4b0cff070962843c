import { type FieldType, isLookup } from '../model/entity.ts';
import type { RowPacker } from '../model/row-packer.ts';
import { endOf, isPlain } from '../model/scanned-rows.ts';

/**
 * Packs a value right from the JSON it stands in, where it has the usual form of its type. False for any other: then
 * it is parsed, and its reader decides. What is packed is what the reader would make of it.
 * @param marked where it ends, see `mark`.
 */
export type PackQuickly = (json: Buffer, begin: number, marked: number, packer: RowPacker) => boolean;

/** Chosen once per column, since it runs for every value of every row. */
export function quickPacker(type: FieldType): PackQuickly {
  if (isLookup(type)) return packId;
  return packers[type] ?? packText;
}

const [quote, dot, zero, nine, backslash] = [0x22, 0x2e, 0x30, 0x39, 0x5c];
const isDigit = (byte: number): boolean => byte >= zero && byte <= nine;

const packText: PackQuickly = (json, begin, marked, packer) => {
  const [first, last] = [begin + 1, endOf(marked) - 1];
  if (!isPlain(marked))
    return json[begin] === quote && isFreeOfEscapes(json, first, last) && packer.wideText(json, first, last);
  packer.text(json, first, last);
  return true;
};

function isFreeOfEscapes(json: Buffer, begin: number, end: number): boolean {
  for (let at = begin; at < end; at += 1) if (json[at] === backslash) return false;
  return true;
}

const packId: PackQuickly = (json, begin, marked, packer) => {
  const end = endOf(marked);
  if (!isPlain(marked) || end - begin <= 2) return false;
  packer.lowerText(json, begin + 1, end - 1);
  return true;
};

const packBoolean: PackQuickly = (json, begin, _marked, packer) => {
  const first = json[begin];
  if (first !== 0x74 && first !== 0x66) return false;
  packer.value(first === 0x74 ? 1 : 0);
  return true;
};

/** Without a sign, and small enough to be exact. */
const packInteger: PackQuickly = (json, begin, marked, packer) => {
  const end = endOf(marked);
  if (end - begin > 15) return false;
  let number = 0;
  for (let at = begin; at < end; at += 1) {
    const byte = json[at] ?? 0;
    if (!isDigit(byte)) return false;
    number = 10 * number + byte - zero;
  }
  packer.value(number);
  return true;
};

/** A text of digits, perhaps with a fraction. */
const packDecimal: PackQuickly = (json, begin, marked, packer) => {
  const [first, last] = [begin + 1, endOf(marked) - 1];
  if (!isPlain(marked) || !isDigit(json[first] ?? 0) || !isDigit(json[last - 1] ?? 0)) return false;
  let dots = 0;
  for (let at = first; at < last; at += 1) {
    const byte = json[at] ?? 0;
    if (byte === dot) dots += 1;
    else if (!isDigit(byte)) return false;
  }
  if (dots > 1) return false;
  packer.text(json, first, last);
  return true;
};

/** `2026-11-23T04:05:06Z`, perhaps with a fraction. */
const packDateTime: PackQuickly = (json, begin, marked, packer) => {
  const [first, last] = [begin + 1, endOf(marked) - 1];
  const isUtc = last - first >= 20 && json[first + 10] === 0x54 && json[last - 1] === 0x5a;
  if (!isPlain(marked) || !isUtc) return false;
  packer.text(json, first, last);
  return true;
};

const packDateOnly: PackQuickly = (json, begin, marked, packer) => {
  const [first, last] = [begin + 1, endOf(marked) - 1];
  if (!isPlain(marked) || last - first !== 10) return false;
  packer.text(json, first, last);
  return true;
};

const neverQuick: PackQuickly = () => false;

const packers: Partial<Record<FieldType, PackQuickly>> = {
  BigInt: neverQuick,
  Boolean: packBoolean,
  DateOnly: packDateOnly,
  DateTime: packDateTime,
  Decimal: packDecimal,
  Double: neverQuick,
  Integer: packInteger,
  Money: packDecimal,
  Picklist: packInteger,
  State: packInteger,
  Status: packInteger,
  Uniqueidentifier: packId,
};

import type { Values } from '../tables/row.ts';
import type { Random } from './random.ts';
import {
  japaneseFamilyNames,
  japaneseGivenNames,
  japanesePlaces,
  jobTitles,
  latinFamilyNames,
  latinGivenNames,
  latinPlaces,
} from './words.ts';

export interface PersonSketch {
  /** Name columns. */
  name: Values;
  fullName: string;
  /** The part of an e-mail address before the @. */
  mailbox: string;
}

/** A person's name in one script; Japanese ones with their reading and family name first. */
export function sketchPerson(random: Random, isJapanese: boolean): PersonSketch {
  if (isJapanese) {
    const family = random.pick(japaneseFamilyNames);
    const given = random.pick(japaneseGivenNames);
    const fullName = `${family.kanji} ${given.kanji}`;
    const yomifullname = `${family.kana} ${given.kana}`;
    const yomi = { yomilastname: family.kana, yomifirstname: given.kana, yomifullname };
    const name = { lastname: family.kanji, firstname: given.kanji, fullname: fullName, ...yomi };
    return { name, fullName, mailbox: `${given.romaji}.${family.romaji}${digits(random)}` };
  }
  const [given, family] = [random.pick(latinGivenNames), random.pick(latinFamilyNames)];
  const middlename = random.chance(0.15) ? `${random.pick('ABCDEFGHJKLMNPRSTW'.split(''))}.` : null;
  const fullName = [given, middlename, family].filter((part) => part !== null).join(' ');
  const name = { firstname: given, middlename, lastname: family, fullname: fullName };
  return { name, fullName, mailbox: `${plain(given)}.${plain(family)}${digits(random)}` };
}

/** Namesakes exist in every large organisation; most of them got a number. */
function digits(random: Random): string {
  return random.chance(0.7) ? String(random.between(2, 999)) : '';
}

/** `Lefèvre` → `lefevre`, `O'Brien` → `obrien`. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .replace(/[^a-zA-Z]/g, '')
    .toLowerCase();
}

/** The first address and the telephone numbers of a row in a Japanese or another place. */
export function sketchPlace(random: Random, isJapanese: boolean): Values {
  return isJapanese ? japanesePlace(random) : latinPlace(random);
}

function japanesePlace(random: Random): Values {
  const [postal = '', prefecture = '', city = '', area = ''] = random.pick(japanesePlaces);
  const block = `${random.between(1, 9)}-${random.between(1, 30)}-${random.between(1, 20)}`;
  const building = random.chance(0.4) ? `${random.pick(BUILDINGS)}${random.between(2, 30)}階` : null;
  const postalCode = `${postal}-${String(random.between(0, 9999)).padStart(4, '0')}`;
  const composite = [`〒${postalCode}`, `${prefecture}${city}${block}`, building].filter(
    (part) => part !== null,
  );
  return {
    address1_postalcode: postalCode,
    address1_stateorprovince: prefecture,
    address1_city: city,
    address1_line1: block,
    address1_line2: building,
    address1_country: '日本',
    address1_composite: composite.join('\r\n'),
    telephone1: `${area}-${random.between(2000, 6999)}-${number4(random)}`,
  };
}

function latinPlace(random: Random): Values {
  const [postal = '', state = '', city = '', country = '', phone = '', street = ''] =
    random.pick(latinPlaces);
  const line = `${random.between(1, 1999)} ${street}`;
  const suite = random.chance(0.3) ? `Suite ${random.between(100, 980)}` : null;
  const composite = [line, suite, `${city}, ${state} ${postal}`, country].filter((part) => part !== null);
  return {
    address1_postalcode: postal,
    address1_stateorprovince: state,
    address1_city: city,
    address1_line1: line,
    address1_line2: suite,
    address1_country: country,
    address1_composite: composite.join('\r\n'),
    telephone1: `${phone}${number4(random)}`,
  };
}

/** Job, mobile number and how the person is addressed. */
export function sketchWork(random: Random, isJapanese: boolean): Values {
  const script = isJapanese ? 0 : 1;
  const mobile = isJapanese ? `090-${number4(random)}-${number4(random)}` : `+1 206-555-${number4(random)}`;
  return {
    jobtitle: random.chance(0.85) ? (random.pick(jobTitles)[script] ?? null) : null,
    mobilephone: random.chance(0.55) ? mobile : null,
    salutation: random.chance(0.5) ? (isJapanese ? '様' : random.pick(['Mr.', 'Ms.', 'Dr.'])) : null,
  };
}

/** What people have said they do not want, in the order of its weight for marketing. */
export function sketchConsent(random: Random): Values {
  return {
    donotbulkemail: random.chance(0.12),
    donotemail: random.chance(0.03),
    donotphone: random.chance(0.08),
    donotfax: random.chance(0.2),
    donotpostalmail: random.chance(0.05),
    donotsendmm: random.chance(0.07),
    followemail: true,
  };
}

export function number4(random: Random): string {
  return String(random.between(0, 9999)).padStart(4, '0');
}

const BUILDINGS = ['第一ビル', 'セントラルタワー', '中央ビル', 'グランスクエア', '駅前プラザ'];

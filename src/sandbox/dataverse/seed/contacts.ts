import type { Values } from '../tables/row.ts';
import { sketchCompany } from './accounts.ts';
import { sketchConsent, sketchPerson, sketchPlace, sketchWork } from './person.ts';
import type { Load } from './users.ts';
import { departments, products } from './words.ts';
import type { AccountSketch, World } from './world.ts';
import { currencyOf, money, planBulkImport, recordStamps, synchronizeFlag } from './world.ts';

const LEAD_STATUS: [state: number, reason: number][] = [
  [0, 1],
  [0, 1],
  [0, 1],
  [0, 2],
  [0, 2],
  [0, 2],
  [1, 3],
  [1, 3],
  [2, 4],
  [2, 5],
  [2, 6],
  [2, 7],
];

/** People at companies; fills `world.contacts`. */
export function seedContacts(world: World, count: number, load: Load): void {
  const { random } = world;
  const bulk = planBulkImport(world, count, 0.3, 2001);
  for (let n = 0; n < count; n++) {
    const account =
      world.accounts.length > 0 && random.chance(0.93) ? random.pick(world.accounts) : undefined;
    const id = random.guid();
    load('contact', id, { ...contactValues(world, account), ...recordStamps(world, n, count, bulk) });
    world.contacts.push({ id, account });
  }
}

function contactValues(world: World, account: AccountSketch | undefined): Values {
  const { random } = world;
  const isJapanese = account?.isJapanese ?? random.chance(0.6);
  const person = sketchPerson(random, isJapanese);
  const isInactive = random.chance(0.06);
  return {
    ...person.name,
    ...sketchWork(random, isJapanese),
    ...sketchPlace(random, isJapanese),
    emailaddress1: random.chance(0.94) ? `${person.mailbox}@${account?.domain ?? 'mail.example'}` : null,
    telephone2: random.chance(0.1) ? `080-${random.between(1000, 9999)}-${random.between(1000, 9999)}` : null,
    department: random.chance(0.6) ? (random.pick(departments)[isJapanese ? 0 : 1] ?? null) : null,
    parentcustomerid: account?.id ?? null,
    birthdate: random.chance(0.12) ? birthday(world) : null,
    description: random.chance(0.1)
      ? isJapanese
        ? '製品資料を送付済み。'
        : 'Asked for the price list.'
      : null,
    ...sketchConsent(random),
    preferredcontactmethodcode: 1,
    creditonhold: false,
    marketingonly: random.chance(0.04),
    merged: false,
    participatesinworkflow: false,
    ...currencyOf(world, isJapanese),
    ...synchronizeFlag(world),
    statecode: isInactive ? 1 : 0,
    statuscode: isInactive ? 2 : 1,
  };
}

function birthday({ random }: World): string {
  const [month, day] = [random.between(1, 12), random.between(1, 28)].map((n) => String(n).padStart(2, '0'));
  return `${random.between(1955, 2003)}-${month}-${day}`;
}

/** People nobody has qualified yet; fills `world.leads`. */
export function seedLeads(world: World, count: number, load: Load): void {
  const { random } = world;
  const bulk = planBulkImport(world, count, 0.25, 3001);
  for (let n = 0; n < count; n++) {
    const id = random.guid();
    load('lead', id, { ...leadValues(world), ...recordStamps(world, n, count, bulk) });
    world.leads.push(id);
  }
}

function leadValues(world: World): Values {
  const { random } = world;
  const isJapanese = random.chance(0.66);
  const person = sketchPerson(random, isJapanese);
  const company = sketchCompany(random, isJapanese);
  const [statecode, statuscode] = random.pick(LEAD_STATUS);
  const product = random.pick(products)[isJapanese ? 0 : 1] ?? '';
  const employees = random.between(5, 3000);
  return {
    subject: isJapanese ? `${product}のお問い合わせ` : `Interested in ${product}`,
    ...person.name,
    ...sketchWork(random, isJapanese),
    ...sketchPlace(random, isJapanese),
    companyname: company.name,
    emailaddress1: random.chance(0.9) ? `${person.mailbox}@${company.domain}` : null,
    websiteurl: random.chance(0.4) ? `https://www.${company.domain}/` : null,
    industrycode: random.chance(0.6) ? company.industry : null,
    numberofemployees: random.chance(0.3) ? employees : null,
    ...(random.chance(0.25) ? money('revenue', employees * 12_000_000, isJapanese) : {}),
    ...(random.chance(0.2) ? money('budgetamount', random.between(10, 500) * 100_000, isJapanese) : {}),
    leadsourcecode: random.chance(0.9) ? random.between(1, 10) : null,
    leadqualitycode: random.pick([1, 2, 2, 3, 3]),
    preferredcontactmethodcode: random.pick([1, 1, 1, 2, 3]),
    description: random.chance(0.12)
      ? isJapanese
        ? '「至急」見積希望。'
        : 'Wants a quote "by Friday".'
      : null,
    ...sketchConsent(random),
    ...currencyOf(world, isJapanese),
    ...synchronizeFlag(world),
    statecode,
    statuscode,
  };
}

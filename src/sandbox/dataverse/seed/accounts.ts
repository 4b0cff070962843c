import type { Values } from '../tables/row.ts';
import { sketchPlace } from './person.ts';
import type { Random } from './random.ts';
import type { Load } from './users.ts';
import {
  japaneseCompanyStems,
  japanesePlaces,
  japaneseTrades,
  latinCompanyStems,
  latinTrades,
} from './words.ts';
import type { AccountSketch, World } from './world.ts';
import { currencyOf, money, planBulkImport, recordStamps } from './world.ts';

interface CompanySketch {
  name: string;
  reading: string;
  domain: string;
  industry: number;
}

/** A company's name in one script, with a domain nobody can own. */
export function sketchCompany(random: Random, isJapanese: boolean): CompanySketch {
  if (!isJapanese) {
    const stem = random.pick(latinCompanyStems);
    const [trade = '', industry = ''] = random.pick(latinTrades);
    const name = `${stem} ${trade}${random.pick(['', ', Inc.', ' Ltd.', ' GmbH', ' Group'])}`;
    return {
      name,
      reading: '',
      domain: `${stem}-${trade}.example`.toLowerCase(),
      industry: Number(industry),
    };
  }
  const [stem = '', romaji = ''] = random.pick(japaneseCompanyStems);
  const [trade = '', english = '', industry = ''] = random.pick(japaneseTrades);
  const core = `${stem}${trade}`;
  const name = random.pick([
    `株式会社${core}`,
    `${core}株式会社`,
    `${core}株式会社`,
    `有限会社${core}`,
    `合同会社${core}`,
  ]);
  const branch = random.chance(0.2)
    ? ` ${(random.pick(japanesePlaces)[1] ?? '').replace(/[都府県]$/, '')}支店`
    : '';
  return {
    name: name + branch,
    reading: '',
    domain: `${romaji}-${english}.example`,
    industry: Number(industry),
  };
}

/** Companies; fills `world.accounts`. */
export function seedAccounts(world: World, count: number, load: Load): void {
  const bulk = planBulkImport(world, count, 0.12, 1001);
  for (let n = 0; n < count; n++) {
    const isJapanese = world.random.chance(0.68);
    const company = sketchCompany(world.random, isJapanese);
    const parent = n > 20 && world.random.chance(0.06) ? world.random.pick(world.accounts) : undefined;
    const account: AccountSketch = {
      id: world.random.guid(),
      name: company.name,
      isJapanese,
      domain: company.domain,
    };
    const values = accountValues(world, company, isJapanese);
    const stamps = recordStamps(world, n, count, bulk);
    load('account', account.id, { ...values, ...stamps, parentaccountid: parent?.id ?? null });
    world.accounts.push(account);
  }
}

function accountValues(world: World, company: CompanySketch, isJapanese: boolean): Values {
  const { random } = world;
  const employees = Math.round(5 * 10 ** (random.fraction() * 3.3));
  const isInactive = random.chance(0.05);
  return {
    name: company.name,
    accountnumber: `AC-${String(random.between(1, 999_999)).padStart(6, '0')}`,
    ...sketchPlace(random, isJapanese),
    emailaddress1: random.chance(0.8) ? `info@${company.domain}` : null,
    websiteurl: `https://www.${company.domain}/`,
    industrycode: random.chance(0.9) ? company.industry : null,
    customertypecode: random.chance(0.7) ? random.pick([3, 3, 3, 8, 5, 6]) : null,
    numberofemployees: random.chance(0.8) ? employees : null,
    ...(random.chance(0.7)
      ? money('revenue', employees * random.between(900, 3000) * 10_000, isJapanese)
      : {}),
    ...currencyOf(world, isJapanese),
    description: random.chance(0.15) ? describe(random, isJapanese) : null,
    statecode: isInactive ? 1 : 0,
    statuscode: isInactive ? 2 : 1,
    donotemail: random.chance(0.02),
    donotphone: random.chance(0.03),
    creditonhold: random.chance(0.01),
  };
}

function describe(random: Random, isJapanese: boolean): string {
  return isJapanese
    ? random.pick([
        '展示会で名刺交換。\n来期の更新時に再提案予定。',
        '既存顧客。保守契約は毎年3月に更新。',
        '紹介: "代理店経由"で接触中。',
      ])
    : random.pick([
        'Met at the trade show.\nFollow up next quarter.',
        'Long-standing customer; renews in March.',
      ]);
}

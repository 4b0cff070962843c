import type { Values } from '../tables/row.ts';
import type { Load } from './users.ts';
import { products } from './words.ts';
import type { AccountSketch, ContactSketch, World } from './world.ts';
import { currencyOf, money, recordStamps } from './world.ts';

const DAY_MS = 86_400_000;
const STEPS = ['1-Qualify', '2-Develop', '3-Propose', '4-Close'];

/** Deals with companies and, a few, with single persons. */
export function seedOpportunities(world: World, count: number, load: Load): void {
  for (let n = 0; n < count; n++) {
    const stamps = recordStamps(world, n, count);
    load('opportunity', world.random.guid(), {
      ...opportunityValues(world, String(stamps.createdon)),
      ...stamps,
    });
  }
}

function opportunityValues(world: World, createdon: string): Values {
  const { random } = world;
  const contact = world.contacts.length > 0 ? random.pick(world.contacts) : undefined;
  const account = contact?.account ?? (world.accounts.length > 0 ? random.pick(world.accounts) : undefined);
  const isJapanese = account?.isJapanese ?? true;
  const product = random.pick(products)[isJapanese ? 0 : 1] ?? '';
  return {
    name: nameOf(account, product, isJapanese),
    ...partiesOf(world, account, contact),
    ...amountsAndState(world, isJapanese, createdon),
    ...currencyOf(world, isJapanese),
    description: random.chance(0.2)
      ? isJapanese
        ? '競合は2社。予算は承認済み。'
        : 'Two competitors, budget approved.'
      : null,
    originatingleadid: world.leads.length > 0 && random.chance(0.25) ? random.pick(world.leads) : null,
    opportunityratingcode: random.pick([1, 2, 2, 3]),
    isrevenuesystemcalculated: false,
    participatesinworkflow: false,
  };
}

function nameOf(account: AccountSketch | undefined, product: string, isJapanese: boolean): string {
  const customer = account?.name ?? '';
  return isJapanese ? `${customer} ${product}導入` : `${customer}: ${product}`;
}

function partiesOf(
  world: World,
  account: AccountSketch | undefined,
  contact: ContactSketch | undefined,
): Values {
  const isPerson = contact !== undefined && (account === undefined || world.random.chance(0.08));
  return {
    customerid: (isPerson ? contact.id : account?.id) ?? null,
    parentaccountid: account?.id ?? null,
    parentcontactid: contact?.id ?? null,
  };
}

function amountsAndState(world: World, isJapanese: boolean, createdon: string): Values {
  const { random, until } = world;
  const yen = Math.round(3 * 10 ** (1.5 + random.fraction() * 2.2)) * 10_000;
  const closing = new Date(Date.parse(createdon) + random.between(30, 300) * DAY_MS);
  const isDue = closing.getTime() < until;
  const outcome = random.fraction();
  const state = isDue && outcome < 0.85 ? (outcome < 0.45 ? 1 : 2) : 0;
  const day = closing.toISOString().slice(0, 10);
  const step = state === 0 ? random.between(0, 3) : 3;
  return {
    ...money('estimatedvalue', yen, isJapanese),
    ...(random.chance(0.3) ? money('budgetamount', yen + 500_000, isJapanese) : {}),
    ...money('totalamount', yen, isJapanese),
    ...(state === 1 ? money('actualvalue', Math.round(yen * 0.93), isJapanese) : {}),
    estimatedclosedate: day,
    actualclosedate: state === 0 ? null : day,
    closeprobability: state === 1 ? 100 : state === 2 ? 0 : (step + 1) * 20,
    stepname: STEPS[step] ?? null,
    statecode: state,
    statuscode: state === 0 ? random.pick([1, 1, 1, 2]) : state === 1 ? 3 : random.pick([4, 5]),
  };
}

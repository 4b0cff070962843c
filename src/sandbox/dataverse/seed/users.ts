import { isoSeconds } from '../organization.ts';
import type { Values } from '../tables/row.ts';
import { sketchPerson } from './person.ts';
import { jobTitles } from './words.ts';
import type { World } from './world.ts';
import { createdAt } from './world.ts';

const READ_WRITE = 0;

/** The people of the organisation itself; fills `world.users`, which the other tables draw owners from. */
export function seedUsers(world: World, count: number, mailDomain: string, load: Load): void {
  const { random } = world;
  for (let n = 0; n < count; n++) {
    const id = random.guid();
    const isJapanese = random.chance(0.75);
    const person = sketchPerson(random, isJapanese);
    const email = `${person.mailbox}@${mailDomain}`;
    const created = createdAt(world, 0, 20) + n * 60_000;
    const lastModified = Math.min(world.until, created + random.between(0, 900) * 86_400_000);
    world.users.push({ id, isJapanese });
    load('systemuser', id, {
      ...person.name,
      internalemailaddress: email,
      domainname: email,
      title: random.pick(jobTitles)[isJapanese ? 0 : 1] ?? null,
      mobilephone: random.chance(0.5)
        ? `090-${random.between(1000, 9999)}-${random.between(1000, 9999)}`
        : null,
      ...userFlags(world, n > 4 && random.chance(0.08)),
      createdon: isoSeconds(created),
      modifiedon: isoSeconds(lastModified),
    });
  }
}

/** Columns every user has, the application user too. */
export function userFlags(world: Pick<World, 'businessUnitId' | 'random'>, isDisabled: boolean): Values {
  return {
    businessunitid: world.businessUnitId,
    isdisabled: isDisabled,
    accessmode: READ_WRITE,
    islicensed: true,
    issyncwithdirectory: true,
    isintegrationuser: false,
    setupuser: false,
    azureactivedirectoryobjectid: world.random.guid(),
  };
}

export type Load = (table: string, id: string, values: Values) => void;

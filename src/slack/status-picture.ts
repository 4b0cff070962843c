import type { Clock } from '../lib/clock.ts';
import type { Logger } from '../lib/log.ts';
import { within } from '../lib/within.ts';
import type { ChartPoint } from '../model/chart.ts';
import type { EntitySchema } from '../model/entity.ts';
import type { Person } from '../model/person.ts';
import type { MessageRef } from '../model/setup.ts';
import type { DestinationReader } from '../ports/destination.ts';
import type { Painter } from '../ports/painter.ts';
import { textsFor } from '../texts/catalogue.ts';
import { activityChart, activitySince } from '../views/activity.ts';
import type { Picture } from '../views/status.ts';
import type { Files, Upload } from './files.ts';

/** The last 24 hours as a picture in Slack. */
export interface StatusPicture {
  /** For this reader; undefined where there is nothing to show, or not soon enough. Never throws. */
  of(reader: Reader): Promise<Picture | undefined>;
  /** Slack has not shown it: for a while it is left out from the beginning. */
  notShown(): void;
  /** Puts it into a thread, where there is something to show and files are taken. Never throws. */
  share(readers: Reader, where: { thread: MessageRef; files: Files }): Promise<void>;
}

export interface StatusPictureDeps {
  destination: Pick<DestinationReader, 'activity'>;
  /** Changes that waited, by entity. */
  waiting: () => Readonly<Record<string, readonly ChartPoint[]>>;
  schemas: () => readonly EntitySchema[];
  painter: Painter;
  files: Files;
  clock: Clock;
  log: Logger;
}

/** The answer waits so long; a picture that comes later is there for the next one. */
const withinMs = 2_500;
/** Nothing much changes sooner, and each picture is a file in the workspace. */
const keptMs = 60_000;

const leftOutMs = 10 * 60_000;

type Reader = Pick<Person, 'language' | 'timeZone'>;

export function createStatusPicture(deps: StatusPictureDeps): StatusPicture {
  const { clock, log, files } = deps;
  let leftOutUntil = 0;
  const made = new Map<string, { at: number; picture: Promise<Picture | undefined> }>();

  function kept(reader: Reader): Promise<Picture | undefined> {
    const key = `${reader.language} ${reader.timeZone}`;
    const known = made.get(key);
    if (known && clock.now() - known.at < keptMs) return known.picture;
    const picture = make(deps, reader);
    made.set(key, { at: clock.now(), picture });
    // What went wrong is tried again at the next asking.
    const forget = () => made.delete(key);
    picture.then((made) => (made && 'fileId' in made ? undefined : forget()), forget);
    return picture;
  }

  return {
    async of(reader) {
      if (files.isRefused()) return { missing: 'refused' };
      if (clock.now() < leftOutUntil) return { missing: 'failed' };
      try {
        return await within(kept(reader), clock, withinMs);
      } catch (error) {
        log.debug('The picture of the last 24 hours is not there in time', { error });
        return { missing: 'late' };
      }
    },
    notShown() {
      leftOutUntil = clock.now() + leftOutMs;
    },
    async share(readers, { thread, files: patient }) {
      if (patient.isRefused()) return;
      try {
        const drawn = await draw(deps, readers);
        if (drawn) await patient.upload({ ...drawn, thread });
      } catch (error) {
        log.warn('The picture of the last 24 hours is left out', { error });
      }
    },
  };
}

async function make(deps: StatusPictureDeps, reader: Reader): Promise<Picture | undefined> {
  const drawn = await draw(deps, reader);
  if (!drawn) return undefined;
  const uploaded = await deps.files.upload(drawn);
  return 'id' in uploaded ? { fileId: uploaded.id, alt: drawn.alt } : uploaded;
}

/** The picture as a file; null where nothing has happened. */
async function draw(
  { destination, waiting, schemas, painter, clock }: StatusPictureDeps,
  { language, timeZone }: Reader,
): Promise<(Upload & { alt: string }) | null> {
  const now = clock.now();
  const t = textsFor(language);
  const points = await destination.activity(activitySince(now));
  const drawn = activityChart(t, { points, waiting: waiting(), now, timeZone, schemas: schemas() });
  if (!drawn) return null;
  const data = await painter.drawActivity(drawn.chart);
  return { data, filename: 'activity.png', title: t.status.picture.title, alt: drawn.alt };
}

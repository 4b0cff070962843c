import { setTimeout as pause } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../src/lib/clock.ts';
import { silentLogger } from '../../src/lib/log.ts';
import { createPainter } from '../../src/pictures/painter.ts';
import { textsFor } from '../../src/texts/catalogue.ts';
import { activityChart } from '../../src/views/activity.ts';

const now = Date.parse('2026-11-23T09:35:00.000Z');
const at = (hoursAgo: number) => new Date(now - hoursAgo * 3_600_000).toISOString();

function openPainter() {
  const painter = createPainter({ clock: systemClock, log: silentLogger });
  onTestFinished(() => painter.stop());
  return painter;
}

test('a chart becomes a picture, in either language, while the thread that asks goes on', async () => {
  const painter = openPainter();
  for (const language of ['en', 'ja'] as const) {
    const drawn = activityChart(textsFor(language), {
      points: [
        { entity: 'lead', at: at(20), changed: 25_000, deleted: 0 },
        { entity: 'contact', at: at(2), changed: 12, deleted: 3 },
      ],
      waiting: { lead: [{ at: at(1), value: 40 }] },
      now,
      timeZone: 'Asia/Tokyo',
    });
    if (!drawn) throw new Error('nothing to draw');
    let turns = 0;
    let isDone = false;
    const drawing = painter.drawActivity(drawn.chart).finally(() => {
      isDone = true;
    });
    while (!isDone) {
      await pause(5);
      turns++;
    }
    const png = Buffer.from(await drawing);
    expect(png.subarray(1, 4).toString()).toBe('PNG');
    expect(png.readUInt32BE(16)).toBeGreaterThan(800);
    expect(turns).toBeGreaterThan(2);
  }
});

test('what cannot be drawn is said, and the next one is drawn all the same', async () => {
  const painter = openPainter();
  const chart = { from: at(24), to: at(0), bars: 'Rows', line: 'Waiting', ticks: [] };
  await expect(painter.drawActivity({ ...chart, strips: [null as never] })).rejects.toThrow();
  const strips = [{ name: 'Lead', rows: [{ at: at(3), value: 5 }], waiting: [] }];
  expect((await painter.drawActivity({ ...chart, strips })).length).toBeGreaterThan(1_000);
});

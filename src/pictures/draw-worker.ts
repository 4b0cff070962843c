import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import { parentPort } from 'node:worker_threads';
import { initWasm, Resvg } from '@resvg/resvg-wasm';
import { parse, View } from 'vega';
import type { ActivityChart } from '../model/chart.ts';
import { activitySpec } from './activity-spec.ts';

/** The entry of the drawing thread: a chart in, a PNG out. Started by `createPainter`. */
if (!parentPort) throw new Error('draw-worker.ts only runs as a worker thread');
const port = parentPort;

// Answers come first, and this before the sync: somebody waits for it. Only Linux has a priority per thread.
if (process.platform === 'linux') setPriority(0, 5);

/** Nothing is taken from the machine: what a picture looks like must not depend on where it was drawn. */
const font = readFileSync(new URL('font/noto-sans-cjk-jp-subset.otf', import.meta.url));
const family = 'Noto Sans CJK JP';
const wasm = readFileSync(createRequire(import.meta.url).resolve('@resvg/resvg-wasm/index_bg.wasm'));
const ready = initWasm(wasm);

port.on('message', (chart: ActivityChart) => {
  draw(chart).then(
    (png) => port.postMessage({ png }),
    (error: unknown) => port.postMessage({ error: String(error) }),
  );
});

async function draw(chart: ActivityChart): Promise<Uint8Array> {
  await ready;
  const view = new View(parse(activitySpec(chart)), { renderer: 'none' });
  const svg = await view.toSVG();
  view.finalize();
  const options = {
    fitTo: { mode: 'zoom', value: 2 },
    font: { fontBuffers: [font], defaultFontFamily: family, sansSerifFamily: family },
  } as const;
  const image = new Resvg(svg, options);
  try {
    return image.render().asPng();
  } finally {
    image.free();
  }
}

import type { Axis, Mark, Scale, Spec } from 'vega';
import type { ActivityChart } from '../model/chart.ts';

/** In pixels, before it is drawn at twice the size: Slack shows a picture about as wide as a message. */
const size = { width: 470, strip: 46, gap: 30, left: 8 };
const colors = { bars: '#1f6fb2', line: '#b3541e', text: '#1d1c1d', quiet: '#616061', grid: '#e3e3e3' };
const dashes = [5, 3];
const bucketMs = 10 * 60_000;

/**
 * A strip for each table below each other, each with a scale of its own: what happens in a small table is seen beside
 * a large one, and no color has to tell them apart. The scale is none of equal steps, because the first copy is
 * a thousand times what follows.
 */
export function activitySpec(chart: ActivityChart): Spec {
  const from = Date.parse(chart.from);
  const to = Date.parse(chart.to);
  const { strips } = chart;
  const hasLine = strips.some(({ waiting }) => waiting.length > 0);
  return {
    width: size.width,
    height: strips.length * (size.strip + size.gap),
    padding: { left: size.left, right: 14, top: 8, bottom: 6 },
    background: '#ffffff',
    config: { axis: { labelFont: 'Noto Sans CJK JP', titleFont: 'Noto Sans CJK JP' } },
    scales: [
      { name: 'x', type: 'linear', zero: false, domain: [from, to], range: [0, size.width] },
      ...strips.map((strip, index): Scale => scaleOf(strip, index)),
    ],
    data: strips.flatMap((strip, index) => [
      { name: `rows${index}`, values: valuesOf(strip.rows) },
      { name: `waiting${index}`, values: valuesOf(strip.waiting) },
    ]),
    axes: strips.map((strip, index): Axis => axisOf(strip, index)),
    marks: [
      ...legend(chart, hasLine),
      ...strips.flatMap((strip, index) => stripMarks(strip.name, index, to)),
      ...hourMarks(chart),
    ],
  };
}

const valuesOf = (points: ActivityChart['strips'][number]['rows']) =>
  points.map(({ at, value }) => ({ at: Date.parse(at), value }));

const topOf = (index: number): number => size.gap + index * (size.strip + size.gap);
const bottomOf = (index: number): number => topOf(index) + size.strip;

function scaleOf(strip: ActivityChart['strips'][number], index: number): Scale {
  const range = [bottomOf(index), topOf(index)];
  return { name: `y${index}`, type: 'pow', exponent: 0.35, domain: [0, mostOf(strip)], range };
}

const mostOf = ({ rows, waiting }: ActivityChart['strips'][number]): number =>
  Math.max(1, ...[...rows, ...waiting].map(({ value }) => value));

function axisOf(strip: ActivityChart['strips'][number], index: number): Axis {
  const most = mostOf(strip);
  const between = 10 ** Math.floor(Math.log10(most / 4));
  return {
    values: [0, ...(between >= 1 ? [between] : []), most],
    scale: `y${index}`,
    orient: 'right',
    grid: true,
    gridColor: colors.grid,
    domain: false,
    ticks: false,
    format: ',d',
    labelColor: colors.quiet,
    labelFontSize: 11,
    labelPadding: 6,
  };
}

const text = (value: string, x: number, y: number, rest: object = {}): Mark => ({
  type: 'text',
  encode: {
    enter: {
      text: { value },
      x: { value: x },
      y: { value: y },
      font: { value: 'Noto Sans CJK JP' },
      fontSize: { value: 13 },
      fill: { value: colors.text },
      baseline: { value: 'bottom' },
      ...rest,
    },
  },
});

function stripMarks(name: string, index: number, to: number): Mark[] {
  const scale = `y${index}`;
  return [
    text(name, 0, topOf(index) - 4),
    {
      type: 'rect',
      from: { data: `rows${index}` },
      encode: {
        enter: {
          x: { scale: 'x', field: 'at' },
          x2: { scale: 'x', signal: `min(datum.at + ${bucketMs}, ${to})`, offset: -0.5 },
          y: { scale, field: 'value' },
          y2: { scale, value: 0 },
          fill: { value: colors.bars },
        },
      },
    },
    {
      type: 'line',
      from: { data: `waiting${index}` },
      encode: {
        enter: {
          x: { scale: 'x', field: 'at' },
          y: { scale, field: 'value' },
          stroke: { value: colors.line },
          strokeWidth: { value: 2 },
          strokeDash: { value: dashes },
          interpolate: { value: 'step-after' },
        },
      },
    },
  ];
}

/** A filled square and a broken line: told apart without their colors. */
function legend({ bars, line }: ActivityChart, hasLine: boolean): Mark[] {
  const quiet = { fill: { value: colors.quiet }, fontSize: { value: 12 } };
  const y = topOf(0) - 5;
  const right = { ...quiet, align: { value: 'right' } };
  if (!hasLine) return [text(`■ ${bars}`, size.width, y, right)];
  return [
    text(`■ ${bars}`, size.width / 3, y, quiet),
    text(line, (size.width * 2) / 3 + 30, y, quiet),
    {
      type: 'rule',
      encode: {
        enter: {
          x: { value: (size.width * 2) / 3 },
          x2: { value: (size.width * 2) / 3 + 24 },
          y: { value: y - 6 },
          stroke: { value: colors.line },
          strokeWidth: { value: 2 },
          strokeDash: { value: dashes },
        },
      },
    },
  ];
}

function hourMarks({ ticks, strips, from, to }: ActivityChart): Mark[] {
  const bottom = bottomOf(strips.length - 1);
  const span = Date.parse(to) - Date.parse(from);
  const labels = ticks.map(({ at, label }) =>
    text(label, ((Date.parse(at) - Date.parse(from)) / span) * size.width, bottom + 18, {
      fill: { value: colors.quiet },
      fontSize: { value: 11 },
      align: { value: 'center' },
    }),
  );
  const line: Mark = {
    type: 'rule',
    encode: {
      enter: {
        x: { value: 0 },
        x2: { value: size.width },
        y: { value: bottom },
        stroke: { value: colors.quiet },
      },
    },
  };
  return [line, ...labels];
}

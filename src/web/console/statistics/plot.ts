import UPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { type Colour, type Drawing, stacked } from './drawings.js';
import type { Bucket } from './range.js';

const HEIGHT = 220;

/** Between two marks of the axis: whole things, and times as clocks divide them. */
const COUNTS = [
  1, 2, 5, 10, 20, 50, 100, 200, 500, 1e3, 2e3, 5e3, 1e4, 2e4, 5e4, 1e5, 2e5, 5e5, 1e6, 5e6, 1e7, 1e8,
];
const HOUR = 3_600;
const TIMES = [
  ...[1, 5, 10, 30, 60, 300, 600, 900, 1800],
  ...[1, 2, 3, 6, 12, 24, 48, 120, 240, 480, 960, 1920, 3840, 7680].map((hours) => hours * HOUR),
];
const STEPS: Record<Drawing['unit'], number[]> = {
  count: COUNTS,
  share: [0.25, 0.5],
  seconds: TIMES,
};

const BUCKETS: Record<Bucket, number[]> = {
  day: [1, 2, 5, 7, 14, 28, 56, 112],
  hour: [1, 2, 3, 6, 12, 24, 48, 96, 168],
};
/** Room for numbers, in pixels. */
const ROOM: Record<Drawing['unit'], number> = { count: 48, share: 52, seconds: 76 };

export interface PlotWords {
  /** Of a bucket, under the drawing. */
  readonly tick: (index: number) => string;
  /** Of a number, beside it. */
  readonly value: (value: number) => string;
}

/** Draws into an element, as wide as that is, in the colours of the theme as it is now. @returns how to stop */
export function plot(
  holder: HTMLElement,
  drawing: Drawing,
  bucket: Bucket,
  words: PlotWords,
  onPoint: (index: number | null) => void,
): () => void {
  // One system colour for all would tell nothing apart of what stands on another.
  const paint = paletteOf(holder, false);
  const scale = paletteOf(holder, true);
  const count = drawing.rows[0]?.values.length ?? 0;
  const data = dataOf(drawing, count);
  const shared = { stroke: scale('soft'), font: fontOf(holder) };
  const chart = new UPlot(
    {
      width: Math.max(holder.clientWidth, 200),
      height: HEIGHT,
      legend: { show: false },
      cursor: { y: false, drag: { x: false, y: false }, points: { show: drawing.kind === 'lines' } },
      // Half a bucket of room at both ends, for bars.
      scales: {
        x: { time: false, range: () => [-0.5, Math.max(count, 1) - 0.5] },
        y: { range: rangeOf(drawing) },
      },
      axes: [
        {
          ...shared,
          grid: { show: false },
          ticks: { show: false },
          size: 32,
          incrs: BUCKETS[bucket],
          space: 64,
          values: (_, splits) => splits.map((at) => (at >= 0 && at < count ? isolated(words.tick(at)) : '')),
        },
        {
          ...shared,
          size: ROOM[drawing.unit],
          grid: { stroke: scale('line'), width: 1 },
          ticks: { show: false },
          incrs: STEPS[drawing.unit],
          values: (_, splits) => splits.map((value) => isolated(words.value(value))),
        },
      ],
      series: [{}, ...seriesOf(drawing, paint)],
      hooks: { setCursor: [({ cursor }) => onPoint(cursor.idx ?? null)] },
    },
    data,
    holder,
  );
  const observer = new ResizeObserver(() => {
    if (holder.clientWidth > 0) chart.setSize({ width: holder.clientWidth, height: HEIGHT });
  });
  observer.observe(holder);
  return () => {
    observer.disconnect();
    chart.destroy();
  };
}

/** In its own direction on a canvas that runs to the right. */
const isolated = (text: string): string => `\u2068${text}\u2069`;

/** Bars that stand on others are drawn first and as high as all of them: those below are painted over them. */
function dataOf({ kind, rows }: Drawing, count: number): UPlot.AlignedData {
  const x = Array.from({ length: count }, (_, index) => index);
  const lines = kind === 'bars' ? stacked(rows).reverse() : rows.map(({ values }) => [...values]);
  return [x, ...lines];
}

function seriesOf({ kind, rows }: Drawing, paint: (colour: Colour) => string): UPlot.Series[] {
  if (kind === 'bars') {
    const paths = UPlot.paths.bars?.({ size: [0.75, 48] });
    return [...rows].reverse().map(({ colour }) => ({
      width: 0,
      fill: paint(colour),
      points: { show: false },
      ...(paths === undefined ? {} : { paths }),
    }));
  }
  return rows.map(({ colour, isDashed }) => ({
    width: 2,
    stroke: paint(colour),
    // A measure between two of which there is nothing is a point, and no line.
    points: { show: true, size: 6, stroke: paint(colour), fill: paint(colour) },
    ...(isDashed === true ? { dash: [6, 4] } : {}),
  }));
}

/** From nothing to the highest, or to all. */
const rangeOf =
  ({ unit }: Drawing) =>
  (_: UPlot, __: number, highest: number | null): [number, number] =>
    unit === 'share' ? [0, 1] : [0, highest === null || highest <= 0 ? 1 : highest * 1.05];

/**
 * A canvas knows no custom properties: an element that has the colour is asked for what it comes to.
 *
 * @param isForced whether the system's colour stands in its place where colours are the system's
 */
function paletteOf(holder: HTMLElement, isForced: boolean): (name: Colour | 'line') => string {
  const probe = document.createElement('span');
  if (!isForced) probe.style.setProperty('forced-color-adjust', 'none');
  holder.append(probe);
  const colours = new Map<string, string>();
  for (const name of ['accent', 'danger', 'good', 'warn', 'soft', 'line']) {
    probe.style.color = `var(--${name})`;
    colours.set(name, getComputedStyle(probe).color);
  }
  probe.remove();
  return (name) => colours.get(name) ?? '';
}

const fontOf = (holder: HTMLElement): string => `12px ${getComputedStyle(holder).fontFamily}`;

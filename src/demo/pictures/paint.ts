/**
 * The few strokes of which the demonstration's pictures are made. Every function returns a piece of SVG; the
 * canvas is 960 by 640. No text is drawn: a machine may have no fonts.
 */
export const WIDTH = 960;
export const HEIGHT = 640;

/** Draws the scene, always the same. */
export type Scene = () => string;

type Stop = readonly [offset: number, color: string, opacity?: number];

export const rect = (x: number, y: number, w: number, h: number, fill: string, more = ''): string =>
  `<rect x="${x}" y="${y}" width="${w}" height="${h}" fill="${fill}" ${more}/>`;

export const disc = (x: number, y: number, r: number, fill: string, more = ''): string =>
  `<circle cx="${x}" cy="${y}" r="${r}" fill="${fill}" ${more}/>`;

export const oval = (x: number, y: number, rx: number, ry: number, fill: string, more = ''): string =>
  `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" ${more}/>`;

export const path = (d: string, fill: string, more = ''): string => `<path d="${d}" fill="${fill}" ${more}/>`;

export const stroke = (d: string, color: string, width: number, more = ''): string =>
  `<path d="${d}" fill="none" stroke="${color}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round" ${more}/>`;

export const group = (content: string, more: string): string => `<g ${more}>${content}</g>`;

export const moved = (x: number, y: number, scale: number, content: string): string =>
  group(content, `transform="translate(${x} ${y}) scale(${scale})"`);

/** The frame defines these radii. */
export const blurred = (radius: 2 | 5 | 12 | 30, content: string, more = ''): string =>
  group(content, `filter="url(#blur${radius})" ${more}`);

const stops = (list: readonly Stop[]): string =>
  list
    .map(
      ([offset, color, opacity = 1]) =>
        `<stop offset="${offset}" stop-color="${color}" stop-opacity="${opacity}"/>`,
    )
    .join('');

/** Defines a fill to be used as `url(#id)`, from top to bottom of what it fills. */
export const down = (id: string, ...list: Stop[]): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1">${stops(list)}</linearGradient>`;

/** Defines a fill to be used as `url(#id)`, from left to right of what it fills. */
export const across = (id: string, ...list: Stop[]): string =>
  `<linearGradient id="${id}" x1="0" y1="0" x2="1" y2="0">${stops(list)}</linearGradient>`;

/** The whole canvas in three colours from top to `horizon`. */
export const sky = (top: string, middle: string, low: string, horizon = HEIGHT): string =>
  down('sky', [0, top], [0.55, middle], [1, low]) + rect(0, 0, WIDTH, horizon, 'url(#sky)');

/** Light that fades away around a point. */
export const halo = (x: number, y: number, r: number, color: string, strength = 0.8): string => {
  const id = `halo-${r}-${color.slice(1)}-${strength}`.replaceAll('.', '_');
  const light = stops([
    [0, color, strength],
    [0.35, color, strength * 0.45],
    [1, color, 0],
  ]);
  return `<radialGradient id="${id}">${light}</radialGradient>${disc(x, y, r, `url(#${id})`)}`;
};

/** Numbers from 0 to 1 that look like chance and are the same each time (the mulberry32 generator). */
export function chance(seed: number): (from?: number, to?: number) => number {
  let state = seed >>> 0;
  return (from = 0, to = 1) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    const unit = ((mixed ^ (mixed >>> 14)) >>> 0) / 0x100000000;
    return Math.round((from + unit * (to - from)) * 100) / 100;
  };
}

/** `count` pieces side by side or behind each other. */
export const repeat = (count: number, piece: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => piece(index)).join('');

/** Hills or mountains: a skyline that wanders around `y` by `height`, filled down to the lower edge. */
export function ridge(
  seed: number,
  y: number,
  height: number,
  fill: string,
  step = 60,
  smooth = true,
): string {
  const next = chance(seed);
  const tops = Array.from({ length: Math.ceil(WIDTH / step) + 3 }, (_, index) => ({
    x: (index - 1) * step,
    y: Math.round(y + next(-height, height)),
  }));
  const line = tops.map((top, index) => {
    const before = tops[index - 1];
    if (before === undefined) return `M${top.x} ${top.y}`;
    const half = (before.x + top.x) / 2;
    return smooth ? `C${half} ${before.y} ${half} ${top.y} ${top.x} ${top.y}` : `L${top.x} ${top.y}`;
  });
  return path(`${line.join('')}V${HEIGHT}H-60Z`, fill);
}

/** The shape of a cloud, about 200 wide at scale 1; several under one `blurred` cost one blur. */
export const cloudShape = (x: number, y: number, scale: number, fill: string, opacity: number): string =>
  group(
    moved(
      x,
      y,
      scale,
      oval(0, 0, 100, 20, fill) +
        oval(-35, -16, 45, 26, fill) +
        oval(20, -26, 52, 34, fill) +
        oval(64, -8, 38, 20, fill),
    ),
    `opacity="${opacity}"`,
  );

/** A soft cloud. */
export const cloud = (x: number, y: number, scale: number, fill: string, opacity = 0.8): string =>
  blurred(12, cloudShape(x, y, scale, fill, opacity));

/** A figure seen as a shadow, standing on (x, feet). */
export function person(
  x: number,
  feet: number,
  height: number,
  fill: string,
  arms: 'down' | 'up' = 'down',
): string {
  const body =
    disc(0, -90, 9.5, fill) +
    path('M-15 -76Q0 -84 15 -76L18 -42L11 -40L9 0H2L0 -36L-2 0H-9L-11 -40L-18 -42Z', fill) +
    (arms === 'up'
      ? stroke('M-13 -72L-22 -92L-20 -112M13 -72L23 -90L26 -110', fill, 7)
      : stroke('M-14 -72L-19 -46M14 -72L19 -46', fill, 7));
  return moved(x, feet, height / 100, body);
}

/** A palm tree whose foot is at (x, y). */
export const palm = (x: number, y: number, scale: number, fill: string): string =>
  moved(
    x,
    y,
    scale,
    path('M-5 0Q-2 -60 6 -120L12 -120Q6 -60 7 0Z', fill) +
      [-80, -52, -22, 12, 42, 70, 150, 210]
        .map((angle) =>
          group(
            path('M0 0Q18 -40 6 -74Q-8 -40 0 0Z', fill),
            `transform="translate(9 -120) rotate(${angle})"`,
          ),
        )
        .join(''),
  );

/** A house with a grid of windows, some of them lit. */
export function house(
  x: number,
  y: number,
  w: number,
  h: number,
  wall: string,
  light: string,
  seed: number,
  lit = 0.5,
): string {
  const next = chance(seed);
  const columns = Math.max(1, Math.floor((w - 8) / 16));
  const rows = Math.max(1, Math.floor((h - 12) / 22));
  const gap = (w - columns * 8) / (columns + 1);
  const windows = repeat(columns * rows, (index) => {
    const column = index % columns;
    const row = Math.floor(index / columns);
    const opacity = next() < lit ? next(0.55, 1) : 0.08;
    return rect(x + gap + column * (8 + gap), y + 12 + row * 22, 8, 11, light, `opacity="${opacity}"`);
  });
  return rect(x, y, w, h, wall) + windows;
}

/** Light lying on water in broken strips below (x, y). */
export function glitter(
  seed: number,
  x: number,
  y: number,
  depth: number,
  color: string,
  spread = 60,
): string {
  const next = chance(seed);
  return repeat(Math.round(depth / 7), (index) => {
    const width = next(10, 30) + (index * spread) / 30;
    const left = x - width / 2 + next(-spread, spread) * (0.2 + (index * 7) / depth);
    return rect(left, y + index * 7, width, 2.4, color, `rx="1.2" opacity="${next(0.25, 0.85)}"`);
  });
}

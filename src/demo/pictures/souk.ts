import {
  chance,
  disc,
  down,
  halo,
  moved,
  oval,
  path,
  person,
  rect,
  repeat,
  stroke,
  type Scene,
} from './paint.js';

/** A covered market alley in the evening: lamps above, rugs on both sides, sacks of spices in front. */
export const soukAtDusk: Scene = () => {
  const next = chance(241);
  const colors = ['#b3402e', '#d98e32', '#3d6f6a', '#8a4a6b', '#c8b27a', '#5b3a2a'];
  const pick = (): string => colors[Math.floor(next(0, colors.length - 0.01))] ?? '#b3402e';
  const rug = (x: number, y: number, w: number, h: number): string =>
    rect(x, y, w, h, pick()) +
    repeat(Math.floor(h / 14), (i) =>
      rect(x + 4, y + 4 + i * 14, w - 8, next(3, 9), pick(), 'opacity="0.9"'),
    ) +
    repeat(5, (i) =>
      path(
        `M${x + w / 2} ${y + 12 + (i * h) / 5}l${w / 4} ${h / 14}l${-w / 4} ${h / 14}l${-w / 4} ${-h / 14}Z`,
        pick(),
      ),
    );
  const lamp = (x: number, y: number, s: number): string =>
    stroke(`M${x} 0V${y - 26 * s}`, '#1f1510', 2) +
    halo(x, y, Math.round(90 * s), '#ffca6a', 0.75) +
    moved(
      x,
      y,
      s,
      path('M-18 0Q0 -34 18 0Q12 26 0 34Q-12 26 -18 0Z', '#e8a23c') +
        stroke('M-18 0H18M-10 -16Q-14 8 0 34M10 -16Q14 8 0 34', '#5c3413', 2),
    );
  const sack = (x: number, y: number, s: number, spice: string): string =>
    moved(
      x,
      y,
      s,
      path('M-46 0Q-58 70 -40 104H40Q58 70 46 0Z', '#9c8259') +
        stroke('M-34 20Q-42 66 -30 96M-8 22V98M22 22Q30 66 22 96', '#6d5738', 3) +
        oval(0, 0, 48, 17, '#c9b083') +
        path('M-40 0Q0 -58 40 0Q0 14 -40 0Z', spice) +
        repeat(26, () => disc(next(-30, 30), next(-22, 4), 2.4, pick(), 'opacity="0.6"')),
    );
  return (
    down('vault', [0, '#20140f'], [0.5, '#5a3a22'], [1, '#a5713d']) +
    rect(0, 0, 960, 640, 'url(#vault)') +
    repeat(9, (i) =>
      stroke(`M${-60 + i * 30} ${30 + i * 22}L${1020 - i * 30} ${10 + i * 26}`, '#2a1a10', 7),
    ) +
    repeat(70, () => rect(next(0, 950), next(0, 250), next(4, 34), 3, '#f5d08a', 'opacity="0.28"')) +
    halo(520, 330, 260, '#ffe0a0', 0.95) +
    path('M430 470V300Q440 210 520 200Q600 210 610 300V470Z', '#f3cf8e') +
    path('M455 470V310Q465 240 520 232Q575 240 585 310V470Z', '#fff1cf') +
    repeat(4, (i) => rug(8 + i * 98, 90 + i * 44, 92 - i * 6, 330 - i * 50)) +
    repeat(4, (i) => rug(862 - i * 84, 70 + i * 48, 90 - i * 8, 340 - i * 54)) +
    path('M0 470H960V640H0Z', '#6b4a31') +
    repeat(11, (i) =>
      repeat(14, (j) =>
        rect(j * 74 - (i % 2) * 37, 474 + i * 15, 68, 11, '#8a6546', `opacity="${next(0.15, 0.75)}" rx="3"`),
      ),
    ) +
    [446, 480, 530, 572].map((x, i) => person(x, 470 + (i % 2) * 12, 96 + i * 8, '#4b2f25')).join('') +
    person(360, 560, 220, '#241a1c') +
    person(650, 590, 250, '#30211f') +
    lamp(200, 110, 1.1) +
    lamp(340, 170, 0.8) +
    lamp(520, 90, 1.3) +
    lamp(690, 160, 0.9) +
    lamp(820, 96, 1.2) +
    sack(90, 520, 1.15, '#d8662b') +
    sack(214, 552, 1.05, '#e0b02f') +
    sack(770, 548, 1.1, '#7b8f36') +
    sack(892, 520, 1.2, '#a52f2a')
  );
};

/** What stands in its place after a swap: the same stall, shut, seen from the front. */
export const shutStall: Scene = () => {
  const next = chance(251);
  return (
    down('wall', [0, '#6f8fa3'], [1, '#c9d3cf']) +
    rect(0, 0, 960, 640, 'url(#wall)') +
    repeat(150, (i) =>
      rect(
        (i % 15) * 66 - (Math.floor(i / 15) % 2) * 33,
        Math.floor(i / 15) * 46,
        62,
        42,
        '#e9e2d2',
        `opacity="${next(0.08, 0.5)}"`,
      ),
    ) +
    rect(150, 150, 430, 360, '#27465a') +
    repeat(23, (i) => rect(160, 160 + i * 15, 410, 8, '#4f7f97', `opacity="${next(0.5, 1)}"`)) +
    rect(150, 120, 430, 34, '#b5893c') +
    repeat(12, (i) => path(`M${150 + i * 36} 154h36v18q-18 26 -36 0Z`, i % 2 ? '#f2ead6' : '#3d7a5c')) +
    rect(660, 210, 190, 300, '#7a4a2c') +
    repeat(6, (i) => rect(672 + (i % 2) * 88, 224 + Math.floor(i / 2) * 94, 76, 82, '#9b6238', 'rx="4"')) +
    disc(838, 366, 8, '#e5c26a') +
    path('M0 510H960V640H0Z', '#8d8a80') +
    repeat(90, () => rect(next(0, 940), next(516, 634), next(8, 60), 4, '#5f5d57', 'opacity="0.5"')) +
    repeat(3, (i) =>
      moved(
        230 + i * 130,
        520,
        0.9 + i * 0.1,
        rect(-50, -60, 100, 72, '#a9854f') + repeat(4, (j) => rect(-48, -56 + j * 18, 96, 4, '#6d5230')),
      ),
    ) +
    person(600, 600, 210, '#22303a') +
    path('M0 0H960V60Q720 96 480 60T0 60Z', '#b9452f', 'opacity="0.85"')
  );
};

import {
  blurred,
  chance,
  cloud,
  disc,
  down,
  halo,
  house,
  moved,
  oval,
  path,
  person,
  rect,
  repeat,
  sky,
  stroke,
  WIDTH,
  type Scene,
} from './paint.js';

/** Stalls of fruit and spices under striped awnings. */
export const marketStalls: Scene = () => {
  const next = chance(101);
  const heap = (x: number, y: number, w: number, colors: readonly [string, string]): string =>
    path(`M${x} ${y}Q${x + w / 2} ${y - w * 0.62} ${x + w} ${y}Z`, colors[0]) +
    repeat(16, (i) =>
      disc(
        x + w * (0.16 + (i % 6) * 0.13) + next(-3, 3),
        y - 7 - Math.floor(i / 6) * 10 + next(-2, 2) + (Math.abs((i % 6) - 2.5) > 2 ? 4 : 0),
        6.5,
        i % 2 ? colors[0] : colors[1],
      ),
    );
  const stall = (
    x: number,
    w: number,
    a: string,
    b: string,
    goods: readonly (readonly [string, string])[],
  ): string =>
    rect(x, 330, w, 190, '#3b2630', 'opacity="0.75"') +
    rect(x + 6, 300, 9, 300, '#6b4630') +
    rect(x + w - 15, 300, 9, 300, '#6b4630') +
    halo(x + w / 2, 344, 130, '#ffd48a', 0.85) +
    disc(x + w / 2, 340, 7, '#fff4d0') +
    person(x + w * 0.38, 520, 150, '#241823') +
    rect(x - 6, 488, w + 12, 14, '#a9703f') +
    rect(x, 502, w, 96, '#7f5233') +
    repeat(4, (i) => rect(x, 516 + i * 21, w, 3, '#5d3a24')) +
    goods
      .map(
        (pair, i) =>
          path(
            `M${x + 8 + (i * (w - 16)) / goods.length} 488l5 16h${(w - 16) / goods.length - 14}l5 -16Z`,
            '#d8ad72',
          ) + heap(x + 10 + (i * (w - 16)) / goods.length, 489, (w - 16) / goods.length - 6, pair),
      )
      .join('') +
    repeat(8, (i) =>
      path(
        `M${x + 18 + (i * (w - 36)) / 8} 262H${x + 18 + ((i + 1) * (w - 36)) / 8}L${x - 16 + ((i + 1) * (w + 32)) / 8} 328q${-(w + 32) / 16} 24 ${-(w + 32) / 8} 0Z`,
        i % 2 ? a : b,
      ),
    ) +
    rect(x + 16, 258, w - 32, 8, '#6b4630');
  return (
    sky('#e9b777', '#f7d9a4', '#ffe9c4') +
    halo(480, 110, 430, '#fff2c8', 0.95) +
    path('M0 0H210V420H0Z', '#b06a45') +
    path('M750 0H960V420H750Z', '#a15f40') +
    path('M180 0H210V420H180Z', '#7d452e', 'opacity="0.6"') +
    path('M750 0H780V420H750Z', '#7d452e', 'opacity="0.6"') +
    path('M330 420V210Q400 110 480 96Q560 110 630 210V420H700V60H260V420Z', '#c98a5a') +
    path('M330 420V210Q400 110 480 96Q560 110 630 210V420', 'none', 'stroke="#8d5636" stroke-width="12"') +
    repeat(
      3,
      (i) =>
        rect(50 + i * 48, 90, 24, 52, '#5b3324', 'rx="12"') +
        rect(800 + i * 48, 80, 24, 52, '#5b3324', 'rx="12"'),
    ) +
    path('M0 400H960V640H0Z', '#c79a6c') +
    path('M400 400H560L700 640H260Z', '#e2bd8c') +
    [430, 462, 505, 538].map((x, i) => person(x, 432 + (i % 2) * 14, 82, '#6e4a3c')).join('') +
    stall(30, 290, '#c8432f', '#fff1da', [
      ['#e5832a', '#f6a544'],
      ['#c6322d', '#e5584a'],
      ['#d9b526', '#f1d65a'],
    ]) +
    stall(640, 290, '#2f7f8f', '#fff1da', [
      ['#6f9a36', '#93bd54'],
      ['#b5532a', '#d3713d'],
      ['#7a3d72', '#9b5a92'],
    ]) +
    rect(0, 596, WIDTH, 44, '#a67449') +
    blurred(5, rect(0, 590, WIDTH, 12, '#4c2f20', 'opacity="0.45"')) +
    person(410, 630, 190, '#4a2f3a') +
    path('M388 540l-14 60h34l-6 -60Z', '#d9a441') +
    person(546, 640, 204, '#33303f')
  );
};

/** Round loaves, fresh from the oven. */
export const breadStall: Scene = () => {
  const next = chance(111);
  const loaf = (x: number, y: number, s: number): string =>
    moved(
      x,
      y,
      s,
      oval(3, 9, 66, 24, '#3a1f10', 'opacity="0.5"') +
        oval(0, 0, 64, 27, '#a8652c') +
        oval(0, -5, 62, 24, '#d6964a') +
        oval(-10, -10, 40, 13, '#efc07c', 'opacity="0.85"') +
        stroke('M-34 -12Q-18 -22 -6 -8M-2 -18Q14 -22 24 -8', '#9a5a26', 3) +
        repeat(7, () => oval(next(-44, 44), next(-16, 6), 2, 1.2, '#fff0cf')),
    );
  return (
    down('wall', [0, '#4b2a20'], [1, '#8a5233']) +
    rect(0, 0, WIDTH, 640, 'url(#wall)') +
    repeat(60, (i) =>
      rect(
        (i % 10) * 104 - (Math.floor(i / 10) % 2) * 52,
        Math.floor(i / 10) * 62,
        98,
        56,
        '#9c5d3b',
        `rx="5" opacity="${next(0.25, 0.6)}"`,
      ),
    ) +
    path('M300 372V220Q310 70 480 60Q650 70 660 220V372Z', '#5c3220') +
    path('M330 372V226Q340 106 480 96Q620 106 630 226V372Z', '#180b07') +
    halo(480, 330, 270, '#ff8a2a', 0.95) +
    [
      [400, 90],
      [440, 140],
      [482, 172],
      [524, 130],
      [562, 84],
    ]
      .map(
        ([x = 0, h = 0]) =>
          path(
            `M${x - 26} 366Q${x - 30} ${366 - h * 0.5} ${x} ${366 - h}Q${x + 30} ${366 - h * 0.5} ${x + 26} 366Z`,
            '#ff9a2e',
          ) +
          path(
            `M${x - 13} 366Q${x - 14} ${366 - h * 0.3} ${x} ${366 - h * 0.66}Q${x + 15} ${366 - h * 0.3} ${x + 13} 366Z`,
            '#ffe28a',
          ),
      )
      .join('') +
    halo(120, 130, 240, '#ffd28c', 0.7) +
    halo(840, 130, 240, '#ffd28c', 0.7) +
    stroke('M120 0V92M840 0V92', '#2a1610', 4) +
    path('M92 118Q120 78 148 118Z', '#d9a441') +
    path('M812 118Q840 78 868 118Z', '#d9a441') +
    disc(120, 120, 13, '#fff6d8') +
    disc(840, 120, 13, '#fff6d8') +
    down('board', [0, '#c98a4c'], [1, '#6d4020']) +
    rect(0, 372, WIDTH, 268, 'url(#board)') +
    repeat(4, (i) => rect(0, 430 + i * 62, WIDTH, 3, '#5a3418', 'opacity="0.6"')) +
    path('M0 366H960V384H0Z', '#e3b172') +
    repeat(7, (i) => loaf(70 + i * 138, 416, 0.82)) +
    repeat(6, (i) => loaf(96 + i * 156, 482, 1.06)) +
    repeat(6, (i) => loaf(10 + i * 190, 560, 1.34)) +
    path('M640 640Q660 540 780 530Q900 540 940 640Z', '#f5efe2') +
    path('M690 640Q720 560 790 552M850 640Q870 580 910 590', 'none', 'stroke="#cfc6b4" stroke-width="4"') +
    loaf(800, 566, 1.3) +
    loaf(740, 604, 1.2) +
    loaf(872, 610, 1.2) +
    blurred(
      12,
      stroke(
        'M240 400Q220 340 250 290T240 190M700 400Q724 340 694 290T706 196',
        '#fff2dc',
        12,
        'opacity="0.3"',
      ),
    )
  );
};

/** A peaceful march: flags and blank placards against the light. */
export const protestCrowd: Scene = () => {
  const next = chance(121);
  const placard = (x: number, y: number, w: number, color: string): string =>
    stroke(`M${x} ${y}V${y + 150}`, '#2b2230', 6) +
    rect(x - w / 2, y - 56, w, 70, color, 'rx="4"') +
    repeat(3, (i) =>
      rect(x - w / 2 + 12, y - 44 + i * 18, w - 24 - (i % 2) * 18, 7, '#2b2230', 'opacity="0.45" rx="3"'),
    );
  const row = (count: number, feet: number, size: number, fill: string): string =>
    repeat(count, (i) =>
      person(
        (i * WIDTH) / (count - 1) + next(-14, 14),
        feet + next(-10, 10),
        size + next(-14, 14),
        fill,
        next() > 0.7 ? 'up' : 'down',
      ),
    );
  return (
    sky('#3c4f86', '#d98a73', '#ffd89a') +
    halo(480, 330, 420, '#fff0bf', 1) +
    cloud(200, 100, 1.4, '#e8a48a', 0.6) +
    cloud(780, 130, 1.3, '#f2b491', 0.6) +
    repeat(5, (i) => house(i * 62 - 30, 90 + i * 46, 64, 420, '#4d4268', '#ffd795', 130 + i, 0.25)) +
    repeat(5, (i) => house(930 - i * 62, 80 + i * 48, 64, 420, '#463c61', '#ffd795', 140 + i, 0.25)) +
    row(22, 470, 92, '#a8685f') +
    row(18, 520, 124, '#7d4a58') +
    placard(150, 330, 104, '#f6e7cb') +
    placard(360, 296, 120, '#f3c34e') +
    placard(600, 310, 110, '#f6e7cb') +
    placard(820, 320, 120, '#e27d55') +
    row(14, 590, 168, '#4a3150') +
    [
      [250, 200, '#c8432f'],
      [706, 190, '#2f8f6a'],
      [480, 150, '#f2f0ea'],
    ]
      .map(
        ([x, y, c]) =>
          stroke(`M${x} ${y}V${Number(y) + 280}`, '#2b2230', 6) +
          path(`M${x} ${y}q36 -18 66 0t66 0v70q-36 18 -66 0t-66 0Z`, String(c), 'opacity="0.95"'),
      )
      .join('') +
    down('dark', [0, '#231a30', 0], [1, '#231a30', 0.95]) +
    rect(0, 480, WIDTH, 160, 'url(#dark)') +
    row(10, 676, 240, '#231a30') +
    placard(60, 400, 130, '#f3efe6') +
    placard(905, 410, 130, '#f3c34e') +
    blurred(30, oval(480, 470, 300, 60, '#ffe3ac', 'opacity="0.35"'))
  );
};

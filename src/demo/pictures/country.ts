import {
  blurred,
  chance,
  cloud,
  disc,
  down,
  group,
  halo,
  moved,
  oval,
  path,
  rect,
  repeat,
  ridge,
  sky,
  stroke,
  WIDTH,
  type Scene,
} from './paint.js';

/** Snow on the mountains, olive trees in front. */
export const mountainsAndOlives: Scene = () => {
  const next = chance(31);
  const olive = (x: number, y: number, scale: number): string =>
    moved(
      x,
      y,
      scale,
      oval(8, 2, 66, 9, '#3c4a24', 'opacity="0.45"') +
        path('M-9 0Q-2 -26 -14 -52L-4 -56L2 -34L14 -58L22 -52Q8 -28 11 0Z', '#5b4634') +
        oval(-20, -72, 38, 27, '#66794a') +
        oval(24, -74, 38, 28, '#5b6f45') +
        oval(2, -94, 40, 27, '#7d9160') +
        oval(-16, -90, 22, 13, '#a9b98a', 'opacity="0.8"') +
        oval(26, -88, 17, 9, '#a9b98a', 'opacity="0.6"'),
    );
  const peak = (x: number, y: number, w: number, rock: string): string =>
    path(`M${x - w} 430L${x} ${y}L${x + w} 430Z`, rock) +
    path(
      `M${x} ${y}L${x + w} 430H${x + w * 0.16}L${x + w * 0.1} ${y + 120}L${x - 12} ${y + 70}Z`,
      '#27406b',
      'opacity="0.28"',
    ) +
    path(
      `M${x} ${y}L${x - w * 0.36} ${y + (430 - y) * 0.36}l${w * 0.1} -10l${w * 0.1} 24l${w * 0.12} -26l${w * 0.1} 30l${w * 0.12} -28L${x + w * 0.34} ${y + (430 - y) * 0.34}Z`,
      '#f7fbff',
    );
  return (
    sky('#3f8fd0', '#9fd0ec', '#f4efdc', 450) +
    halo(780, 130, 280, '#fff7d8', 0.95) +
    disc(780, 130, 34, '#fffbe9') +
    cloud(250, 120, 1.2, '#ffffff', 0.75) +
    peak(150, 230, 240, '#8ba4c2') +
    peak(620, 176, 330, '#7d98ba') +
    peak(360, 140, 320, '#6d8ab0') +
    peak(880, 250, 240, '#89a3c0') +
    ridge(3, 410, 22, '#8fa77b', 110) +
    ridge(4, 446, 18, '#7c9a5d', 130) +
    down('field', [0, '#c9b86a'], [1, '#8a8438']) +
    path('M0 470Q300 436 560 468T960 458V640H0Z', 'url(#field)') +
    repeat(9, (i) =>
      stroke(`M${480 + (i - 4) * 70} 462L${480 + (i - 4) * 330} 660`, '#7a7032', 3, 'opacity="0.35"'),
    ) +
    repeat(9, (i) => olive(40 + i * 112 + next(-16, 16), 492 + next(-4, 8), 0.5)) +
    repeat(6, (i) => olive(30 + i * 184 + next(-20, 20), 550 + next(-4, 8), 0.86)) +
    olive(190, 632, 1.5) +
    olive(800, 640, 1.65)
  );
};

/** Ripe wheat and a harvester under a big sky. */
export const wheatField: Scene = () => {
  const next = chance(41);
  const ear = (x: number, y: number, s: number, lean: number): string =>
    moved(
      x,
      y,
      s,
      group(
        stroke('M0 0Q4 -60 0 -120', '#b9892f', 3) +
          repeat(
            6,
            (i) =>
              oval(-5, -118 - i * 11, 4.4, 8, '#f0c55b', `transform="rotate(-18 -5 ${-118 - i * 11})"`) +
              oval(5, -118 - i * 11, 4.4, 8, '#dba83c', `transform="rotate(18 5 ${-118 - i * 11})"`),
          ) +
          stroke('M0 -182L-10 -226M0 -184V-232M0 -182L11 -226', '#e8c66c', 1.4),
        `transform="rotate(${lean})"`,
      ),
    );
  const wheel = (x: number, y: number, r: number): string =>
    disc(x, y, r, '#2b2a2c') + disc(x, y, r * 0.52, '#e3c04b') + disc(x, y, r * 0.2, '#2b2a2c');
  const harvester =
    rect(-70, -78, 128, 52, '#b93a2b', 'rx="7"') +
    rect(-70, -78, 128, 12, '#e05a45', 'rx="6"') +
    rect(10, -116, 46, 44, '#29475c', 'rx="5"') +
    rect(15, -111, 36, 32, '#a8d4e6', 'rx="3"') +
    rect(5, -122, 56, 8, '#b93a2b', 'rx="3"') +
    path('M-30 -78L-92 -112L-86 -120L-16 -82Z', '#8f2a1f') +
    path('M58 -44L98 -14V0H84L54 -22Z', '#8f2a1f') +
    disc(104, -14, 20, 'none', 'stroke="#e3c04b" stroke-width="4"') +
    stroke('M84 -14H124M104 -34V6', '#e3c04b', 3) +
    wheel(34, -20, 26) +
    wheel(-46, -13, 18);
  return (
    sky('#4a9bd6', '#a9d7ee', '#fdf0cf', 380) +
    halo(220, 170, 320, '#fff4c9', 0.95) +
    disc(220, 170, 36, '#fffbe5') +
    cloud(560, 110, 1.5, '#ffffff', 0.85) +
    cloud(850, 190, 1.0, '#ffffff', 0.7) +
    cloud(80, 260, 0.8, '#ffffff', 0.6) +
    ridge(14, 362, 16, '#86a873', 140) +
    down('wheat', [0, '#f3d276'], [0.5, '#dcab41'], [1, '#a8752a']) +
    rect(0, 374, WIDTH, 266, 'url(#wheat)') +
    repeat(15, (i) =>
      stroke(
        `M${480 + (i - 7) * 34} 376Q${480 + (i - 7) * 90} 450 ${480 + (i - 7) * 210} 660`,
        '#9a6d22',
        2 + (i % 3),
        'opacity="0.28"',
      ),
    ) +
    blurred(5, oval(640, 446, 130, 14, '#8a5f1d', 'opacity="0.6"')) +
    blurred(12, oval(520, 430, 70, 26, '#f8e3a9'), 'opacity="0.7"') +
    moved(640, 446, 1.05, harvester) +
    repeat(70, (i) => ear(i * 14 + next(-8, 8), 640 + next(20, 90), next(0.6, 0.95), next(-10, 14)))
  );
};

/** An arch dam, with the water that it lets go. */
export const dam: Scene = () => {
  const next = chance(51);
  return (
    sky('#6aa6cf', '#c3dfe9', '#eee6cf', 300) +
    halo(480, 130, 300, '#fffbe6', 0.8) +
    cloud(180, 100, 1.1, '#ffffff', 0.7) +
    cloud(760, 130, 1.3, '#ffffff', 0.7) +
    ridge(19, 220, 44, '#96a8ad', 130) +
    ridge(20, 262, 30, '#a98e70', 120) +
    down('lake', [0, '#2f86a8'], [1, '#5cb3c4']) +
    rect(0, 268, WIDTH, 60, 'url(#lake)') +
    repeat(12, (i) => rect(next(150, 780), 276 + i * 3, next(30, 90), 1.6, '#e2f4f6', 'opacity="0.5"')) +
    down('concrete', [0, '#e8e2d6'], [0.5, '#c4bcae'], [1, '#8d877e']) +
    path('M120 302Q480 356 840 302L700 590Q480 636 260 590Z', 'url(#concrete)') +
    repeat(11, (i) =>
      stroke(
        `M${192 + i * 58} ${314 + (5 - Math.abs(i - 5)) * 3.4}L${306 + i * 35} 600`,
        '#7d776d',
        1.6,
        'opacity="0.5"',
      ),
    ) +
    repeat(4, (i) =>
      stroke(
        `M${160 + i * 34} ${380 + i * 58}Q480 ${430 + i * 60} ${800 - i * 34} ${380 + i * 58}`,
        '#7d776d',
        1.4,
        'opacity="0.4"',
      ),
    ) +
    path('M108 290Q480 344 852 290V308Q480 362 108 308Z', '#f5f0e4') +
    repeat(16, (i) =>
      rect(140 + i * 44, 288 + Math.round((1 - ((i - 7.5) / 8) ** 2) * 22), 4, 16, '#8d877e'),
    ) +
    path('M0 250Q110 250 150 330L280 600L300 640H0Z', '#8a6544') +
    path('M0 330Q90 340 130 420L230 640H0Z', '#6d4c33') +
    path('M960 236Q850 250 810 330L690 600L660 640H960Z', '#7d5b3e') +
    path('M960 320Q880 350 830 440L730 640H960Z', '#5f422d') +
    repeat(16, (i) =>
      oval(
        i < 8 ? next(10, 130) : next(840, 950),
        next(330, 600),
        next(8, 20),
        next(5, 11),
        '#6c7d43',
        'opacity="0.8"',
      ),
    ) +
    [400, 480, 560]
      .map(
        (x) =>
          rect(x - 13, 452, 26, 16, '#4c4740') +
          path(
            `M${x - 11} 462Q${x - 16} 540 ${x - 34} 612H${x + 34}Q${x + 16} 540 ${x + 11} 462Z`,
            '#f4fbfd',
            'opacity="0.92"',
          ) +
          stroke(
            `M${x - 4} 470Q${x - 8} 540 ${x - 14} 610M${x + 5} 470Q${x + 8} 540 ${x + 16} 610`,
            '#a9d3df',
            2,
          ),
      )
      .join('') +
    path('M270 606Q480 580 690 606L740 640H220Z', '#4ba3b8') +
    blurred(
      12,
      oval(480, 606, 150, 26, '#ffffff', 'opacity="0.9"') +
        oval(480, 570, 110, 30, '#ffffff', 'opacity="0.35"'),
    )
  );
};

/** Rows of solar panels on a dry plain. */
export const solarPanels: Scene = () => {
  const panel = (x: number, y: number, s: number): string =>
    moved(
      x,
      y,
      s,
      path('M-80 4L96 4L120 12L-50 14Z', '#7b5632', 'opacity="0.55"') +
        stroke('M-50 0V-26M50 0V-40', '#6b6f78', 6) +
        path('M-92 -14L-62 -88H104L74 -14Z', 'url(#cell)') +
        stroke('M-92 -14L-62 -88H104L74 -14Z', '#e6edf2', 3.5) +
        repeat(5, (i) =>
          stroke(`M${-64.5 + i * 27.6} -14L${-34.5 + i * 27.6} -88`, '#9fc0dc', 1.6, 'opacity="0.75"'),
        ) +
        stroke('M-82 -38H84M-72 -63H94', '#9fc0dc', 1.6, 'opacity="0.75"') +
        path('M-40 -14L-10 -88H22L-8 -14Z', '#ffffff', 'opacity="0.16"'),
    );
  return (
    sky('#2d7fc4', '#8ec7e8', '#ffe8bd', 320) +
    halo(710, 120, 360, '#fff3bf', 1) +
    disc(710, 120, 46, '#fffdf0') +
    ridge(61, 296, 28, '#b98f78', 140) +
    ridge(62, 316, 12, '#c79d72', 120) +
    down('plain', [0, '#e4bd86'], [1, '#a9713d']) +
    rect(0, 322, WIDTH, 318, 'url(#plain)') +
    down('cell', [0, '#5f9bd0'], [0.4, '#234f8c'], [1, '#122c5c']) +
    [
      [350, 0.34, 14],
      [384, 0.5, 10],
      [432, 0.74, 8],
      [502, 1.06, 6],
      [606, 1.5, 5],
    ]
      .map(([y = 0, s = 1, n = 1]) =>
        repeat(n, (i) => panel(Math.round((i + 0.35) * s * 212 - s * 40), y, s)),
      )
      .join('') +
    moved(
      884,
      360,
      0.9,
      path('M-4 0L-2 -190H2L4 0Z', '#f0f2f3') +
        [10, 130, 250]
          .map((a) =>
            group(
              path('M0 0Q10 -44 0 -104Q-7 -44 0 0Z', '#ffffff'),
              `transform="translate(0 -190) rotate(${a})"`,
            ),
          )
          .join('') +
        disc(0, -190, 5, '#dfe3e6'),
    )
  );
};

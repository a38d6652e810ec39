import {
  across,
  blurred,
  chance,
  cloud,
  disc,
  down,
  glitter,
  group,
  halo,
  house,
  moved,
  oval,
  palm,
  path,
  rect,
  repeat,
  ridge,
  sky,
  stroke,
  WIDTH,
  type Scene,
} from './paint.js';

/** A tower block's skyline over a bay, at dusk. */
export const skylineAtDusk: Scene = () => {
  const next = chance(11);
  const row = (
    count: number,
    base: number,
    low: number,
    high: number,
    wall: string,
    seed: number,
    lit: number,
  ): string =>
    repeat(count, (index) => {
      const height = Math.round(next(low, high));
      const width = Math.round(WIDTH / count);
      return house(index * width - 2, base - height, width + 1, height, wall, '#ffd591', seed + index, lit);
    });
  return (
    sky('#1d2350', '#8d4a7c', '#ffb066', 470) +
    halo(610, 430, 330, '#ffdf9e', 0.95) +
    disc(610, 428, 44, '#fff0c4') +
    cloud(190, 150, 1.6, '#c46a86', 0.5) +
    cloud(760, 110, 1.3, '#7b4a83', 0.6) +
    cloud(470, 230, 1.1, '#f0a07c', 0.45) +
    row(16, 462, 50, 130, '#5a3a6b', 100, 0.12) +
    row(12, 466, 60, 200, '#382a58', 200, 0.4) +
    path('M318 466V196l8 -8v-46l3 -24l3 24v46l8 8V466Z', '#2a2049') +
    disc(329, 150, 4, '#ffd591') +
    row(9, 470, 40, 150, '#211b3f', 300, 0.5) +
    down('bay', [0, '#b5667a'], [0.25, '#5b3f72'], [1, '#141937']) +
    rect(0, 468, WIDTH, 172, 'url(#bay)') +
    glitter(5, 610, 474, 150, '#ffd9a0', 70) +
    glitter(6, 200, 480, 120, '#d98c95', 110) +
    glitter(7, 850, 480, 110, '#c98298', 80) +
    palm(70, 640, 1.5, '#0d1024') +
    palm(150, 652, 1.15, '#0d1024') +
    palm(905, 645, 1.35, '#0d1024') +
    path('M0 622Q240 600 480 620T960 612V640H0Z', '#0d1024')
  );
};

/** Flat roofs of an old town with a square minaret, in the morning. */
export const medinaRoofs: Scene = () => {
  const next = chance(23);
  const roofs = (y: number, count: number, colors: string[]): string =>
    repeat(count, (index) => {
      const width = WIDTH / count + 26;
      const x = Math.round((index * WIDTH) / count - 14);
      const top = Math.round(y + next(-32, 32));
      const wall = colors[index % colors.length] ?? '#e7c9a0';
      return (
        rect(x, top, width, 400, wall) +
        rect(x, top, width, 7, '#fff3da', 'opacity="0.55"') +
        rect(x + width * 0.68, top + 7, width * 0.32, 400, '#5d2f1f', 'opacity="0.16"') +
        rect(x + 22, top + 32, 15, 24, '#5a3523', 'rx="7" opacity="0.75"') +
        rect(x + 60, top + 36, 13, 19, '#47748a', 'rx="6" opacity="0.8"')
      );
    });
  const minaret =
    rect(590, 150, 92, 400, '#c98d5c') +
    rect(650, 150, 32, 400, '#8f5638', 'opacity="0.35"') +
    rect(582, 140, 108, 14, '#e2b07a') +
    repeat(6, (i) => rect(584 + i * 18, 126, 11, 16, '#d49f6b')) +
    rect(614, 82, 44, 52, '#c98d5c') +
    rect(642, 82, 16, 52, '#8f5638', 'opacity="0.35"') +
    path('M612 84Q636 48 660 84Z', '#3f8f7f') +
    stroke('M636 64V34', '#d8b25c', 3) +
    disc(636, 46, 5, '#d8b25c') +
    disc(636, 35, 3.5, '#d8b25c') +
    rect(604, 168, 64, 44, '#3f8f7f', 'opacity="0.85"') +
    repeat(4, (i) => path(`M${604 + i * 16} 190l8 -14l8 14l-8 14Z`, '#e9d9a8', 'opacity="0.8"')) +
    repeat(2, (i) => path(`M${614 + i * 26} 274v-26q9 -18 18 0v26Z`, '#5a3523'));
  return (
    sky('#5fa7d6', '#b9dcea', '#fbe6c3') +
    halo(140, 190, 300, '#fff6d6', 0.9) +
    cloud(330, 120, 1.2, '#ffffff', 0.7) +
    cloud(840, 170, 1.0, '#ffffff', 0.6) +
    ridge(8, 330, 34, '#9ab4c4', 120) +
    ridge(9, 362, 26, '#b9b3a8', 100) +
    roofs(392, 12, ['#ecd3ad', '#e0b98c', '#f3e2c6', '#d9a779']) +
    minaret +
    roofs(470, 8, ['#e7b98b', '#f4dfbd', '#cf9468', '#efcfa2']) +
    roofs(556, 6, ['#f3d8ae', '#d39a6c', '#e8bf90']) +
    stroke('M40 540Q160 566 290 532', '#6b4a39', 2) +
    ['#c8553d', '#f3efe4', '#3d7ea6', '#e8b23a']
      .map((c, i) => rect(78 + i * 46, 548 + (i % 2) * 4, 30, 38, c, 'opacity="0.92"'))
      .join('')
  );
};

/** A roof full of satellite dishes under an evening sky. */
export const satelliteDishes: Scene = () => {
  const dish = (x: number, y: number, scale: number, tilt: number): string =>
    moved(
      x,
      y,
      scale,
      stroke('M0 0V-46M-16 0H16', '#4a4550', 6) +
        group(
          oval(0, -74, 46, 52, '#dfe3e6') +
            oval(6, -74, 38, 46, '#aab4bd') +
            oval(11, -74, 29, 38, '#c8d0d6', 'opacity="0.7"') +
            stroke('M8 -74L56 -92M22 -44L56 -92', '#55515c', 3.5) +
            rect(50, -98, 14, 11, '#3a3742', 'rx="3"'),
          `transform="rotate(${tilt} 0 -46)"`,
        ),
    );
  return (
    sky('#2f5d8c', '#e09a76', '#ffd59b') +
    halo(250, 400, 380, '#ffe3a8', 0.9) +
    cloud(650, 140, 1.7, '#f7b48b', 0.6) +
    cloud(260, 210, 1.2, '#ffd0a0', 0.6) +
    repeat(11, (i) =>
      house(
        i * 90 - 10,
        350 + ((i * 37) % 70),
        92,
        320,
        i % 2 ? '#a8685c' : '#8c5664',
        '#ffe0a0',
        40 + i,
        0.2,
      ),
    ) +
    down('roof', [0, '#caa083'], [1, '#7d5a53']) +
    path('M0 520L960 470V640H0Z', 'url(#roof)') +
    path('M0 512L960 462V476L0 527Z', '#e6c3a2') +
    rect(700, 386, 130, 96, '#b88468') +
    rect(790, 386, 40, 96, '#8d5f52') +
    rect(726, 420, 36, 58, '#5b3f46') +
    rect(690, 378, 150, 11, '#e6c3a2') +
    moved(880, 468, 1, rect(-34, -54, 64, 54, '#4c86a8', 'rx="10"') + oval(-2, -54, 32, 8, '#78aac4')) +
    dish(120, 540, 1.35, -8) +
    dish(270, 556, 1.8, 4) +
    dish(430, 530, 1.1, -14) +
    dish(560, 548, 1.5, 6) +
    dish(690, 560, 1.2, -4) +
    dish(860, 580, 1.7, -10) +
    stroke('M0 300Q240 350 480 316T960 330', '#463b4d', 2, 'opacity="0.7"') +
    repeat(5, (i) =>
      moved(300 + i * 27, 324 - (i % 2), 1, path('M-6 0q6 -11 12 0l5 3h-8q-6 5 -9 -3Z', '#332c3a')),
    )
  );
};

/** A boulevard at night, drawn by its lights. */
export const trafficAtNight: Scene = () => {
  const next = chance(77);
  const trail = (offset: number, color: string, width: number): string =>
    stroke(
      `M${480 + offset * 0.06} 306C${480 + offset * 0.3} 400 ${480 + offset * 0.8} 520 ${480 + offset * 1.5} 660`,
      color,
      width,
    );
  const car = (x: number, y: number, s: number): string =>
    moved(
      x,
      y,
      s,
      path(
        'M-52 0V-26Q-50 -36 -38 -38L-28 -58Q-24 -64 -14 -64H14Q24 -64 28 -58L38 -38Q50 -36 52 -26V0Z',
        '#10131f',
      ) +
        path('M-30 -40L-23 -56H23L30 -40Z', '#33405f') +
        rect(-48, -28, 20, 9, '#ff4b3e', 'rx="4"') +
        rect(28, -28, 20, 9, '#ff4b3e', 'rx="4"') +
        rect(-48, -2, 18, 10, '#05060c', 'rx="3"') +
        rect(30, -2, 18, 10, '#05060c', 'rx="3"') +
        halo(-38, -23, 34, '#ff5a46', 0.7) +
        halo(38, -23, 34, '#ff5a46', 0.7),
    );
  return (
    sky('#070b1f', '#1b2550', '#5f3f6d', 330) +
    rect(0, 330, WIDTH, 310, '#12132a') +
    repeat(9, (i) =>
      house(i * 46 - 20, 60 + ((i * 53) % 130) + i * 12, 60, 330, '#121938', '#ffd995', 60 + i, 0.45),
    ) +
    repeat(9, (i) =>
      house(940 - i * 46 - 20, 40 + ((i * 71) % 130) + i * 13, 60, 330, '#0f1530', '#ffe3ae', 80 + i, 0.4),
    ) +
    halo(480, 306, 240, '#ffb56b', 0.7) +
    across('road', [0, '#0b0d18'], [0.5, '#2a2436'], [1, '#0b0d18']) +
    path('M462 306H498L1080 660H-120Z', 'url(#road)') +
    path('M0 390L440 306H462L-120 660H0Z', '#151528') +
    path('M960 390L520 306H498L1080 660H960Z', '#151528') +
    blurred(
      5,
      [-330, -270, -205, -140].map((o) => trail(o, '#fff0c8', 9)).join('') +
        [330, 270, 205, 140].map((o) => trail(o, '#ff4a3a', 8)).join(''),
      'opacity="0.75"',
    ) +
    [-320, -262, -198, -150].map((o) => trail(o, '#fffbe8', 2.4)).join('') +
    [322, 262, 198, 146].map((o) => trail(o, '#ff8a70', 2.4)).join('') +
    repeat(6, (i) => {
      const k = 1.9 ** i;
      const x = 24 * k;
      const h = 26 * k;
      return [-1, 1]
        .map(
          (side) =>
            stroke(
              `M${480 + side * x} ${308 + 6 * k}V${308 + 6 * k - h}q0 ${-4 * k} ${-side * 6 * k} ${-4 * k}`,
              '#2c2b3f',
              1.2 + k * 0.3,
            ) +
            halo(
              Math.round(480 + side * (x - 6 * k)),
              Math.round(308 + 6 * k - h - 3 * k),
              Math.round(10 + 8 * k),
              '#ffdf9e',
              0.9,
            ),
        )
        .join('');
    }) +
    car(630, 560, 1.25) +
    car(560, 420, 0.5) +
    car(700, 470, 0.62) +
    blurred(
      12,
      repeat(14, () =>
        disc(
          next(0, 960),
          next(330, 420),
          next(5, 15),
          next() > 0.5 ? '#ffca7a' : '#ff6f5c',
          `opacity="${next(0.15, 0.5)}"`,
        ),
      ),
    )
  );
};

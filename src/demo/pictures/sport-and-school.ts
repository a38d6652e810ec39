import {
  blurred,
  chance,
  cloud,
  disc,
  down,
  glitter,
  group,
  halo,
  moved,
  oval,
  palm,
  path,
  person,
  rect,
  repeat,
  sky,
  stroke,
  WIDTH,
  type Scene,
} from './paint.js';

/** A floodlit stadium just before kick-off. */
export const footballStadium: Scene = () => {
  const next = chance(131);
  const fans = ['#d9482f', '#f2efe8', '#2f8f6a', '#e8b23a', '#3f74b5', '#b98a74'];
  const mast = (x: number): string =>
    stroke(`M${x} 260V70`, '#3a4257', 9) +
    rect(x - 44, 40, 88, 44, '#2a3043', 'rx="4"') +
    repeat(10, (i) => disc(x - 34 + (i % 5) * 17, 52 + Math.floor(i / 5) * 20, 6.5, '#ffffff')) +
    halo(x, 62, 150, '#eaf3ff', 0.95);
  const player = (x: number, y: number, h: number, shirt: string): string =>
    oval(x + 12, y + 1, h * 0.3, 4, '#123d1c', 'opacity="0.5"') +
    person(x, y, h, '#26222c') +
    path(
      `M${x - h * 0.15} ${y - h * 0.76}Q${x} ${y - h * 0.84} ${x + h * 0.15} ${y - h * 0.76}L${x + h * 0.17} ${y - h * 0.45}H${x - h * 0.17}Z`,
      shirt,
    );
  return (
    sky('#050b22', '#13265a', '#3a5590', 320) +
    mast(130) +
    mast(830) +
    path('M-20 190Q480 110 980 190V360H-20Z', '#1d2740') +
    path('M-20 178Q480 96 980 178V196Q480 116 -20 196Z', '#8897b5') +
    repeat(720, (i) =>
      disc(
        (i % 60) * 16.4 + next(-5, 5),
        214 + Math.floor(i / 60) * 11.5 + next(-3, 3) - Math.round(40 * (1 - (((i % 60) - 30) / 30) ** 2)),
        4.2,
        fans[Math.floor(next(0, 5.99))] ?? '#fff',
        `opacity="${next(0.4, 0.9)}"`,
      ),
    ) +
    rect(0, 332, WIDTH, 22, '#152238') +
    repeat(8, (i) =>
      rect(
        i * 122 + 4,
        335,
        112,
        16,
        ['#d9482f', '#f2efe8', '#2f7fc0', '#e8b23a'][i % 4] ?? '',
        'opacity="0.85"',
      ),
    ) +
    down('grass', [0, '#3fa052'], [1, '#1d6a34']) +
    rect(0, 354, WIDTH, 286, 'url(#grass)') +
    repeat(6, (i) =>
      path(
        `M${480 + (i * 2 - 6) * 88} 354H${480 + (i * 2 - 5) * 88}L${480 + (i * 2 - 5) * 210} 640H${480 + (i * 2 - 6) * 210}Z`,
        '#ffffff',
        'opacity="0.07"',
      ),
    ) +
    oval(480, 470, 220, 62, 'none', 'stroke="#ffffff" stroke-width="4" opacity="0.85"') +
    stroke('M480 354V640M0 372H960', '#ffffff', 4, 'opacity="0.85"') +
    halo(480, 430, 330, '#f2fff0', 0.35) +
    player(250, 430, 70, '#d9482f') +
    player(390, 410, 60, '#f2efe8') +
    player(690, 420, 66, '#d9482f') +
    player(800, 476, 92, '#f2efe8') +
    player(160, 540, 124, '#f2efe8') +
    player(590, 560, 140, '#d9482f') +
    oval(452, 590, 34, 7, '#123d1c', 'opacity="0.6"') +
    disc(446, 562, 28, '#ffffff') +
    path('M446 548l13 9l-5 15h-16l-5 -15Z', '#20242e') +
    path('M420 554l8 -10l2 12ZM472 554l-8 -10l-2 12ZM434 588l4 -8h16l4 8Q446 593 434 588Z', '#20242e')
  );
};

/** A bunch of riders on a coast road. */
export const bicycleRace: Scene = () => {
  const rider = (x: number, y: number, s: number, shirt: string, cap: string): string =>
    moved(
      x,
      y,
      s,
      oval(0, 3, 92, 8, '#3b3a3f', 'opacity="0.4"') +
        [-54, 54]
          .map(
            (cx) =>
              disc(cx, -34, 33, 'none', 'stroke="#22242c" stroke-width="5"') +
              disc(cx, -34, 4, '#22242c') +
              repeat(6, (i) =>
                stroke(
                  `M${cx} -34l${Math.round(31 * Math.cos(i * 1.047))} ${Math.round(31 * Math.sin(i * 1.047))}`,
                  '#8f959f',
                  1,
                ),
              ),
          )
          .join('') +
        stroke('M-54 -34L-22 -86L40 -88L-4 -34L-22 -86M-4 -34H-54M54 -34L38 -98H54', '#e9ecef', 5) +
        stroke('M-34 -98H-12', '#22242c', 7) +
        stroke('M-20 -104L14 -72L0 -26L14 -22', '#b77f5c', 12) +
        stroke('M-22 -104L4 -66L-14 -30', '#8f5f43', 11) +
        stroke('M-22 -106L8 -78', '#20242e', 15) +
        stroke('M-20 -112L22 -144', shirt, 27) +
        stroke('M24 -142L36 -112L54 -100', '#c98f6b', 9) +
        stroke('M24 -144L32 -126', shirt, 12) +
        disc(42, -164, 14, '#c98f6b') +
        path('M24 -166Q28 -188 48 -184Q62 -178 58 -168L26 -160Z', cap),
    );
  return (
    sky('#3f93d1', '#a6d8ee', '#fdf1d6', 340) +
    halo(170, 140, 300, '#fff6d2', 0.95) +
    cloud(520, 90, 1.4, '#ffffff', 0.85) +
    cloud(830, 160, 1.0, '#ffffff', 0.7) +
    down('sea', [0, '#3f97b8'], [1, '#7cc5cf']) +
    rect(0, 300, WIDTH, 120, 'url(#sea)') +
    glitter(17, 170, 304, 90, '#ffffff', 70) +
    path('M560 330Q680 200 800 240T960 190V430H520Z', '#8a9c73') +
    path('M700 330Q800 262 960 270V430H640Z', '#a98f66') +
    rect(0, 396, WIDTH, 30, '#d9cdb4') +
    rect(0, 392, WIDTH, 6, '#fbf5e6') +
    repeat(17, (i) => rect(i * 60 + 10, 398, 10, 26, '#b3a68c')) +
    down('asphalt', [0, '#8b8a90'], [1, '#55545d']) +
    rect(0, 424, WIDTH, 216, 'url(#asphalt)') +
    stroke('M0 534H960', '#f5f1e4', 7, 'stroke-dasharray="90 56" opacity="0.75"') +
    palm(60, 430, 1.5, '#3f6b45') +
    palm(905, 424, 1.2, '#4a7a4e') +
    rider(150, 506, 0.82, '#3f74b5', '#ffffff') +
    rider(330, 500, 0.82, '#e8b23a', '#20242e') +
    rider(520, 506, 0.84, '#2f8f6a', '#ffffff') +
    rider(700, 500, 0.82, '#7d4f9c', '#e8b23a') +
    rider(240, 606, 1.3, '#d9482f', '#ffffff') +
    rider(520, 598, 1.3, '#f2efe8', '#2f7fc0') +
    rider(790, 610, 1.36, '#e8b23a', '#d9482f') +
    blurred(
      5,
      repeat(9, (i) => rect(i * 130 - 60, 560 + (i % 3) * 24, 150, 3, '#ffffff', 'opacity="0.25"')),
    )
  );
};

/** The first day: children, satchels, an open gate. */
export const schoolMorning: Scene = () => {
  const pupil = (x: number, feet: number, h: number, coat: string, bag: string): string =>
    oval(x, feet, h * 0.24, 5, '#6b4d30', 'opacity="0.4"') +
    person(x, feet, h, '#3a2b2a') +
    path(
      `M${x - h * 0.16} ${feet - h * 0.77}Q${x} ${feet - h * 0.84} ${x + h * 0.16} ${feet - h * 0.77}L${x + h * 0.2} ${feet - h * 0.36}H${x - h * 0.2}Z`,
      coat,
    ) +
    rect(x - h * 0.12, feet - h * 0.74, h * 0.24, h * 0.28, bag, `rx="${h * 0.05}"`) +
    rect(x - h * 0.08, feet - h * 0.58, h * 0.16, h * 0.07, '#ffffff', 'opacity="0.5"');
  return (
    sky('#58a6da', '#b7def0', '#fff3d8', 460) +
    halo(800, 120, 300, '#fff6d0', 0.95) +
    cloud(240, 90, 1.3, '#ffffff', 0.85) +
    cloud(620, 70, 0.9, '#ffffff', 0.7) +
    rect(100, 200, 760, 270, '#f0d7a8') +
    rect(100, 200, 760, 12, '#fff3d9') +
    rect(84, 186, 792, 18, '#b5573a') +
    rect(100, 410, 760, 60, '#5c8f9b', 'opacity="0.85"') +
    repeat(12, (i) =>
      i % 6 === 2 || i % 6 === 3
        ? ''
        : rect(136 + (i % 6) * 124, 232 + Math.floor(i / 6) * 92, 72, 60, '#fbf6ea') +
          rect(142 + (i % 6) * 124, 238 + Math.floor(i / 6) * 92, 60, 48, '#4f8fae') +
          path(
            `M${146 + (i % 6) * 124} ${284 + Math.floor(i / 6) * 92}l26 -46h16l-26 46Z`,
            '#bfe3ef',
            'opacity="0.6"',
          ) +
          rect(170 + (i % 6) * 124, 236 + Math.floor(i / 6) * 92, 4, 52, '#fbf6ea'),
    ) +
    path('M370 190L480 110L590 190Z', '#c8673f') +
    path('M388 190L480 124L572 190Z', '#f0d7a8') +
    disc(480, 166, 19, '#fbf6ea') +
    stroke('M480 166V154M480 166L489 170', '#3a2b2a', 3) +
    path('M412 470V310Q412 244 480 240Q548 244 548 310V470Z', '#fbf6ea') +
    path('M424 470V312Q426 256 480 252Q534 256 536 312V470Z', '#3c6b74') +
    path('M480 252V470H536V312Q534 256 480 252Z', '#2c525a') +
    halo(480, 400, 100, '#ffe9b0', 0.7) +
    stroke('M700 188V60', '#8a8f98', 5) +
    path('M702 62q28 -14 50 0t50 0v46q-28 14 -50 0t-50 0Z', '#2f7fc0') +
    down('yard', [0, '#ecd4a4'], [1, '#c99a60']) +
    rect(0, 468, WIDTH, 172, 'url(#yard)') +
    path('M424 470H536L720 640H240Z', '#f8e7c1', 'opacity="0.8"') +
    repeat(2, (i) =>
      moved(
        i ? 905 : 52,
        500,
        1,
        rect(-8, -90, 16, 90, '#6b4c34') +
          disc(0, -130, 58, '#5e8f4b') +
          disc(-30, -108, 36, '#6fa157') +
          disc(26, -150, 34, '#7fb164'),
      ),
    ) +
    pupil(446, 500, 74, '#d9482f', '#e8b23a') +
    pupil(516, 504, 78, '#3f74b5', '#d9482f') +
    pupil(330, 548, 120, '#f2efe8', '#2f8f6a') +
    pupil(402, 552, 116, '#e27d9a', '#7d4f9c') +
    pupil(640, 556, 124, '#e8b23a', '#2f7fc0') +
    pupil(190, 618, 172, '#f4f1ea', '#d9482f') +
    pupil(546, 622, 176, '#f4f1ea', '#2f7fa8') +
    pupil(790, 624, 180, '#c9576a', '#e8b23a')
  );
};

/** A hand and a folded paper over a glass ballot box. */
export const ballotBox: Scene = () =>
  down('room', [0, '#e9dfcc'], [1, '#bfae92']) +
  rect(0, 0, WIDTH, 640, 'url(#room)') +
  rect(60, 60, 190, 300, '#f6f0e2') +
  rect(72, 72, 166, 276, '#a9cfe0') +
  stroke('M155 72V348M72 210H238', '#f6f0e2', 8) +
  halo(155, 180, 300, '#ffffff', 0.85) +
  repeat(
    3,
    (i) =>
      rect(640 + i * 106, 120, 98, 300, '#f4efe4') +
      rect(648 + i * 106, 128, 82, 190, '#40618f') +
      repeat(4, (k) => stroke(`M${660 + i * 106 + k * 20} 128V318`, '#2d4a73', 5, 'opacity="0.6"')) +
      person(689 + i * 106, 424, i === 1 ? 0.01 : 120, '#3a3f4d'),
  ) +
  blurred(2, rect(0, 420, WIDTH, 24, '#8a6d4a', 'opacity="0.25"')) +
  down('table', [0, '#b9824f'], [1, '#6f4526']) +
  path('M0 470H960V640H0Z', 'url(#table)') +
  rect(0, 462, WIDTH, 12, '#dba96e') +
  blurred(12, oval(470, 590, 260, 22, '#2e1a0d', 'opacity="0.7"')) +
  path('M270 330L350 296H650L690 330V580H270Z', '#d9eef4', 'opacity="0.45"') +
  group(
    repeat(12, (i) =>
      group(
        rect(-52, -9, 104, 46, i % 3 ? '#fbf8ef' : '#e9e4d4', 'rx="2"') +
          rect(-40, 2, 60, 4, '#8b8f99', 'opacity="0.5"') +
          rect(-40, 12, 44, 4, '#8b8f99', 'opacity="0.5"'),
        `transform="translate(${340 + (i % 4) * 92} ${524 - Math.floor(i / 4) * 34}) rotate(${((i * 37) % 26) - 13})"`,
      ),
    ),
    'opacity="0.95"',
  ) +
  path('M270 330H690V580H270Z', '#bfe0ea', 'opacity="0.28"') +
  stroke('M270 330H690V580H270ZM270 330L350 296H650L690 330', '#f4fbfd', 6) +
  path('M300 350L380 350L310 560L300 560Z', '#ffffff', 'opacity="0.4"') +
  path('M268 322L348 290H652L692 322V338H268Z', '#3c6e9c') +
  path('M268 322L348 290H652L692 322Z', '#5589b8') +
  path('M412 304H560L566 312H406Z', '#10243a') +
  rect(452, 330, 58, 34, '#d9a441', 'rx="5"') +
  disc(481, 347, 7, '#6b4c18') +
  group(
    path('M430 150H560V300H430Z', '#fdfbf4') +
      path('M495 150V300H560V150Z', '#e6e0cf') +
      rect(446, 180, 36, 5, '#8b8f99') +
      rect(446, 196, 36, 5, '#8b8f99') +
      rect(446, 212, 26, 5, '#8b8f99'),
    'transform="rotate(4 490 300)"',
  ) +
  path(
    'M960 -10V120Q800 150 690 176L610 206Q560 216 536 196Q520 178 556 168L610 150Q560 160 530 152Q506 140 536 126L640 96Q760 20 820 -10Z',
    '#b97f58',
  ) +
  path(
    'M530 152Q560 160 610 150L640 142Q600 168 556 168Q540 172 536 180Q520 172 530 152Z',
    '#8f5c3d',
    'opacity="0.5"',
  ) +
  path('M740 -10L800 150Q880 130 960 118V-10Z', '#2c3f5c') +
  path('M722 0L780 156L806 150L748 -10Z', '#f2f0ea');

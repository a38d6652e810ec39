import {
  across,
  blurred,
  chance,
  cloud,
  disc,
  down,
  glitter,
  halo,
  moved,
  oval,
  path,
  person,
  rect,
  repeat,
  ridge,
  sky,
  stroke,
  WIDTH,
  type Scene,
} from './paint.js';

/** Container cranes and a ship alongside. */
export const portWithCranes: Scene = () => {
  const next = chance(71);
  const crane = (x: number, s: number, color: string): string =>
    moved(
      x,
      470,
      s,
      stroke(
        'M-52 0L-40 -210M52 0L40 -210M-47 -84H47M-43 -150H43M-47 -84L43 -150M47 -84L-43 -150',
        color,
        9,
      ) +
        rect(-66, -220, 132, 18, color) +
        path('M-150 -226H250V-212H-150Z', color) +
        stroke('M0 -220V-316M0 -316L240 -222M0 -316L-140 -222M0 -316L110 -222', color, 5) +
        rect(-118, -212, 54, 32, '#2b3d52') +
        rect(120, -212, 26, 18, '#2b3d52') +
        stroke('M128 -194V-130M138 -194V-130', '#2b3d52', 2) +
        rect(104, -130, 60, 26, '#d9822b'),
    );
  const boxes = ['#c8472f', '#2f7fa8', '#e0a030', '#3c8c5f', '#7d4f86', '#d9d4c8', '#b95d35'];
  const container = (x: number, y: number, w: number, h: number): string => {
    const color = boxes[Math.floor(next(0, boxes.length - 0.01))] ?? '#c8472f';
    return (
      rect(x, y, w - 2, h - 2, color) +
      repeat(5, (i) => rect(x + 5 + i * (w / 5.4), y + 3, 2, h - 8, '#000000', 'opacity="0.18"'))
    );
  };
  return (
    sky('#3b7fae', '#a9d0dd', '#ffe2b6', 470) +
    halo(180, 380, 330, '#ffedc0', 0.9) +
    cloud(700, 100, 1.6, '#ffffff', 0.7) +
    cloud(260, 150, 1.1, '#ffffff', 0.6) +
    ridge(15, 412, 24, '#8ba8b5', 150) +
    crane(250, 0.82, '#c4532d') +
    crane(520, 0.98, '#d8602f') +
    crane(815, 0.86, '#c4532d') +
    repeat(26, (i) => container((i % 13) * 76 - 8, 426 - Math.floor(i / 13) * 26, 76, 27)) +
    rect(0, 452, WIDTH, 26, '#6f6c6c') +
    rect(0, 452, WIDTH, 5, '#a7a39c') +
    down('harbour', [0, '#4f93a8'], [1, '#153a52']) +
    rect(0, 476, WIDTH, 164, 'url(#harbour)') +
    glitter(9, 180, 488, 150, '#ffe9c0', 90) +
    repeat(36, (i) => container(296 + (i % 12) * 44, 436 - Math.floor(i / 12) * 21 + 34, 44, 22)) +
    rect(830, 386, 70, 110, '#f2efe8') +
    rect(822, 380, 86, 13, '#dcd6ca') +
    repeat(4, (r) => rect(838, 402 + r * 20, 54, 8, '#33566d')) +
    rect(852, 346, 26, 36, '#c4532d') +
    path('M262 490H926L904 574H312Q276 540 262 490Z', '#22344a') +
    path('M285 540H913L904 574H312Q296 560 285 540Z', '#a33a2a') +
    rect(262, 488, 664, 7, '#f2efe8') +
    blurred(5, oval(600, 582, 330, 10, '#0c2436', 'opacity="0.6"')) +
    repeat(22, () => rect(next(0, 900), next(585, 634), next(30, 90), 2, '#bfe0e4', 'opacity="0.28"')) +
    stroke(
      'M60 210q12 -12 22 0q10 -12 22 0M140 250q9 -9 16 0q8 -9 16 0M420 120q10 -10 18 0q9 -10 18 0',
      '#35516a',
      3,
    )
  );
};

/** Blue wooden boats at the quay, early. */
export const fishingBoats: Scene = () => {
  const next = chance(81);
  const boat = (x: number, y: number, s: number, hull: string, band: string): string =>
    moved(
      x,
      y,
      s,
      oval(0, 6, 132, 12, '#0f3d56', 'opacity="0.35"') +
        stroke('M-8 -34V-190M-8 -184L-104 -40M-8 -184L112 -48M-8 -120L70 -150', '#5b4636', 4) +
        rect(22, -78, 58, 46, '#f4f1e6', 'rx="4"') +
        rect(16, -84, 70, 9, band, 'rx="3"') +
        rect(32, -68, 16, 14, '#3b6f8c') +
        rect(54, -68, 16, 14, '#3b6f8c') +
        path('M-146 -56Q-60 -34 0 -34T138 -50Q128 -8 104 6H-98Q-132 -16 -146 -56Z', hull) +
        path('M-146 -56Q-60 -34 0 -34T138 -50L136 -40Q60 -24 0 -24T-142 -46Z', '#ffffff', 'opacity="0.9"') +
        path('M-128 -16Q0 4 122 -14L104 6H-98Z', band) +
        path('M-70 -34Q-46 -58 -16 -34Z', '#d98a3d') +
        disc(-96, -30, 6, '#ffffff') +
        disc(-96, -30, 2.8, '#1c3445'),
    );
  const pennant = (x: number, y: number, color: string): string => path(`M${x} ${y}l26 7l-26 9Z`, color);
  return (
    sky('#6f9fce', '#f2b9a0', '#ffe3b4', 340) +
    halo(690, 310, 330, '#fff0c0', 0.95) +
    disc(690, 306, 36, '#fffbe2') +
    cloud(240, 110, 1.5, '#f7cdb8', 0.7) +
    cloud(860, 150, 1.0, '#ffd9bd', 0.7) +
    path('M0 344V270Q60 258 120 276L170 300Q220 318 300 344Z', '#8c7f93') +
    rect(70, 214, 22, 62, '#f7efe2') +
    rect(70, 232, 22, 12, '#c8472f') +
    path('M66 214H96L81 196Z', '#c8472f') +
    halo(81, 210, 40, '#fff3c0', 0.9) +
    down('cove', [0, '#f0c49c'], [0.2, '#7fb0bd'], [1, '#1d5f80']) +
    rect(0, 340, WIDTH, 300, 'url(#cove)') +
    glitter(12, 690, 346, 230, '#fff3cf', 80) +
    repeat(26, () => rect(next(0, 900), next(360, 630), next(26, 80), 2, '#d6eef0', 'opacity="0.35"')) +
    boat(160, 418, 0.62, '#3f8fb8', '#c8472f') +
    boat(500, 404, 0.5, '#2d7fae', '#e0a030') +
    boat(835, 432, 0.7, '#2f86b5', '#c8472f') +
    boat(300, 560, 1.25, '#1f76ab', '#d9622f') +
    pennant(291, 324, '#d9622f') +
    boat(720, 600, 1.3, '#2a8bbd', '#e8b23a') +
    pennant(710, 354, '#3c8c5f') +
    stroke('M420 210q14 -14 26 0q12 -14 26 0M520 170q10 -10 18 0q9 -10 18 0', '#4b5a74', 3)
  );
};

/** A fast train crossing the plain. */
export const train: Scene = () => {
  const next = chance(91);
  return (
    sky('#4f9bd0', '#b5dcec', '#fff0d3', 420) +
    halo(840, 150, 280, '#fff6d4', 0.9) +
    cloud(200, 110, 1.3, '#ffffff', 0.8) +
    cloud(600, 90, 1.0, '#ffffff', 0.7) +
    ridge(21, 330, 42, '#9fb7b2', 130) +
    ridge(22, 372, 24, '#86a878', 120) +
    down('meadow', [0, '#b3c36b'], [1, '#6e8a3e']) +
    rect(0, 396, WIDTH, 244, 'url(#meadow)') +
    repeat(
      7,
      (i) =>
        rect(60 + i * 150, 176, 7, 330, '#6f757c') +
        stroke(
          `M${63 + i * 150} 200H${118 + i * 150}M${63 + i * 150} 226L${112 + i * 150} 202`,
          '#6f757c',
          4,
        ),
    ) +
    stroke('M0 206H960M0 236H960', '#52575e', 2) +
    repeat(6, (i) => stroke(`M${118 + i * 150} 203V236`, '#52575e', 2)) +
    path('M0 500H960V548H0Z', '#8d8377') +
    path('M0 496H960V506H0Z', '#5c5650') +
    repeat(33, (i) => rect(i * 30, 506, 18, 8, '#a79c8e')) +
    rect(0, 492, WIDTH, 5, '#d5d8da') +
    down('coach', [0, '#ffffff'], [0.55, '#e4e9ec'], [1, '#aab6be']) +
    path('M0 334H640Q762 338 838 410Q882 452 880 470Q876 484 846 484H0Z', 'url(#coach)') +
    path('M0 452H874Q882 462 880 470Q876 484 846 484H0Z', '#22526e') +
    path('M0 440H862L870 452H0Z', '#d2562f') +
    path('M714 362Q778 382 818 418H720Q700 418 700 402V370Q702 360 714 362Z', '#1d3a4c') +
    path('M724 370Q768 384 796 408L740 396Z', '#7fb2ca', 'opacity="0.7"') +
    repeat(10, (i) =>
      i % 5 === 4
        ? rect(20 + i * 66, 360, 34, 84, '#c9d2d8', 'rx="4"')
        : rect(14 + i * 66, 366, 52, 42, '#2a4b5f', 'rx="7"') +
          path(
            `M${18 + i * 66} 406L${44 + i * 66} 368H${58 + i * 66}L${32 + i * 66} 406Z`,
            '#8fc0d6',
            'opacity="0.45"',
          ),
    ) +
    rect(318, 338, 4, 146, '#8d9aa3') +
    rect(0, 484, 850, 9, '#30353b') +
    repeat(9, (i) => disc(40 + i * 92, 488, 10, '#24282d')) +
    halo(856, 446, 46, '#fff6cf', 1) +
    disc(856, 446, 7, '#fffdf0') +
    stroke('M420 334L450 300H500L470 262H520', '#4a5056', 4) +
    blurred(
      5,
      repeat(16, () =>
        rect(
          next(0, 700),
          next(556, 630),
          next(120, 300),
          next(3, 9),
          next() > 0.5 ? '#dfe39a' : '#4f6b2f',
          'opacity="0.4"',
        ),
      ),
    ) +
    repeat(40, () =>
      stroke(`M${next(0, 950)} ${next(586, 640)}l${next(6, 14)} ${next(-26, -12)}`, '#5d7a34', 3),
    )
  );
};

/** An ambulance in a night street, its lamps on. */
export const ambulance: Scene = () => {
  const wheel = (x: number): string =>
    disc(x, 506, 46, '#15181f') + disc(x, 506, 25, '#aeb7c0') + disc(x, 506, 9, '#4c545d');
  return (
    sky('#101a3a', '#2c3f6e', '#6d6f92', 420) +
    repeat(9, (i) => rect(i * 112 - 10, 90 + ((i * 67) % 120), 114, 350, i % 2 ? '#1e2a50' : '#263259')) +
    repeat(40, (i) =>
      rect(
        12 + ((i * 61) % 940),
        130 + Math.floor(i / 8) * 52,
        17,
        24,
        '#ffd58a',
        `opacity="${i % 3 === 0 ? 0.85 : 0.14}"`,
      ),
    ) +
    rect(0, 420, WIDTH, 62, '#3d4560') +
    down('wet', [0, '#2b3148'], [1, '#12162a']) +
    rect(0, 476, WIDTH, 164, 'url(#wet)') +
    halo(380, 196, 300, '#3f8cff', 0.75) +
    halo(610, 196, 240, '#ff5648', 0.45) +
    across('side', [0, '#dfe6ee'], [0.7, '#ffffff'], [1, '#d4dde6']) +
    path(
      'M190 246Q192 226 212 226H600Q622 226 634 242L702 344L786 368Q806 376 808 400V494Q808 506 794 506H204Q190 506 190 492Z',
      'url(#side)',
    ) +
    path('M190 398H808V440H190Z', '#d63a32') +
    repeat(16, (i) =>
      path(
        `M${196 + i * 39} 440L${212 + i * 39} 398H${230 + i * 39}L${214 + i * 39} 440Z`,
        '#ffd23f',
        'opacity="0.9"',
      ),
    ) +
    path('M612 262L666 348H560V254H596Q606 254 612 262Z', '#22344e') +
    path('M574 342L612 270L640 316L622 342Z', '#7fa8cf', 'opacity="0.55"') +
    rect(220, 258, 120, 74, '#2a3d58', 'rx="8"') +
    path('M230 326L280 262H310L260 326Z', '#7fa8cf', 'opacity="0.4"') +
    stroke('M356 236V500M546 236V500', '#a9b4bf', 2.5) +
    rect(370, 366, 22, 6, '#8995a1', 'rx="3"') +
    moved(
      452,
      310,
      1,
      path('M0 42Q-56 4 -46 -26Q-34 -52 0 -26Q34 -52 46 -26Q56 4 0 42Z', '#2a6fc9') +
        stroke('M-56 0H-22L-12 -18L2 20L14 -8L20 0H56', '#ffffff', 6),
    ) +
    rect(330, 206, 120, 20, '#2459c8', 'rx="9"') +
    rect(344, 210, 34, 12, '#b8d6ff', 'rx="5"') +
    rect(560, 206, 60, 20, '#c92f2a', 'rx="9"') +
    halo(364, 214, 74, '#8fc0ff', 1) +
    halo(590, 214, 56, '#ff8a78', 0.9) +
    path('M780 404H808V436H786Q776 420 780 404Z', '#fff6d0') +
    blurred(12, path('M800 404L1010 360V520L800 436Z', '#fff3c4'), 'opacity="0.55"') +
    rect(190, 404, 12, 30, '#ff5a46') +
    rect(182, 486, 640, 20, '#4f5a68', 'rx="8"') +
    wheel(312) +
    wheel(690) +
    blurred(
      12,
      oval(500, 560, 330, 16, '#05070f', 'opacity="0.8"') +
        rect(330, 560, 110, 80, '#3f8cff', 'opacity="0.5"') +
        rect(560, 560, 70, 80, '#ff5648', 'opacity="0.4"') +
        rect(800, 540, 140, 40, '#fff3c4', 'opacity="0.3"'),
    ) +
    person(100, 520, 170, '#0c1226') +
    path('M74 392L126 392L122 424H78Z', '#e8b23a', 'opacity="0.85"') +
    stroke('M0 612H960', '#d9d5c0', 6, 'stroke-dasharray="70 60" opacity="0.5"')
  );
};

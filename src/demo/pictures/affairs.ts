import {
  blurred,
  chance,
  disc,
  down,
  group,
  halo,
  moved,
  oval,
  path,
  rect,
  repeat,
  stroke,
  WIDTH,
  type Scene,
} from './paint.js';

/** A lectern, a bouquet of microphones, lights. */
export const pressConference: Scene = () => {
  const mic = (x: number, y: number, turn: number, color: string): string =>
    group(
      stroke(`M${x} ${y}V${y - 84}`, '#20242e', 6) +
        rect(x - 17, y - 116, 34, 30, color, 'rx="4"') +
        rect(x - 12, y - 88, 24, 12, '#2e333f') +
        oval(x, y - 136, 17, 23, '#15181f') +
        oval(x - 5, y - 143, 5, 9, '#5a6272', 'opacity="0.7"'),
      `transform="rotate(${turn} ${x} ${y})"`,
    );
  const camera = (x: number, s: number): string =>
    moved(
      x,
      640,
      s,
      disc(-46, -132, 24, '#0a0d16') +
        path('M-80 0V-70Q-78 -108 -46 -110Q-10 -108 -6 -70V0Z', '#0a0d16') +
        rect(-26, -160, 76, 48, '#0f131e', 'rx="8"') +
        rect(46, -152, 34, 32, '#161c2b', 'rx="6"') +
        disc(80, -136, 15, '#243353') +
        rect(-14, -176, 40, 18, '#0f131e', 'rx="6"') +
        disc(-12, -150, 4, '#ff4a3e'),
    );
  return (
    down('curtain', [0, '#12315f'], [1, '#0b1a38']) +
    rect(0, 0, WIDTH, 640, 'url(#curtain)') +
    repeat(24, (i) => rect(i * 40, 0, 18, 470, '#2a5693', `opacity="${0.16 + (i % 3) * 0.07}"`)) +
    rect(70, 90, 820, 250, '#e9eef5', 'rx="6" opacity="0.95"') +
    repeat(24, (i) =>
      moved(
        130 + (i % 8) * 100,
        136 + Math.floor(i / 8) * 78,
        1,
        (i + Math.floor(i / 8)) % 2
          ? disc(0, 0, 15, '#3f74b5', 'opacity="0.55"') + disc(0, 0, 7, '#e9eef5')
          : path('M-22 8L0 -17L22 8Z', '#c8673f', 'opacity="0.55"'),
      ),
    ) +
    blurred(
      12,
      path('M150 -20L330 480H630L480 -20Z', '#fff4d4', 'opacity="0.2"') +
        path('M810 -20L330 480H630L480 -20Z', '#fff4d4', 'opacity="0.2"'),
    ) +
    halo(480, 240, 320, '#fff6de', 0.5) +
    rect(0, 470, WIDTH, 170, '#1c2233') +
    path('M0 470H960V478H0Z', '#46567a') +
    moved(
      146,
      470,
      1,
      stroke('M0 0V-330', '#8b6b3b', 6) + path('M2 -324Q70 -300 40 -200Q70 -120 24 -40L2 -60Z', '#c8432f'),
    ) +
    moved(
      814,
      470,
      1,
      stroke('M0 0V-330', '#8b6b3b', 6) +
        path('M-2 -324Q-70 -300 -40 -200Q-70 -120 -24 -40L-2 -60Z', '#2f8f6a'),
    ) +
    disc(480, 214, 50, '#c98f6b') +
    path('M428 208Q424 150 482 150Q538 150 532 208Q520 176 480 178Q440 176 428 208Z', '#2b1d1a') +
    path('M462 250H498V290H462Z', '#b67d5a') +
    path('M358 470Q362 314 442 282L480 312L518 282Q598 314 602 470Z', '#243044') +
    path('M456 284L480 344L504 284L480 304Z', '#f5f3ee') +
    path('M473 306H487L492 390L480 404L468 390Z', '#9b2f34') +
    down('wood', [0, '#b77b45'], [1, '#6e4223']) +
    path('M316 404H644L620 640H340Z', 'url(#wood)') +
    path('M296 386H664L652 414H308Z', '#d49a5d') +
    path('M372 450H588L578 590H382Z', '#5d3719', 'opacity="0.45"') +
    disc(480, 520, 46, '#d9b25c') +
    disc(480, 520, 34, '#8a5a2c') +
    path('M480 490l8 21h22l-18 13l7 22l-19 -13l-19 13l7 -22l-18 -13h22Z', '#f1d58a') +
    mic(352, 392, -24, '#2f7fc0') +
    mic(410, 394, -10, '#d9482f') +
    mic(466, 396, -3, '#e8b23a') +
    mic(520, 396, 6, '#3c8c5f') +
    mic(572, 394, 14, '#7d4f9c') +
    mic(616, 392, 26, '#e06a2d') +
    camera(120, 1.15) +
    moved(960, 0, 1, group(camera(120, 1.15), 'transform="scale(-1 1)"')) +
    halo(238, 486, 120, '#ffffff', 0.5)
  );
};

/** A rising curve and bars on a trading screen. */
export const chartOnScreen: Scene = () => {
  const next = chance(171);
  const points = repeat(
    17,
    (i) =>
      `${i ? 'L' : 'M'}${196 + i * 36} ${Math.round(380 - i * 11 - Math.sin(i * 1.1) * 26 - (i > 11 ? (i - 11) * 8 : 0))}`,
  );
  return (
    down('office', [0, '#0d1526'], [1, '#1c2942']) +
    rect(0, 0, WIDTH, 640, 'url(#office)') +
    blurred(
      12,
      repeat(12, (i) => rect(i * 84, 30 + ((i * 47) % 110), 66, 320, '#27406b', 'opacity="0.5"')) +
        repeat(34, () =>
          disc(
            next(0, 960),
            next(20, 330),
            next(5, 13),
            next() > 0.5 ? '#ffd58a' : '#7fb8ff',
            'opacity="0.5"',
          ),
        ),
    ) +
    halo(480, 280, 460, '#2f8fc4', 0.45) +
    path('M430 500H530L548 560H412Z', '#28303f') +
    rect(350, 556, 260, 14, '#394458', 'rx="7"') +
    rect(120, 70, 720, 440, '#2b3546', 'rx="18"') +
    down('screen', [0, '#0c2138'], [1, '#061220']) +
    rect(138, 88, 684, 404, 'url(#screen)', 'rx="8"') +
    repeat(6, (i) => rect(170, 150 + i * 54, 620, 1.5, '#3b6a8c', 'opacity="0.4"')) +
    repeat(9, (i) => rect(196 + i * 72, 130, 1.5, 330, '#3b6a8c', 'opacity="0.28"')) +
    repeat(17, (i) => {
      const h = Math.round(next(24, 60) + i * 5);
      return rect(188 + i * 36, 454 - h, 18, h, i % 5 === 3 ? '#e2604c' : '#2fa58a', 'opacity="0.6" rx="2"');
    }) +
    down('area', [0, '#57e0c0', 0.5], [1, '#57e0c0', 0]) +
    path(`${points}V454H196Z`, 'url(#area)') +
    blurred(5, stroke(points, '#57e0c0', 9, 'opacity="0.7"')) +
    stroke(points, '#b8fff0', 4.5) +
    halo(772, 164, 60, '#8fffe6', 0.9) +
    disc(772, 164, 8, '#ffffff') +
    rect(170, 106, 150, 16, '#6fa8cc', 'rx="4" opacity="0.75"') +
    rect(332, 108, 70, 12, '#57e0c0', 'rx="4" opacity="0.7"') +
    rect(640, 106, 48, 16, '#2fa58a', 'rx="4"') +
    rect(698, 106, 48, 16, '#e2604c', 'rx="4" opacity="0.8"') +
    path('M160 88H420L240 492H138V100Z', '#ffffff', 'opacity="0.045"') +
    down('desk', [0, '#6b4a36'], [1, '#2c1d17']) +
    rect(0, 566, WIDTH, 74, 'url(#desk)') +
    blurred(12, oval(480, 582, 300, 12, '#57c0e0', 'opacity="0.4"')) +
    path('M300 592H600L624 622H276Z', '#222a38') +
    repeat(36, (i) =>
      rect(
        306 + (i % 12) * 25 - Math.floor(i / 12) * 4,
        596 + Math.floor(i / 12) * 8,
        19,
        5,
        '#55627a',
        'rx="1.5"',
      ),
    ) +
    moved(
      770,
      606,
      1,
      path('M-28 0V-54H28V0Q28 8 18 8H-18Q-28 8 -28 0Z', '#e9e4d8') +
        oval(0, -54, 28, 7, '#5a3521') +
        stroke('M28 -42Q50 -40 46 -22Q42 -8 28 -10', '#e9e4d8', 6),
    ) +
    blurred(5, stroke('M762 540q-10 -18 2 -34t0 -32', '#ffffff', 5, 'opacity="0.35"')) +
    moved(
      150,
      612,
      1,
      rect(-60, -14, 120, 12, '#c8673f', 'rx="2"') +
        rect(-54, -26, 110, 12, '#3f74b5', 'rx="2"') +
        rect(-58, -38, 108, 12, '#e8b23a', 'rx="2"'),
    )
  );
};

/** Scales over the judges' bench. */
export const courtroom: Scene = () => {
  const pan = (x: number, y: number): string =>
    stroke(`M${x} ${y - 76}L${x - 44} ${y}M${x} ${y - 76}L${x + 44} ${y}`, '#b98c35', 2.5) +
    path(`M${x - 54} ${y}H${x + 54}Q${x + 40} ${y + 30} ${x} ${y + 30}T${x - 54} ${y}Z`, '#e3b95a') +
    path(`M${x - 54} ${y}H${x + 54}L${x + 50} ${y + 7}H${x - 50}Z`, '#fbe3a0');
  return (
    down('panel', [0, '#6b3f24'], [1, '#3f2314']) +
    rect(0, 0, WIDTH, 640, 'url(#panel)') +
    repeat(
      8,
      (i) =>
        rect(i * 122 + 8, 24, 106, 330, '#7f4d2c', 'opacity="0.75"') +
        rect(i * 122 + 20, 40, 82, 298, '#5c351e', 'opacity="0.8"') +
        rect(i * 122 + 20, 40, 82, 4, '#c08a55', 'opacity="0.5"'),
    ) +
    blurred(30, path('M60 -20L360 560H640L300 -20Z', '#ffe6b0', 'opacity="0.3"')) +
    halo(480, 190, 330, '#ffdf9a', 0.7) +
    [110, 850]
      .map(
        (x) =>
          rect(x - 40, 0, 80, 470, '#d9c4a0') +
          rect(x - 40, 0, 16, 470, '#ffffff', 'opacity="0.3"') +
          rect(x + 22, 0, 18, 470, '#6b4c30', 'opacity="0.3"') +
          rect(x - 54, 0, 108, 34, '#ecdcbc') +
          rect(x - 54, 440, 108, 34, '#ecdcbc') +
          repeat(3, (i) => rect(x - 20 + i * 16, 40, 3, 396, '#8f7550', 'opacity="0.4"')),
      )
      .join('') +
    stroke('M480 90V330', '#c99b3f', 10) +
    disc(480, 84, 13, '#f1cf7c') +
    stroke('M330 132Q480 92 630 132', '#d9ad4c', 9) +
    pan(330, 214) +
    pan(630, 214) +
    path('M430 342H530L516 326H444Z', '#c99b3f') +
    [
      [300, '#3a2a2c'],
      [480, '#241a20'],
      [660, '#3a2a2c'],
    ]
      .map(([x, hair]) =>
        moved(
          Number(x),
          420,
          x === 480 ? 1.12 : 1,
          rect(-52, -134, 104, 150, '#4a1f1c', 'rx="14"') +
            path('M-58 20Q-54 -46 -20 -56H20Q54 -46 58 20Z', '#15141c') +
            path('M-13 -54L0 8L13 -54Z', '#f4f1ea') +
            disc(0, -82, 26, '#bd8560') +
            path('M-27 -84Q-26 -114 0 -114T27 -84Q16 -98 0 -97T-27 -84Z', String(hair)),
        ),
      )
      .join('') +
    down('bench', [0, '#a9683a'], [1, '#5a3119']) +
    path('M170 420H790V566H170Z', 'url(#bench)') +
    path('M150 402H810V426H150Z', '#cf9357') +
    repeat(
      5,
      (i) =>
        rect(192 + i * 118, 446, 100, 98, '#5c331b', 'opacity="0.55"') +
        rect(192 + i * 118, 446, 100, 4, '#d9a468', 'opacity="0.6"'),
    ) +
    repeat(
      3,
      (i) =>
        rect(262 + i * 180, 390, 66, 12, '#f5efe0') +
        stroke(`M${350 + i * 180} 402Q${356 + i * 180} 380 ${342 + i * 180} 366`, '#1b1b22', 4) +
        oval(340 + i * 180, 362, 6, 9, '#1b1b22'),
    ) +
    rect(0, 566, WIDTH, 74, '#3a2013') +
    path('M0 566H960V576H0Z', '#7f4d2c') +
    moved(
      700,
      600,
      1.1,
      group(
        rect(-64, -34, 104, 40, '#8a5228', 'rx="8"') +
          rect(-52, -34, 12, 40, '#e3b95a') +
          rect(18, -34, 12, 40, '#e3b95a') +
          rect(38, -20, 128, 12, '#b57a42', 'rx="6"'),
        'transform="rotate(-24)"',
      ) +
        oval(-10, 22, 76, 14, '#5a3119') +
        oval(-10, 15, 76, 14, '#a9683a'),
    ) +
    moved(
      190,
      612,
      1,
      rect(-100, -22, 200, 24, '#6e1f22', 'rx="3"') +
        rect(-92, -18, 190, 15, '#f1e8d2') +
        rect(-88, -46, 176, 24, '#22415f', 'rx="3"') +
        rect(-80, -42, 166, 15, '#f1e8d2'),
    )
  );
};

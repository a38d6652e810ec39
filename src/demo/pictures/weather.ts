import {
  blurred,
  chance,
  cloud,
  cloudShape,
  disc,
  down,
  group,
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

/** A storm over the plain, with lightning. */
export const stormClouds: Scene = () => {
  const next = chance(151);
  return (
    sky('#141c30', '#34425c', '#8f8f84', 470) +
    halo(640, 300, 340, '#cfd8ff', 0.75) +
    blurred(
      12,
      repeat(9, (i) =>
        cloudShape(i * 122 - 10, 70 + (i % 3) * 34, 1.5, i % 2 ? '#1a2236' : '#252f48', 0.95),
      ) +
        repeat(8, (i) =>
          cloudShape(60 + i * 126, 176 + (i % 2) * 30, 1.25, i % 2 ? '#2e3a56' : '#3c4967', 0.9),
        ) +
        repeat(6, (i) => cloudShape(40 + i * 180, 240 + (i % 3) * 14, 0.9, '#56627e', 0.55)),
    ) +
    blurred(12, stroke('M640 170L600 262L640 268L586 366L612 372L570 452', '#aebcff', 22, 'opacity="0.8"')) +
    stroke(
      'M640 170L600 262L640 268L586 366L612 372L570 452M606 328L540 372L520 420M630 264L690 320',
      '#ffffff',
      5,
    ) +
    blurred(
      5,
      repeat(42, () => stroke(`M${next(0, 420)} ${next(240, 400)}l-26 90`, '#b9c6dc', 2, 'opacity="0.3"')),
    ) +
    blurred(30, path('M60 250H330L250 470H-40Z', '#c4cfdf', 'opacity="0.3"')) +
    ridge(31, 440, 16, '#313b3d', 150) +
    down('ground', [0, '#5d6540'], [1, '#23291b']) +
    rect(0, 456, WIDTH, 184, 'url(#ground)') +
    halo(570, 462, 170, '#dfe6ff', 0.6) +
    path('M440 456H474L640 640H300Z', '#8a8a80', 'opacity="0.55"') +
    repeat(4, (i) =>
      path(
        `M${456 - i} ${476 + i * 42}h${4 + i * 3}l${2 + i * 3} ${18 + i * 6}h${-6 - i * 5}Z`,
        '#e8e2c8',
        'opacity="0.7"',
      ),
    ) +
    moved(
      790,
      474,
      1,
      rect(-56, -54, 112, 54, '#cfc4ac') +
        path('M-68 -50L0 -94L68 -50Z', '#6d3d31') +
        rect(-12, -34, 22, 34, '#4a3a30') +
        rect(24, -38, 18, 16, '#ffd98a'),
    ) +
    halo(824, 444, 60, '#ffd98a', 0.7) +
    repeat(6, (i) =>
      moved(
        100 + i * 46,
        486 + (i % 2) * 12,
        0.9,
        path('M-4 0L2 -90L7 0Z', '#20281c') +
          group(oval(10, -86, 20, 46, '#27331f'), 'transform="rotate(5 4 -40)"'),
      ),
    ) +
    repeat(60, (i) =>
      stroke(
        `M${i % 2 ? next(0, 290) : next(650, 950)} ${next(560, 640)}q12 -18 30 ${-next(16, 26)}`,
        '#3d4a28',
        3,
      ),
    )
  );
};

/** A street under water; a boat comes through. */
export const floodedStreet: Scene = () => {
  const next = chance(161);
  const front = (x: number, top: number, w: number, wall: string, shutter: string): string =>
    rect(x, top, w, 420 - top, wall) +
    rect(x, top, w, 8, '#ffffff', 'opacity="0.3"') +
    repeat(Math.floor(w / 62) * 2, (i) => {
      const left = x + 18 + (i % Math.floor(w / 62)) * 62;
      const y = top + 34 + Math.floor(i / Math.floor(w / 62)) * 96;
      return (
        rect(left, y, 32, 52, '#33414f') +
        rect(left - 11, y, 11, 52, shutter) +
        rect(left + 32, y, 11, 52, shutter) +
        rect(left - 13, y + 54, 58, 4, '#5d5148')
      );
    });
  return (
    sky('#7f8d9b', '#b4bcc1', '#d8d4c8', 420) +
    cloud(200, 60, 1.8, '#6f7c8a', 0.8) +
    cloud(620, 50, 2.0, '#657381', 0.8) +
    cloud(880, 110, 1.4, '#7d8995', 0.7) +
    front(-10, 110, 250, '#c49a76', '#3f6b6b') +
    front(240, 160, 190, '#d8c3a0', '#7a4a3a') +
    front(430, 200, 130, '#b9866b', '#3f5f7f') +
    front(560, 150, 190, '#d3b58c', '#4d6b4a') +
    front(750, 96, 230, '#bd8d73', '#7a4a3a') +
    path('M30 330H210L222 366H18Z', '#c8432f') +
    repeat(4, (i) => path(`M${52 + i * 42} 330h21l4 36h-24Z`, '#f5efe2')) +
    path('M590 336H730L740 366H580Z', '#2f7f8f') +
    stroke('M478 420V250M478 256H520', '#3c434c', 7) +
    disc(522, 262, 11, '#ffe9b0') +
    halo(522, 262, 60, '#fff0c0', 0.8) +
    down('flood', [0, '#a08c6e'], [1, '#5d4f3d']) +
    rect(0, 412, WIDTH, 228, 'url(#flood)') +
    group(
      rect(-10, 414, 250, 120, '#c49a76') +
        rect(240, 414, 190, 90, '#d8c3a0') +
        rect(560, 414, 190, 96, '#d3b58c') +
        rect(750, 414, 230, 126, '#8d6654') +
        rect(450, 414, 90, 160, '#dfe0da'),
      'opacity="0.32" filter="url(#blur5)"',
    ) +
    repeat(60, () =>
      rect(
        next(-20, 900),
        next(424, 634),
        next(30, 130),
        2.4,
        next() > 0.5 ? '#d8ccb4' : '#4a3e30',
        'opacity="0.4"',
      ),
    ) +
    moved(
      180,
      500,
      1,
      path(
        'M-104 8Q-108 -30 -88 -34L-58 -40L-34 -72Q-28 -78 -16 -78H34Q44 -78 50 -70L72 -40L96 -34Q108 -30 106 8Z',
        '#3f6f9e',
      ) +
        path('M-46 -42L-26 -68H4V-42ZM14 -42V-68H36L56 -42Z', '#22374c') +
        rect(-112, 4, 226, 5, '#e8dfcb', 'opacity="0.75"'),
    ) +
    moved(
      800,
      470,
      0.8,
      path('M-34 6V-60Q0 -74 34 -60V6Z', '#3c8c5f') +
        rect(-40, -70, 80, 10, '#2f6f4b') +
        rect(-46, 4, 92, 5, '#e8dfcb', 'opacity="0.7"'),
    ) +
    person(470, 556, 132, '#2a303b') +
    path('M449 456Q470 446 491 456L496 508H444Z', '#e8762d') +
    person(560, 560, 138, '#33303a') +
    path('M538 456Q560 446 582 456L588 510H532Z', '#e8762d') +
    person(620, 560, 96, '#4a3038') +
    stroke('M592 470L650 600', '#6b4c30', 6) +
    path('M366 540H700Q690 590 650 598H430Q386 590 366 540Z', '#d9482f') +
    path('M366 540H700L697 554H371Z', '#f5efe2') +
    stroke('M330 606Q520 590 740 608M300 622Q520 606 780 626', '#e8dfcb', 3, 'opacity="0.7"') +
    repeat(70, () => stroke(`M${next(0, 960)} ${next(0, 600)}l-7 26`, '#eef3f6', 1.6, 'opacity="0.28"'))
  );
};

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../src/config/project-root.js';
import { photon } from '../../src/core/address-presets/photon.js';
import { ADDRESS_PRESETS, isAddressPreset } from '../../src/core/address-presets/presets.js';
import type { AddressRules } from '../../src/core/address-rules.js';
import { canonicalAddress } from '../../src/core/canonical-address.js';

const PAGE = readFileSync(path.join(projectRoot(), 'docs/addresses.md'), 'utf8');

/** The rows of the tables of a part of the page: their cells in code, and those that say "stays". */
const rowsOf = (part: string): string[][] =>
  part
    .split('\n')
    .filter((line) => /^\| `(?:https|[/-])/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim().replace(/^`|`$/g, '')),
    );

const [beforePresets = '', presetsPart = ''] = PAGE.split('\n## Presets\n');
const SECTIONS = presetsPart
  .split('\n## ')[0]
  ?.split('\n### ')
  .slice(1)
  .map((text) => ({ preset: /^`(\w+)`/.exec(text)?.[1] ?? '', text }));

function check(rules: AddressRules, address: string, becomes: string): void {
  const expected = becomes === 'stays' ? address : becomes;
  expect(canonicalAddress(address, rules)).toMatchObject({ ok: true, url: expected });
}

describe('the presets, as docs/addresses.md tells them', () => {
  it('are all told, each with examples that change and that stay, and with its sources', () => {
    expect(SECTIONS?.map(({ preset }) => preset).sort()).toEqual([...ADDRESS_PRESETS].sort());
    for (const { preset, text } of SECTIONS ?? []) {
      const outcomes = rowsOf(text).map(([, becomes]) => becomes);
      expect([preset, outcomes.filter((becomes) => becomes !== 'stays').length]).toEqual([
        preset,
        expect.any(Number),
      ]);
      expect(outcomes.length).toBeGreaterThanOrEqual(5);
      expect(outcomes).toContain('stays');
      expect(text).toMatch(/Sources: \[/);
    }
  });

  it.each(
    (SECTIONS ?? []).flatMap(({ preset, text }) =>
      rowsOf(text).map(([address = '', becomes = '']) => [preset, address, becomes] as const),
    ),
  )('%s: %s becomes %s', (preset, address, becomes) => {
    if (!isAddressPreset(preset)) throw new Error(`no preset: ${preset}`);
    check({ presets: [preset] }, address, becomes);
    // Nobody is read who is not named, and the others leave it alone.
    check({}, address, 'stays');
  });

  it.each(
    rowsOf(beforePresets).map(([pattern = '', address = '', becomes = '']) => [pattern, address, becomes]),
  )('the pattern %s: %s becomes %s', (pattern, address, becomes) => {
    check({ removePaths: [pattern] }, address, becomes);
  });
});

describe('a preset', () => {
  it('never touches an address of another', () => {
    for (const { preset, text } of SECTIONS ?? []) {
      const others = ADDRESS_PRESETS.filter((other) => other !== preset);
      for (const [address = ''] of rowsOf(text)) {
        const read = others.filter((other) => {
          const canonical = canonicalAddress(address, { presets: [other] });
          return !canonical.ok || canonical.url !== address;
        });
        // A Photon address of an upload is a size of WordPress behind it: both may read it.
        expect({ address, read: read.filter((other) => other !== 'wordpress') }).toEqual({
          address,
          read: [],
        });
      }
    }
  });

  it.each([
    [
      'photon',
      'https://i0.wp.com/example.ma/image.php?q=id%3D1',
      'https://i0.wp.com/example.ma/image.php?q=id%3D2',
    ],
    [
      'cloudinary',
      'https://res.cloudinary.com/d/image/upload/a/1.jpg',
      'https://res.cloudinary.com/d/image/upload/b/1.jpg',
    ],
    [
      'cloudinary',
      'https://res.cloudinary.com/d/image/upload/1.jpg',
      'https://res.cloudinary.com/e/image/upload/1.jpg',
    ],
    ['imgix', 'https://a.imgix.net/1.jpg?page=1', 'https://a.imgix.net/1.jpg?page=2'],
    ['cloudflare', 'https://imagedelivery.net/h/a/1/public', 'https://imagedelivery.net/h/a/2/public'],
    [
      'nextjs',
      'https://e.ma/_next/image?url=%2Fp%3Fid%3D1&w=1&q=1',
      'https://e.ma/_next/image?url=%2Fp%3Fid%3D2&w=1&q=1',
    ],
    ['thumbor', 'https://e.ma/unsafe/1x1/a/1.jpg', 'https://e.ma/unsafe/1x1/b/1.jpg'],
    ['thumbor', 'https://e.ma/unsafe/filters:(9)/1.jpg', 'https://e.ma/unsafe/filters:(8)/1.jpg'],
    ['wordpress', 'https://e.ma/uploads/2025/a-1x1.jpg', 'https://e.ma/uploads/2026/a-1x1.jpg'],
  ])('%s keeps two pictures apart: %s and %s', (preset, one, other) => {
    if (!isAddressPreset(preset)) throw new Error(`no preset: ${preset}`);
    const url = (address: string): string => {
      const canonical = canonicalAddress(address, { presets: [preset] });
      return canonical.ok ? canonical.url : canonical.problem;
    };
    expect(url(one)).not.toBe(url(other));
  });

  it.each([
    // What draws something else into the picture, beside what no transformation is.
    ['cloudinary', 'https://res.cloudinary.com/d/image/upload/l_logo,Logo/1.jpg'],
    ['nextjs', 'https://e.ma/_next/image?url=p.jpg&w=1&q=1'],
    ['nextjs', 'https://e.ma/_next/image?url=&w=1&q=1'],
    ['nextjs', 'https://e.ma/_next/image?url=//f.ma/p.jpg&w=1&q=1'],
  ] as const)('%s leaves alone what it can not read: %s', (preset, address) => {
    expect(canonicalAddress(address, { presets: [preset] })).toEqual(canonicalAddress(address, {}));
  });

  it('reads imgix on the hosts that a site names, and nowhere else', () => {
    const rules: AddressRules = { presets: ['imgix'], imgixHosts: ['*.img.example.ma'] };
    check(rules, 'https://a.img.example.ma/1.jpg?w=3', 'https://a.img.example.ma/1.jpg');
    check(rules, 'https://img.example.ma/1.jpg?w=3', 'stays');
  });

  it('photon reads a path once, whatever is in it', () => {
    // Where every dot is tried with every end, these take minutes.
    for (const piece of ['.', 'a.', '.a', '-'])
      expect(
        photon({ scheme: 'https', host: 'i0.wp.com', path: `/${piece.repeat(300_000)}`, query: '' }),
      ).toBeNull();
  });
});

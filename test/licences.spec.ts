import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../src/config/project-root.js';
import { Service } from './setup/service.js';

/** What of others is in Vigie: `tools/licences.mjs`, which Node runs as it is. */
const tool = (script: string): unknown =>
  JSON.parse(
    execFileSync(
      process.execPath,
      [
        '--input-type=module',
        '-e',
        `import * as licences from ${JSON.stringify(path.join(projectRoot(), 'tools/licences.mjs'))};
         import { readFileSync } from 'node:fs';
         const lock = JSON.parse(readFileSync('package-lock.json', 'utf8'));
         console.log(JSON.stringify(${script}));`,
      ],
      { cwd: projectRoot(), encoding: 'utf8', maxBuffer: 16 << 20 },
    ),
  );

it('lists in docs/licences.md what the lock names today ("npm run licences" writes it)', () => {
  const today = tool('await licences.licencesDocument(lock)');
  expect(readFileSync(path.join(projectRoot(), 'docs/licences.md'), 'utf8')).toBe(today);
});

it('has nothing under a licence that nobody allowed', () => {
  expect(
    tool('licences.packagesOf(lock).filter(({ name, licence }) => !licences.isAllowed(name, licence))'),
  ).toEqual([]);
});

it('allows what it names and no other: not the GPL, not the LGPL for what is bundled, not what says nothing', () => {
  const allowed = (name: string, licence: string) =>
    tool(`licences.isAllowed(${JSON.stringify(name)}, ${JSON.stringify(licence)})`);
  expect(allowed('a', 'MIT')).toBe(true);
  expect(allowed('a', '(MIT OR GPL-3.0)')).toBe(true);
  expect(allowed('a', 'MIT AND GPL-3.0')).toBe(false);
  expect(allowed('a', 'AGPL-3.0')).toBe(false);
  expect(allowed('a', 'none named')).toBe(false);
  expect(allowed('a', 'LGPL-3.0-or-later')).toBe(false);
  expect(allowed('@img/sharp-libvips-linux-x64', 'LGPL-3.0-or-later')).toBe(true);
});

it('passes the notices of what the console holds on with it, of all of it, and lists it', async () => {
  const service = await Service.open({ ROLE: 'api' });
  const { statusCode, headers, body } = await service.app.inject('/console/assets/licences.md');
  await service.close();
  expect([statusCode, headers['content-type'], headers['cache-control']]).toEqual([
    200,
    'text/markdown; charset=utf-8',
    'no-cache',
  ]);
  const bundled = [...body.matchAll(/^## (\S+)/gm)].map(([, name = '']) => name);
  const listed = tool(
    "licences.packagesOf(lock).filter(({ where }) => where.has('browsers')).map(({ name }) => name)",
  ) as string[];
  expect(bundled).toEqual(
    expect.arrayContaining(['preact', '@preact/signals', 'uplot', 'intl-messageformat']),
  );
  expect(bundled.filter((name) => !listed.includes(name))).toEqual([]);
  expect(body).toContain('Permission is hereby granted');
});

it('has no notice to pass on with the widget and the demonstration: nothing of others is in them', () => {
  for (const part of ['widget', 'demo']) {
    const folder = path.join(projectRoot(), 'src/web', part);
    const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
      name.endsWith('.ts'),
    );
    expect(files.length).toBeGreaterThan(0);
    const packages = files.flatMap((name) =>
      [...readFileSync(path.join(folder, name), 'utf8').matchAll(/ from '([^'.][^']*)'/g)].map(
        ([, from]) => from,
      ),
    );
    expect([part, packages]).toEqual([part, []]);
  }
});

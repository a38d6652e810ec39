import { readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../src/config/project-root.js';

it('is built for the browsers that its guide names', () => {
  const read = (file: string): string => readFileSync(path.join(projectRoot(), file), 'utf8');
  const [, chrome, firefox, safari] =
    /Chrome or Edge ([\d.]+), Firefox ([\d.]+), Safari ([\d.]+)/.exec(read('docs/widget.md')) ?? [];
  expect(read('vite.config.js')).toContain(
    `['chrome${chrome}', 'edge${chrome}', 'firefox${firefox}', 'safari${safari}']`,
  );
});

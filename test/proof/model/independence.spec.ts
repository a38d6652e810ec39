import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { projectRoot } from '../../../src/config/project-root.js';

/** Else the model would tell what the service does, and not what it should do. */
it('the model of the rules imports nothing of the service', () => {
  const folder = path.join(projectRoot(), 'proof', 'model', 'rules');
  for (const name of readdirSync(folder)) {
    const imported = [...readFileSync(path.join(folder, name), 'utf8').matchAll(/from '([^']+)'/g)];
    for (const [, from] of imported) expect([name, from?.includes('/src/')]).toEqual([name, false]);
  }
});

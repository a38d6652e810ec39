import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

import { transformFileSync } from '@swc/core';

import { projectRoot } from '../../src/config/project-root.js';

/** Rooms of src/ as plain modules, for tests that need processes of their own. */
export interface TranspiledSources {
  readonly folder: string;
  readonly remove: () => void;
}

/** Translates the files at the top of `src/<room>`: always today's code, whatever dist/ holds. */
export function transpileSources(...rooms: string[]): TranspiledSources {
  // Inside node_modules, so that the modules find their packages.
  const cache = path.join(projectRoot(), 'node_modules', '.cache');
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(path.join(cache, 'vigie-sources-'));
  // For processes of other users.
  chmodSync(folder, 0o755);
  mkdirSync(path.join(folder, 'src'));
  writeFileSync(path.join(folder, 'package.json'), '{ "type": "module" }');
  for (const room of rooms) {
    const source = path.join(projectRoot(), 'src', room);
    mkdirSync(path.join(folder, 'src', room));
    for (const name of readdirSync(source).filter((file) => file.endsWith('.ts'))) {
      const { code } = transformFileSync(path.join(source, name), {
        jsc: {
          parser: { syntax: 'typescript', decorators: true },
          transform: { legacyDecorator: true, decoratorMetadata: true },
          target: 'es2023',
        },
        module: { type: 'es6' },
      });
      writeFileSync(path.join(folder, 'src', room, name.replace(/\.ts$/, '.js')), code);
    }
  }
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

// Holds the API's description, as the built service gives it, against the rules in .spectral.yaml. The linter is installed
// here at the first run: nobody who does not lint the API waits for it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const here = import.meta.dirname;
const project = path.join(here, '..', '..');

const madeAt = (file) => statSync(path.join(here, file), { throwIfNoEntry: false })?.mtimeMs ?? 0;
if (madeAt('node_modules/.package-lock.json') < madeAt('package-lock.json')) {
  execFileSync('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: here,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-openapi-'));
try {
  const file = path.join(folder, 'openapi.json');
  const cli = path.join(project, 'dist', 'src', 'cli', 'main.js');
  writeFileSync(file, execFileSync(process.execPath, [cli, 'openapi'], { maxBuffer: 64 << 20 }));
  const spectral = path.join(here, 'node_modules', '.bin', 'spectral');
  execFileSync(
    spectral,
    ['lint', file, '--ruleset', path.join(here, '.spectral.yaml'), '--fail-severity', 'hint'],
    {
      stdio: 'inherit',
    },
  );
} catch (error) {
  // What is wrong has been said.
  if (error.status === undefined) throw error;
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

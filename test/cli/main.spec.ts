/** A command as a process of its own, where what it prints goes to what takes no more. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync } from 'node:fs';
import { builtFile } from '../setup/process.js';

/** How a command ended that answers with hundreds of kilobytes, and what it told. */
async function ended(output: 'pipe' | number): Promise<{ code: unknown; told: string }> {
  const command = spawn(process.execPath, [builtFile('cli.js'), 'openapi'], {
    cwd: '/',
    env: {},
    stdio: ['ignore', output, 'pipe'],
  });
  let told = '';
  command.stderr?.on('data', (chunk: Buffer) => (told += chunk.toString()));
  command.stdout?.once('data', () => command.stdout?.destroy());
  const [code] = (await once(command, 'close')) as unknown[];
  return { code, told };
}

test('whoever reads no more has read enough', async () => {
  expect(await ended('pipe')).toEqual({ code: 0, told: '' });
});

test('an answer for which there is no room is told', async () => {
  const full = openSync('/dev/full', 'w');
  try {
    expect(await ended(full)).toEqual({ code: 1, told: "The answer can't be written (ENOSPC).\n" });
  } finally {
    closeSync(full);
  }
});

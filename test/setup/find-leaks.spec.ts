import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { checkLogs } from './check-logs.js';
import { findLeaks } from './find-leaks.js';

const KEY = { kind: 'key of a site', value: `vg_sec_${'k'.repeat(36)}` };
const PASSWORD = { kind: 'password', value: 'three "storks" over \\ the bay' };
const ADDRESS = { kind: 'address of a reader', value: '203.0.113.1' };

const leaksIn = (...lines: readonly object[]) =>
  findLeaks(
    [{ file: 'test/a.spec.ts', text: lines.map((line) => `${JSON.stringify(line)}\n`).join('') }],
    [KEY, PASSWORD, ADDRESS],
  );

it('finds a planted secret wherever it stands, says whose log it is, and does not repeat it', () => {
  const leaks = leaksIn(
    { level: 'info', message: `refused ${KEY.value}.` },
    { level: 'info', message: 'done' },
  );
  expect(leaks).toEqual([
    {
      kind: 'key of a site',
      file: 'test/a.spec.ts',
      line: '{"level":"info","message":"refused [key of a site]."}',
    },
  ]);
});

it('finds one that JSON has written otherwise', () => {
  expect(leaksIn({ message: `with ${PASSWORD.value}` })).toMatchObject([{ kind: 'password' }]);
});

it('takes no part of a longer word or number for a secret', () => {
  expect(leaksIn({ message: '203.0.113.17 1203.0.113.1' })).toEqual([]);
  expect(leaksIn({ message: 'from 203.0.113.1:' })).toMatchObject([{ kind: 'address of a reader' }]);
});

it('finds a code of a second factor where it stands as a number of its own', () => {
  const code = { kind: 'code of a second factor', value: '492039' };
  const find = (text: string) => findLeaks([{ file: 'test/a.spec.ts', text }], [code]);
  expect(find('{"message":"wrong code 492039","ms":492039}\n')).toEqual([
    { kind: code.kind, file: 'test/a.spec.ts', line: '{"message":"wrong code [code of a second factor]",}' },
  ]);
  expect(find('{"message":"1492039 x492039 4920391","ms":492039}\n')).toEqual([]);
});

it('takes the example of our own messages for no address of anybody', () => {
  const amina = { kind: 'e-mail address', value: 'amina@example.ma' };
  const find = (text: string) => findLeaks([{ file: 'test/a.spec.ts', text }], [amina]);
  expect(find('Must be an e-mail address, such as amina@example.ma.')).toEqual([]);
  expect(find('refused for amina@example.ma')).toHaveLength(1);
});

it('is quick about a long run: a hundred thousand lines, ten thousand secrets', () => {
  const lines = Array.from({ length: 100_000 }, (_, n) =>
    JSON.stringify({ level: 'debug', time: new Date(n).toISOString(), ms: n / 10, route: `/v1/${n % 100}` }),
  );
  const secrets = Array.from({ length: 10_000 }, (_, n) => ({
    kind: 'token',
    value: `dev_${n}_${'x'.repeat(40)}`,
  }));
  expect(findLeaks([{ file: 'test/a.spec.ts', text: lines.join('\n') }], secrets)).toEqual([]);
});

it('fails the run with a sentence that names the test file and the kind', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-logs-'));
  try {
    writeFileSync(path.join(folder, 'test+a.spec.ts.secrets'), `${JSON.stringify(KEY)}\n`);
    writeFileSync(path.join(folder, 'test+b.spec.ts.log'), '{"message":"nothing"}\n');
    expect(() => checkLogs(folder)).not.toThrow();
    writeFileSync(path.join(folder, 'test+b.spec.ts.log'), `{"message":"${KEY.value}"}\n`);
    expect(() => checkLogs(folder)).toThrow(
      /key of a site, in test\/b\.spec\.ts: \{"message":"\[key of a site\]"\}/,
    );
  } finally {
    rmSync(folder, { recursive: true });
  }
});

import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { ConfigError } from '../../src/config/load-config.js';
import { deriveKey, loadSecret } from '../../src/config/secret.js';
import { fourStarts } from './four-starts.js';

let dataDir: string;
beforeEach(() => (dataDir = mkdtempSync(path.join(os.tmpdir(), 'vigie-secret-'))));
afterEach(() => rmSync(dataDir, { recursive: true, force: true }));

test('uses VIGIE_SECRET as given and writes nothing', () => {
  const given = 'a secret of at least thirty-two bytes';
  expect(loadSecret({ dataDir }, { VIGIE_SECRET: given })).toEqual(Buffer.from(given));
  expect(readdirSync(dataDir)).toEqual([]);
});

test('makes a secret once, for its owner only, in a folder that it makes', () => {
  const inside = path.join(dataDir, 'not', 'there');
  const first = loadSecret({ dataDir: inside }, {});
  expect(first.length).toBeGreaterThanOrEqual(32);
  expect(loadSecret({ dataDir: inside }, {})).toEqual(first);
  expect(statSync(path.join(inside, 'secret')).mode & 0o777).toBe(0o600);
  expect(readdirSync(inside)).toEqual(['secret']);
});

test('the made secret, given as VIGIE_SECRET later, is the same secret', () => {
  const made = loadSecret({ dataDir }, {});
  const given = readFileSync(path.join(dataDir, 'secret'), 'utf8').trim();
  expect(loadSecret({ dataDir }, { VIGIE_SECRET: given })).toEqual(made);
});

test('starts at the same moment agree on one secret', async () => {
  const program = `
    import { loadSecret } from './src/config/secret.js';
    console.log(loadSecret({ dataDir: process.argv[2] }, {}).toString());`;
  const secrets = new Set(await fourStarts(program, path.join(dataDir, 'new')));
  expect([...secrets]).toEqual([`${loadSecret({ dataDir: path.join(dataDir, 'new') }, {}).toString()}\n`]);
});

test('refuses a damaged file without repeating it', () => {
  writeFileSync(path.join(dataDir, 'secret'), 'half');
  expect(() => loadSecret({ dataDir }, {})).toThrow(ConfigError);
  expect(() => loadSecret({ dataDir }, {})).toThrow(/damaged.*restore it/);
  expect(() => loadSecret({ dataDir }, {})).not.toThrow(/half/);
});

test('says what to set when the folder can not be used', () => {
  writeFileSync(path.join(dataDir, 'file'), '');
  expect(() => loadSecret({ dataDir: path.join(dataDir, 'file', 'below') }, {})).toThrow(/set DATA_DIR/);
});

test('derives 32 bytes per purpose, the same every time', () => {
  const secret = Buffer.from('a secret of at least thirty-two bytes');
  expect(deriveKey(secret, 'reporter')).toHaveLength(32);
  expect(deriveKey(secret, 'reporter')).toEqual(deriveKey(secret, 'reporter'));
  expect(deriveKey(secret, 'reporter')).not.toEqual(deriveKey(secret, 'network'));
});

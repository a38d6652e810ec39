import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { describeApi } from '../../src/describe-api.js';
import { type ApiDocument, Contract } from './contract.js';

let contract: Promise<Contract> | undefined;

/** The contract of this version: made once in a run, read by every test file after. */
export function ownContract(): Promise<Contract> {
  contract ??= ownDocument().then((document) => new Contract(document));
  return contract;
}

async function ownDocument(): Promise<ApiDocument> {
  const file = process.env['VIGIE_TEST_CONTRACT'];
  if (file !== undefined && existsSync(file)) return JSON.parse(readFileSync(file, 'utf8')) as ApiDocument;
  const text = JSON.stringify(await describeApi());
  if (file !== undefined) {
    // Two workers may come at once: whole, or not there.
    writeFileSync(`${file}.${process.pid}`, text);
    renameSync(`${file}.${process.pid}`, file);
  }
  return JSON.parse(text) as ApiDocument;
}

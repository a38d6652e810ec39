import { readFileSync } from 'node:fs';
import path from 'node:path';

import { parseDocument } from 'yaml';

import { settings, type SettingKey } from './settings.js';

/** What the file says, key by key, with a sentence for every key that is unknown or missing. */
export interface SettingsFile {
  values: Map<SettingKey, unknown>;
  problems: string[];
}

export function readSettingsFile(file: string): SettingsFile {
  const name = path.join('config', path.basename(file));
  const values = new Map<SettingKey, unknown>();
  let given: Map<string, unknown>;
  try {
    const document = parseDocument(readFileSync(file, 'utf8'), { prettyErrors: true });
    const [error] = document.errors;
    if (error) throw error;
    given = flatten(document.toJS() as unknown);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    return { values, problems: [`${name} can't be read: ${reason}`] };
  }

  const problems: string[] = [];
  for (const [key, value] of given) {
    if (isSettingKey(key)) values.set(key, value);
    else problems.push(`${name}: ${key} is not a setting; remove it or correct its name`);
  }
  for (const key of Object.keys(settings).filter(isSettingKey)) {
    if (!values.has(key)) problems.push(`${name}: ${key} is missing; put it back`);
  }
  return { values, problems };
}

/** `{ a: { b: 1 } }` as `a.b` -> 1. */
function flatten(tree: unknown, prefix = ''): Map<string, unknown> {
  if (!isMapping(tree)) return new Map(prefix === '' ? [] : [[prefix.slice(0, -1), tree]]);
  return new Map(Object.entries(tree).flatMap(([key, value]) => [...flatten(value, `${prefix}${key}.`)]));
}

function isMapping(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settings, key);
}

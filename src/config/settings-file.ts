import { readFileSync } from 'node:fs';
import path from 'node:path';

import { LineCounter, parseDocument, visit } from 'yaml';

import { isMapping } from './is-mapping.js';
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
    given = flatten(parseYaml(readFileSync(file, 'utf8')));
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

/**
 * What a text of YAML holds. What is wrong with it is said by its place and by the parser's code, such as `MISSING_CHAR`: the
 * parser's own words repeat what stands there, which may be a password.
 *
 * @throws Error with a sentence for whoever wrote it
 */
function parseYaml(text: string): unknown {
  const lines = new LineCounter();
  const document = parseDocument(text, { prettyErrors: false, lineCounter: lines });
  const [error] = document.errors;
  if (error !== undefined) {
    const { line, col } = lines.linePos(error.pos[0]);
    throw new Error(
      `it is no YAML at line ${line}, column ${col} (${error.code}); is a text to be put in quotes?`,
    );
  }
  visit(document, {
    Alias(_key, alias) {
      if (alias.resolve(document) !== undefined) return;
      const { line } = lines.linePos(alias.range?.[0] ?? 0);
      throw new Error(
        `what begins with * in line ${line} is an alias in YAML, of what there is not; put it in quotes`,
      );
    },
  });
  return document.toJS() as unknown;
}

/** `{ a: { b: 1 } }` as `a.b` -> 1. */
function flatten(tree: unknown, prefix = ''): Map<string, unknown> {
  if (!isMapping(tree)) return new Map(prefix === '' ? [] : [[prefix.slice(0, -1), tree]]);
  return new Map(Object.entries(tree).flatMap(([key, value]) => [...flatten(value, `${prefix}${key}.`)]));
}

function isSettingKey(key: string): key is SettingKey {
  return Object.hasOwn(settings, key);
}

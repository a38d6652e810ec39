import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { VigieConfig } from '../../config/load-config.js';
import { projectRoot } from '../../config/project-root.js';
import { loadSecret } from '../../config/secret.js';
import { explainError } from '../explain-error.js';
import { failed, type Finding, ok, warning } from './finding.js';

const MEGABYTE = 1_000_000;

/** The version of Node, against what package.json asks for. */
export function checkNode(version: string): Finding {
  const { engines } = JSON.parse(readFileSync(path.join(projectRoot(), 'package.json'), 'utf8')) as {
    engines: { node: string };
  };
  const wanted = engines.node.replace('>=', '');
  return isAtLeast(version, wanted)
    ? ok('node', `Node ${version}`)
    : failed('node', `Node ${version} is too old: install Node ${wanted} or newer.`);
}

function isAtLeast(version: string, wanted: string): boolean {
  const given = version.split('.').map(Number);
  for (const [place, least] of wanted.split('.').map(Number).entries()) {
    const part = given[place] ?? 0;
    if (part !== least) return part > least;
  }
  return true;
}

/** The secret, without making one. */
export function checkSecret(config: VigieConfig, env: NodeJS.ProcessEnv): Finding {
  const file = path.join(config.dataDir, 'secret');
  if (!env['VIGIE_SECRET'] && !existsSync(file)) {
    return ok('secret', `None yet: the first start makes one in ${file}.`);
  }
  try {
    loadSecret(config, env);
    return ok('secret', env['VIGIE_SECRET'] ? 'Given in VIGIE_SECRET' : `In ${file}; keep a copy elsewhere.`);
  } catch (error) {
    return failed('secret', explainError(error).join(' '));
  }
}

/** Room on the disk of the data folder, or of where it will be. */
export async function checkDisk({ dataDir, databaseUrl }: VigieConfig): Promise<Finding> {
  let folder = dataDir;
  while (!existsSync(folder) && folder !== path.dirname(folder)) folder = path.dirname(folder);
  const { bavail, bsize } = await statfs(folder);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  const said = `${free} MB free for ${dataDir}`;
  if (databaseUrl === null && free < 200) {
    return failed('disk', `${said}: Postgres stops when the disk is full. Make room, or move DATA_DIR.`);
  }
  if (free < 2_000) return warning('disk', `${said}: make room, or move DATA_DIR, before it is full.`);
  return ok('disk', said);
}

import { readFileSync, rmSync, statSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

import type pg from 'pg';

import type { ClusterFolder } from './cluster-folder.js';
import { EmbeddedPostgresError } from './embedded-postgres-error.js';
import { spawnPostgres, type PostgresServer } from './postgres-server.js';
import { reachPostgres } from './reach-postgres.js';

/** A data folder and the program that serves it. */
export interface Cluster extends ClusterFolder {
  readonly dataFolder: string;
  readonly postgres: string;
}

/** A server that answers: ours, or another process's (`own` is null then). */
export interface Started {
  readonly own: PostgresServer | null;
  readonly client: pg.Client;
}

/** A server that was killed leaves children and shared memory behind; they are gone in about ten seconds. */
const OLD_SERVER_GONE_WITHIN_MS = 20_000;

/** Recovery replays at most the log since the last checkpoint, a minute's work on a slow disk. */
const READY_WITHIN_MS = 120_000;

const POLL_MS = 20;

/** Another server has the data folder, or one that died has not wholly left it. */
const FOLDER_IN_USE = /lock file .* already exists|pre-existing shared memory block|Address already in use/;

/**
 * Connects to the cluster's server, and starts it if nobody has. Postgres's own lock on the data folder decides who
 * of several wins; the others find its server answering and adopt it.
 * @throws EmbeddedPostgresError when the server does not start, or when `signal` ends the wait
 */
export async function startOrAdopt(cluster: Cluster, signal: AbortSignal): Promise<Started> {
  const began = Date.now();
  let own: PostgresServer | null = null;
  try {
    while (!signal.aborted) {
      const reached = await reachPostgres(cluster.socketFolder);
      if (typeof reached === 'object') {
        if (own !== null && ownsDataFolder(own, cluster)) return { own, client: reached };
        await own?.exited;
        return { own: null, client: reached };
      }
      if (own !== null && !own.running) {
        giveUpUnlessInUse(own, cluster, Date.now() - began);
        own = null;
        await pause(10 * POLL_MS);
      } else if (own === null && reached === 'absent') {
        own = spawnPostgres(cluster.postgres, cluster.dataFolder, cluster);
      } else if (Date.now() - began > READY_WITHIN_MS) {
        throw new EmbeddedPostgresError(
          `Postgres in ${cluster.dataFolder} does not answer. ${sayLastWords(own)}`,
        );
      }
      await pause(POLL_MS);
    }
    throw new EmbeddedPostgresError('The start of the embedded Postgres was given up: Vigie is stopping');
  } catch (error) {
    await own?.stop();
    throw error;
  }
}

function giveUpUnlessInUse(server: PostgresServer, cluster: Cluster, waitedMs: number): void {
  if (FOLDER_IN_USE.test(server.lastWords) && waitedMs < OLD_SERVER_GONE_WITHIN_MS) {
    removeStaleLock(cluster);
    return;
  }
  throw new EmbeddedPostgresError(
    `Postgres did not start in ${cluster.dataFolder}. Correct what it names below, set DATA_DIR to another folder, or ` +
      `set DATABASE_URL. ${sayLastWords(server)}`,
  );
}

/**
 * Postgres refuses a lock file whose process id is alive, whatever process that is now: after a container was killed
 * and started again, often one of Node's threads. Only Linux tells. The age leaves alone a server that is just
 * starting in another container on the same volume, whose processes we can't see.
 */
function removeStaleLock({ dataFolder }: Cluster): void {
  const file = path.join(dataFolder, 'postmaster.pid');
  try {
    const age = Date.now() - statSync(file).mtimeMs;
    const name = readFileSync(`/proc/${lockHolder(dataFolder)}/comm`, 'utf8').trim();
    if (age > OLD_SERVER_GONE_WITHIN_MS / 2 && name !== 'postgres') rmSync(file);
  } catch {
    // No lock file, or no such process: Postgres sees that for itself.
  }
}

function ownsDataFolder(server: PostgresServer, { dataFolder }: Cluster): boolean {
  return server.running && lockHolder(dataFolder) === server.pid;
}

/** The process id in the first line of postmaster.pid. */
function lockHolder(dataFolder: string): number | undefined {
  try {
    return Number.parseInt(readFileSync(path.join(dataFolder, 'postmaster.pid'), 'utf8'), 10);
  } catch {
    return undefined;
  }
}

function sayLastWords(server: PostgresServer | null): string {
  return server === null || server.lastWords === '' ? '' : `It said:\n${server.lastWords}`;
}

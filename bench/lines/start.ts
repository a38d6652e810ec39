import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Bench, Line } from '../line.js';
import { median, megabytes } from '../markdown.js';
import { proportionalMemory, residentMemory } from '../memory.js';
import { ServerProcess } from '../processes.js';

/** One start, from the moment its process is made to its first "ready". Time in ms, memory in bytes. */
interface Started {
  readonly milliseconds: number;
  readonly node: number;
  readonly postgres: number;
}

/** Vigie with nothing set, which starts a Postgres of its own: in an empty folder, and in one that it left. */
export const start: Line = {
  name: 'start',
  about: 'embedded start, first and warm, and its memory',
  async measure({ quick, say }: Bench) {
    const first: Started[] = [];
    const warm: Started[] = [];
    const rounds = quick ? 1 : 5;
    for (let round = 1; round <= rounds; round += 1) {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-bench-start-'));
      // Passable for the user that Postgres runs as when this is root.
      chmodSync(folder, 0o755);
      try {
        first.push(await startOnce(folder));
        warm.push(await startOnce(folder));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
      say(
        `start ${round} of ${rounds}: first ${first.at(-1)?.milliseconds.toFixed(0)} ms, then ${warm.at(-1)?.milliseconds.toFixed(0)} ms`,
      );
    }
    const seconds = (starts: readonly Started[]): string => {
      const times = starts.map(({ milliseconds }) => milliseconds);
      return `**${(median(times) / 1000).toFixed(2)} s**, at most ${(Math.max(...times) / 1000).toFixed(2)} s`;
    };
    const node = median(warm.map((one) => one.node));
    const postgres = median(warm.map((one) => one.postgres));
    return {
      facts: [
        ['embedded start, warm', seconds(warm), '1 s'],
        ['embedded start, first, with the demonstration site', seconds(first), '4 s'],
        [
          'memory after a warm start',
          `**${megabytes(node + postgres)}**: Node ${megabytes(node)}, its Postgres ${megabytes(postgres)}`,
          '250 MB',
        ],
      ],
    };
  },
};

async function startOnce(dataDir: string): Promise<Started> {
  const began = performance.now();
  const service = await ServerProcess.start('../service/main.js', {
    DATA_DIR: dataDir,
    NODE_ENV: 'development',
  });
  const milliseconds = performance.now() - began;
  try {
    return { milliseconds, node: residentMemory(service.pid), postgres: proportionalMemory(service.pid) };
  } finally {
    await service.stop();
  }
}

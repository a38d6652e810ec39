import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { ClientResults } from '../client.js';
import type { Bench, Line } from '../line.js';

/** What the library knows after its start; the file itself is `npm run bench:client`. */
const FULL_IMAGES = 1_000_000;
const QUICK_IMAGES = 200_000;

/** The client library in a process of its own: nothing of this one is in its memory or its time. */
export const client: Line = {
  name: 'client',
  about: 'client.isBlocked(url), and the memory that it takes',
  async measure({ quick, say }: Bench) {
    const images = quick ? QUICK_IMAGES : FULL_IMAGES;
    say(`the client library, with ${images} blocked images`);
    const file = fileURLToPath(new URL('../client.js', import.meta.url));
    const { stdout } = await promisify(execFile)(process.execPath, [
      file,
      '--json',
      '--images',
      String(images),
    ]);
    const { lines, bytesPerImage, seconds } = JSON.parse(stdout) as ClientResults;
    return {
      facts: [
        ...lines.map(({ what, perSecond }) => [
          `client.isBlocked(url), ${what}`,
          `**${(perSecond / 1e6).toFixed(2)}** million a second of a core`,
          what.includes('of a day') ? '3 million' : '-',
        ]),
        ['its memory for a blocked image', `**${bytesPerImage.toFixed(1)} bytes**`, '40 bytes'],
        [
          `its start with ${images.toLocaleString('en')} blocked images`,
          `${seconds.toFixed(1)} s of a core`,
          '-',
        ],
      ],
    };
  },
};

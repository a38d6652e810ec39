import { createHash, randomBytes, randomInt } from 'node:crypto';
import os from 'node:os';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import sharp from 'sharp';
import { SAME_PICTURE } from '../src/core/content.js';
import { examineBytes } from '../src/images/examine-bytes.js';
import { FingerprintIndex } from '../src/images/fingerprint-index.js';
import { pdqOf } from '../src/images/pdq.js';
import type { Pixels } from '../src/images/pixels.js';
import { percentile } from './markdown.js';

const MILLION = 1_000_000;
const SEARCHES = 500;
/** Searches that are bound to look at all. */
const SCANS = 50;

const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Time of one core, in ms: neighbours count for little. */
const spent = ({ user, system }: NodeJS.CpuUsage): number => (user + system) / 1000;

// Else garbage would count as memory.
setFlagsFromString('--expose_gc');
const collect = runInNewContext('gc') as () => void;

/** Soft shapes with grain: what a camera makes, and a JPEG of it has a usual size. */
function picture(width: number, height: number): Pixels {
  const rgb = new Uint8Array(3 * width * height);
  const grain = randomBytes(1 << 16);
  for (let at = 0; at < rgb.length; at += 1) {
    const [x, y] = [Math.floor(at / 3) % width, Math.floor(at / 3 / width)];
    const wave =
      60 * Math.sin((9 * x) / width + (at % 3)) + 50 * Math.sin((14 * y) / height + (5 * x) / width);
    rgb[at] = Math.max(0, Math.min(255, 120 + wave + ((grain[(at * 7) & 0xffff] ?? 0) >> 4)));
  }
  return { width, height, rgb };
}

async function measureHashes(): Promise<void> {
  const perSecond = async (what: string, times: number, work: () => unknown): Promise<void> => {
    for (let warm = 0; warm < 3; warm += 1) await work();
    const before = process.cpuUsage();
    for (let time = 0; time < times; time += 1) await work();
    const each = spent(process.cpuUsage(before)) / times;
    print(`${what}: ${(1000 / each).toFixed(1)} a second of one core (${each.toFixed(1)} ms)`);
  };
  sharp.concurrency(1);
  sharp.cache(false);
  const [small, usual, large] = [picture(512, 512), picture(1920, 1080), picture(4000, 3000)];
  const jpeg = ({ width, height, rgb }: Pixels): Promise<Buffer> =>
    sharp(rgb, { raw: { width, height, channels: 3 } })
      .jpeg({ quality: 85 })
      .toBuffer();
  const asked = { ppm: false, maxPixels: 40_000_000, seconds: 60 };
  await perSecond('PDQ from pixels, 512 x 512', 200, () => pdqOf(small));
  await perSecond('PDQ from pixels, 12 megapixels', 200, () => pdqOf(large));
  for (const [name, bytes, times] of [
    ['2 megapixels', await jpeg(usual), 40],
    ['12 megapixels', await jpeg(large), 15],
  ] as const) {
    const size = `${(bytes.length / 1e6).toFixed(1)} MB`;
    await perSecond(`JPEG of ${name} (${size}) looked at, without snapshots`, times, () =>
      examineBytes({ ...asked, bytes, snapshots: false }),
    );
    await perSecond(`the same with snapshots`, times, () =>
      examineBytes({ ...asked, bytes, snapshots: true }),
    );
  }
}

/** `pdq` with so many bits turned over. */
function turned(pdq: Uint8Array, bits: number): Buffer {
  const other = Buffer.from(pdq);
  const which = new Set<number>();
  while (which.size < bits) which.add(randomInt(256));
  for (const bit of which) other[bit >> 3] = (other[bit >> 3] ?? 0) ^ (1 << (bit & 7));
  return other;
}

function measureSearches(
  kind: string,
  fingerprint: (n: number) => Buffer,
  questions: readonly [what: string, question: () => Buffer, times: number][],
): void {
  collect();
  const before = process.memoryUsage();
  const index = new FingerprintIndex();
  const began = process.cpuUsage();
  for (let n = 0; n < MILLION; n += 1) index.add(String(MILLION + n), fingerprint(n));
  const adding = spent(process.cpuUsage(began)) / 1000;
  collect();
  const after = process.memoryUsage();
  const arrays = (after.arrayBuffers - before.arrayBuffers) / MILLION;
  const heap = (after.heapUsed - before.heapUsed) / MILLION;
  print(
    `\n${kind}: ${arrays.toFixed(0)} bytes an entry in arrays, ${heap.toFixed(0)} in the heap; added in ${adding.toFixed(1)} s`,
  );
  for (const [what, question, times] of questions) {
    const milliseconds: number[] = [];
    const cpu: number[] = [];
    let found = 0;
    for (let time = 0; time < times; time += 1) {
      const pdq = question();
      const [clock, core] = [performance.now(), process.cpuUsage()];
      found += index.search(pdq, SAME_PICTURE, 100).length;
      milliseconds.push(performance.now() - clock);
      cpu.push(spent(process.cpuUsage(core)));
    }
    const both = (times_: readonly number[]): string =>
      `p50 ${percentile(times_, 0.5).toFixed(1)}, p99 ${percentile(times_, 0.99).toFixed(1)} ms`;
    print(`  ${what}: ${both(milliseconds)}; of a core ${both(cpu)}; found ${(found / times).toFixed(1)}`);
  }
}

await measureHashes();
const evenly = (n: number): Buffer => createHash('sha256').update(String(n)).digest();
measureSearches('a million all over', evenly, [
  ['search for what is not there', () => randomBytes(32), SEARCHES],
  ['search for one of them, 20 bits off', () => turned(evenly(randomInt(MILLION)), 20), SEARCHES],
]);
const center = randomBytes(32);
measureSearches('a million within 11 bits of one', (n) => turned(center, n % 12), [
  ['search for something else', () => randomBytes(32), SEARCHES],
  ['search just outside (45 bits off), all looked at', () => turned(center, 45), SCANS],
  ['search in their middle, the nearest 100', () => turned(center, 3), SCANS],
]);
print(
  `\n${os.availableParallelism()} cores, Node ${process.versions.node}, load average ${os.loadavg()[0]?.toFixed(1)}`,
);

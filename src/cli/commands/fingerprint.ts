import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { loadConfig } from '../../config/load-config.js';
import { LEAST_QUALITY, SAME_PICTURE } from '../../core/content.js';
import { ImageExaminer, ImageProblem, type ExaminedImage } from '../../images/examine-image.js';
import { table, type Cli } from '../cli.js';

const HELP = `
The fingerprint is PDQ, as 64 hexadecimal digits: two files of one picture differ in at most ${SAME_PICTURE} of its 256 bits. A
quality (0 to 100) under ${LEAST_QUALITY} says that the picture has too few features for that. JPEG, PNG, WebP, GIF, AVIF and binary PPM
(P6); turned upright as EXIF says, transparency on white, of what moves the first picture.

With --json a line for each file, as it is done:
  { "file", "sha256" (of the bytes), "pdq", "quality" (both null where a side is under 5 pixels), "width", "height" }

A file that can't be looked at is told on standard error; the others go on, and the exit code is 1.
No database and no service are needed.

Examples:
  $ npm run cli -- fingerprint photo.jpg
  $ npm run --silent cli -- fingerprint photos/*.jpg --json > fingerprints.ndjson`;

/** `fingerprint`: what our own eyes say of pictures, to compare with others' fingerprints or with our own. */
export function addFingerprint(program: Command, cli: Cli): void {
  program
    .command('fingerprint')
    .description('Print the fingerprints (PDQ) of picture files')
    .argument('<files...>', 'pictures')
    .option('--json', 'print JSON, a line for each file')
    .addHelpText('after', HELP)
    .action((files: string[], { json = false }: { json?: boolean }) => run(cli, files, json));
}

async function run(cli: Cli, files: readonly string[], json: boolean): Promise<void> {
  // Nothing but limits is needed: a secret that only the database asks for may be missing here.
  const { images } = loadConfig({ ...cli.env, DATABASE_URL: '', NODE_ENV: '' });
  const examiner = new ImageExaminer(images);
  const rows: string[][] = [['pdq', 'quality', 'pixels', 'file']];
  try {
    for (const file of files) {
      const image = await examine(examiner, file).catch((error: unknown) => {
        cli.tell(`${file}: ${sentenceOf(error)}`);
        cli.exitCode = 1;
        return null;
      });
      if (image === null) continue;
      const { width, height, quality } = image;
      const pdq = image.pdq?.toString('hex') ?? null;
      const sha256 = image.sha256.toString('hex');
      if (json) cli.print(JSON.stringify({ file, sha256, pdq, quality, width, height }));
      else rows.push([pdq ?? '-', String(quality ?? '-'), `${width} x ${height}`, file]);
    }
  } finally {
    await examiner.close();
  }
  if (!json && rows.length > 1) for (const line of table(rows)) cli.print(line);
}

const examine = async (examiner: ImageExaminer, file: string): Promise<ExaminedImage> =>
  examiner.examine(await readFile(file), { snapshots: false, ppm: true });

function sentenceOf(error: unknown): string {
  if (error instanceof ImageProblem) return error.message;
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === 'ENOENT') return 'There is no such file.';
  if (code === 'EISDIR') return 'This is a folder: name the files in it.';
  if (code === 'EACCES') return 'It may not be read.';
  return message;
}

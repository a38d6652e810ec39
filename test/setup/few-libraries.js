import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What is asked for by these names is loaded from few files; by other names of theirs nothing is. */
const NAMES = [
  '@nestjs/bull',
  '@nestjs/common',
  '@nestjs/common/internal',
  '@nestjs/core',
  '@nestjs/platform-fastify',
  '@nestjs/swagger',
  '@nestjs/testing',
  '@nestjs/typeorm',
  '@opentelemetry/api',
  'class-validator',
  'jose',
  'nodemailer',
  'prom-client',
  'rate-limiter-flexible',
  'rxjs',
  'rxjs/operators',
  'semver',
  'typeorm',
  'yaml',
];

/** Only they need these, so theirs is the only copy. */
const BEHIND_THEM = [
  '@nestjs/mapped-types',
  '@nestjs/bull-shared',
  '@sqltools/formatter',
  'es-toolkit',
  'iterare',
  'libphonenumber-js',
  'validator',
];

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = path.join(ROOT, 'node_modules', '.cache', 'vigie-libraries');
/** A folder's name begins so until all is in it. */
const MAKING = 'making-';

/**
 * For Jest's `moduleNameMapper`: libraries in few files, which are made when there are none of today's versions. Each file of
 * tests loads all modules anew: of 3,200 that a service has, 2,400 were of libraries, and finding and compiling them took 0.4 s
 * of a core in each of 130 files.
 */
export async function fewLibraries() {
  const made = createHash('sha256');
  for (const file of [path.join(ROOT, 'package-lock.json'), fileURLToPath(import.meta.url)])
    made.update(readFileSync(file));
  const folder = path.join(CACHE, made.digest('hex').slice(0, 16));
  if (!existsSync(folder)) await make(folder);
  return { [`^(${NAMES.join('|')})$`]: path.join(folder, '$1.cjs') };
}

/** Another run may be making it, too: whoever is first has made it. */
async function make(folder) {
  const { build } = await import('vite');
  mkdirSync(CACHE, { recursive: true });
  const older = readdirSync(CACHE).filter((name) => !name.startsWith(MAKING));
  const beside = mkdtempSync(path.join(CACHE, MAKING));
  await build({
    root: ROOT,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { external: true, noExternal: [...NAMES, ...BEHIND_THEM] },
    build: {
      ssr: true,
      target: 'node20',
      outDir: beside,
      minify: false,
      reportCompressedSize: false,
      rolldownOptions: {
        input: Object.fromEntries(NAMES.map((name) => [name, name])),
        // Those that are published for `require` stay what they are, and none is asked for by `default` alone.
        output: {
          format: 'cjs',
          exports: 'auto',
          dynamicImportInCjs: false,
          entryFileNames: '[name].cjs',
          chunkFileNames: '[name]-[hash].cjs',
        },
        checks: { mixedExports: false },
      },
    },
  });
  try {
    renameSync(beside, folder);
  } catch (error) {
    rmSync(beside, { recursive: true });
    if (!existsSync(folder)) throw error;
  }
  for (const name of older) rmSync(path.join(CACHE, name), { recursive: true, force: true });
}

import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import ts from 'typescript';
import { projectRoot } from '../../src/config/project-root.js';
import { until } from '../setup/until.js';
import { FeedServer, KEY } from './feed-server.js';

const ROOT = projectRoot();
const BUILT = path.join(ROOT, 'dist/src/client');

/** All that a built file imports, through all files that it imports itself; packages by their names. */
function importsOf(file: string, seen = new Map<string, string[]>()): Map<string, string[]> {
  if (seen.has(file)) return seen;
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  const names = importedFiles.map(({ fileName }) => fileName);
  seen.set(file, names);
  for (const name of names.filter((each) => each.startsWith('.'))) {
    importsOf(
      path.resolve(path.dirname(file), file.endsWith('.d.ts') ? name.replace(/\.js$/, '.d.ts') : name),
      seen,
    );
  }
  return seen;
}

/** Files of core/ that tell which addresses are one, and the type of what is wrong with rules. */
const isAboutAddresses = (file: string): boolean =>
  /^(?:address-.*|canonical-.*|image-hosts|path-template|read-url|rules-in-order|errors)$/.test(file);

describe('the library as it is built', () => {
  it.each(['index.js', 'index.d.ts'])(
    'imports nothing but itself and the rules of addresses in %s',
    (name) => {
      const all = importsOf(path.join(BUILT, name));
      expect([...all.values()].flat().filter((each) => !each.startsWith('.'))).toEqual([]);
      const outside = [...all.keys()]
        .map((file) => path.relative(BUILT, file))
        .filter((file) => file.startsWith('..'));
      const names = outside.map((file) => file.replace(/\.d\.ts$|\.js$/, '').replace('../core/', ''));
      expect(names.filter((file) => !isAboutAddresses(file))).toEqual([]);
      if (name.endsWith('.js')) expect(names).toContain('canonical-url');
      expect(all.size).toBeGreaterThan(10);
    },
  );

  it('takes of Node only its file system, in vigie/client/node', () => {
    const packages = [...importsOf(path.join(BUILT, 'node.js')).values()]
      .flat()
      .filter((name) => !name.startsWith('.'));
    expect(packages.sort()).toEqual(['node:fs/promises', 'node:path']);
  });

  it('is found under its names', async () => {
    const script =
      "const a = await import('vigie/client'); const b = await import('vigie/client/node');" +
      'console.log(JSON.stringify([...Object.keys(a), ...Object.keys(b)].sort()))';
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '-e', script], {
      cwd: ROOT,
    });
    expect(JSON.parse(stdout)).toEqual(
      [
        'PLACEHOLDER',
        'VigieClientError',
        'createClient',
        'fileStore',
        'filterHtml',
        'vigieExpress',
        'vigieFastify',
      ].sort(),
    );
    const { exports } = JSON.parse(readFileSync(path.join(ROOT, 'package.json'), 'utf8')) as {
      exports: Record<string, string | Record<string, string>>;
    };
    const files = Object.values(exports).flatMap((entry) =>
      typeof entry === 'string' ? entry : Object.values(entry),
    );
    expect(files.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });
});

describe('the example site', () => {
  let feed: FeedServer;
  let folder: string;
  beforeEach(async () => {
    feed = await FeedServer.open();
    folder = await mkdtemp(path.join(tmpdir(), 'vigie-example-'));
  });
  afterEach(async () => {
    await feed.down();
    await rm(folder, { recursive: true });
  });

  it('behaviour 47: shows no blocked picture, also after a restart while the service is down', async () => {
    const picture = `${feed.url}/demo/pictures/3.webp`;
    const run = async (seen: (html: string) => boolean): Promise<void> => {
      const env = {
        PATH: process.env['PATH'],
        VIGIE_URL: feed.url,
        VIGIE_KEY: KEY,
        PORT: '0',
        STATE: path.join(folder, 'state'),
      };
      const site = spawn(process.execPath, ['site.js'], { cwd: path.join(ROOT, 'examples/site'), env });
      try {
        let out = '';
        site.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
        await until(() => /http:\S+/.test(out));
        const address = /http:\S+/.exec(out)?.[0] ?? '';
        await until(async () => seen(await (await fetch(address)).text()));
        const ended = once(site, 'exit');
        site.kill('SIGTERM');
        expect(await ended).toEqual([0, null]);
      } finally {
        site.kill('SIGKILL');
      }
    };
    const others = (html: string): number => html.split(`${feed.url}/demo/pictures/`).length - 1;
    feed.block(picture);
    await run((html) => others(html) === 23 && !html.includes(picture));
    await feed.down();
    await run((html) => others(html) === 23 && !html.includes(picture));
  });

  it('says which key it needs', async () => {
    const site = path.join(ROOT, 'examples/site/site.js');
    const failed = promisify(execFile)(process.execPath, [site], { env: { PATH: process.env['PATH'] } });
    await expect(failed).rejects.toMatchObject({
      code: 1,
      stderr: expect.stringContaining('VIGIE_KEY') as string,
    });
  });
});

import { Readable } from 'node:stream';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parse } from 'yaml';
import { runCli } from '../src/cli/run-cli.js';
import { environment } from '../src/config/settings.js';
import { projectRoot } from '../src/config/project-root.js';

const ROOT = projectRoot();
const read = (file: string): string => readFileSync(path.join(ROOT, file), 'utf8');
const filesIn = (folder: string): string[] =>
  existsSync(path.join(ROOT, folder))
    ? readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((name) =>
        path.join(folder, name),
      )
    : [];
const captures = (text: string, pattern: RegExp): string[] =>
  [...text.matchAll(pattern)].map(([, captured = '']) => captured);

const documents = [...readdirSync(ROOT), ...filesIn('docs'), ...filesIn('bench')].filter((file) =>
  file.endsWith('.md'),
);
const readme = read('README.md');
const lines = readme.split('\n');

/** Read from the environment, but no settings of the file. */
const ENVIRONMENT_ONLY = ['VIGIE_SECRET', 'NODE_ENV', 'TEST_DATABASE_URL', 'OTEL_EXPORTER_OTLP_ENDPOINT'];
const variables = [...environment.map(([variable]) => variable), ...ENVIRONMENT_ONLY].sort();

describe('the README', () => {
  it('shows the two commands, each on a line of its own', () => {
    expect(lines).toEqual(expect.arrayContaining(['npm ci && npm start', 'npm ci && npm test']));
  });

  it('has every variable of the environment in its table, and no other', () => {
    const rows = lines.filter((line) => line.startsWith('| `'));
    const named = rows.flatMap((row) => captures(row.split('|')[1] ?? '', /`([A-Z_]+)`/g));
    expect(named.sort()).toEqual(variables);
  });

  it('names commands of the CLI and options that exist', async () => {
    const commands = lines.flatMap((line) => captures(line, /npm run (?:--silent )?cli -- ([a-z].*)/g));
    expect(commands.length).toBeGreaterThan(5);
    for (const command of commands) {
      const [, words = ''] = /^((?:[a-z][a-z-]*[a-z] ?)+?)(?: -|$| [a-z]+_)/.exec(command) ?? [];
      const said: string[] = [];
      const print = (line: string): void => void said.push(line);
      const help = [...words.split(' '), '--help'];
      const input = () => Readable.from([]);
      const cli = { env: {}, print, tell: print, input, terminal: null, exitCode: 0 } as const;
      const exitCode = await runCli(help, { ...cli });
      expect({ command, exitCode }).toEqual({ command, exitCode: 0 });
      for (const option of captures(command, /(--[a-z-]+)/g)) expect(said.join('\n')).toContain(`${option} `);
    }
  });
});

describe('config/default.yaml', () => {
  it('names every variable of the environment, as README does', () => {
    const text = read('config/default.yaml');
    expect(variables.filter((variable) => !new RegExp(`^# *${variable}\\b`, 'm').test(text))).toEqual([]);
  });
});

describe('ARCHITECTURE.md', () => {
  const text = read('ARCHITECTURE.md');

  it('has a line for every table', () => {
    const created = filesIn('migrations').flatMap((file) => captures(read(file), /create table (\w+)/g));
    const [, section = ''] = text.split(/^## Tables$/m);
    const [rows = ''] = section.split(/^## /m);
    // `migration` is TypeORM's.
    expect(captures(rows, /^\| `(\w+)`/gm).sort()).toEqual([...created, 'migration'].sort());
  });

  it('names files of src/ and test/ that are there', () => {
    const named = captures(text, /`((?:src|test)\/[\w./-]+)`/g);
    expect(named.length).toBeGreaterThan(5);
    expect(named.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });
});

describe('the documents', () => {
  it('name scripts that package.json has', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
    const text = documents.map(read).join('\n');
    const named = captures(
      text,
      /\bnpm (?:run (?:--silent )?)?(start|test|(?<=run (?:--silent )?)[a-z]+)\b/g,
    );
    expect(named).toEqual(expect.arrayContaining(['start', 'test', 'cli', 'lint', 'typecheck']));
    expect([...new Set(named)].filter((script) => scripts[script] === undefined)).toEqual([]);
  });

  it('link to what is there', () => {
    const links = documents.flatMap((file) =>
      captures(read(file), /\]\(([^)\s]+)\)/g).map((link) => ({ file, link })),
    );
    expect(links.length).toBeGreaterThan(10);
    expect(links.filter(({ file, link }) => !resolves(file, link))).toEqual([]);
  });

  it('index every decision under its number and nothing else', () => {
    const files = filesIn('docs/adr').map((file) => path.basename(file));
    const decisions = files.filter((file) => file !== 'README.md').sort();
    expect(captures(read('docs/adr/README.md'), /\]\((\d{4}-[\w-]+\.md)\)/g)).toEqual(decisions);
    expect(decisions.map((file) => Number(file.slice(0, 4)))).toEqual(decisions.map((_, index) => index + 1));
    for (const file of decisions) expect(read(`docs/adr/${file}`)).toMatch(`# ${Number(file.slice(0, 4))}. `);
  });
});

/** Does a link lead to a file, and to a heading in it? Other sites are not asked. */
function resolves(from: string, link: string): boolean {
  if (/^https?:/.test(link)) return true;
  const [target = '', anchor] = link.split('#');
  const file = target === '' ? from : path.join(path.dirname(from), target);
  if (!existsSync(path.join(ROOT, file))) return false;
  if (anchor === undefined) return true;
  const headings = captures(read(file), /^#+ (.*)$/gm);
  return headings.some((heading) => anchorOf(heading) === anchor);
}

/** As GitHub makes it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

describe('docker-compose.yml', () => {
  interface Service {
    readonly image?: string;
    readonly environment?: Record<string, string>;
    readonly depends_on?: Record<string, { readonly condition: string }>;
    readonly ports?: readonly string[];
    readonly healthcheck?: object;
    readonly sysctls?: Record<string, number>;
  }
  const text = read('docker-compose.yml');
  const { services } = parse(text, { uniqueKeys: true, merge: true }) as {
    services: Record<string, Service>;
  };

  it('starts two processes that answer, one that works, a balancer, Postgres and Redis', () => {
    expect(Object.keys(services).sort()).toEqual([
      'api-1',
      'api-2',
      'balancer',
      'postgres',
      'redis',
      'worker',
    ]);
    const roles = ['api-1', 'api-2', 'worker'].map((name) => services[name]?.environment?.['ROLE']);
    expect(roles).toEqual(['api', 'api', 'worker']);
  });

  it('waits for Postgres, and not for Redis, which Vigie can do without', () => {
    for (const name of ['api-1', 'api-2', 'worker']) {
      expect(services[name]?.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    }
    expect(services['postgres']?.healthcheck).toBeDefined();
    expect(services['redis']?.healthcheck).toBeDefined();
  });

  it.each(['api-1', 'api-2', 'worker'])(
    'sets variables of %s that Vigie reads, and asks for the secret',
    (name) => {
      const set = services[name]?.environment ?? {};
      expect(Object.keys(set).filter((variable) => !variables.includes(variable))).toEqual([]);
      expect(set['VIGIE_SECRET']).toMatch(/^\$\{VIGIE_SECRET:\?.+\}$/);
    },
  );

  it('gives the balancer what its configuration reads', () => {
    const wanted = captures(read('config/haproxy.cfg'), /"\$\{([A-Z_0-9]+)\}"/g);
    expect(Object.keys(services['balancer']?.environment ?? {}).sort()).toEqual(wanted.sort());
  });

  it('gives whoever answers the public little memory of the kernel for each slow reader', () => {
    for (const name of ['api-1', 'api-2', 'balancer'])
      expect([name, services[name]?.sysctls]).toEqual([name, { 'net.ipv4.tcp_notsent_lowat': 131_072 }]);
  });

  it('opens one port, on the loopback only', () => {
    const ports = Object.values(services).flatMap((service) => service.ports ?? []);
    expect(ports).toEqual(['127.0.0.1:3000:8080']);
  });
});

describe('the image', () => {
  it('is built from files that .dockerignore lets through', () => {
    const through = captures(read('.dockerignore'), /^!(.+)$/gm);
    const copied = captures(read('Dockerfile'), /^COPY (?!--from)(.+) \S+$/gm).flatMap((list) =>
      list.split(' '),
    );
    expect(copied.filter((file) => !through.includes(file))).toEqual([]);
    expect(through.filter((file) => !copied.includes(file))).toEqual([]);
    expect(copied.filter((file) => !existsSync(path.join(ROOT, file)))).toEqual([]);
  });

  it('is started with the flags of npm start, and so are the servers of the benchmark', () => {
    const flags = (text: string): string[] => captures(text, /(--[\w-]+(?:=\d+)?)/g);
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    const started = flags(scripts.start.split(' node ')[1] ?? '');
    expect(started).toContain('--no-allocation-site-pretenuring');
    expect(captures(read('Dockerfile'), /^CMD (.+)$/gm).flatMap(flags)).toEqual(started);
    expect(captures(read('bench/processes.ts'), /^const FLAGS = (.+)$/gm).flatMap(flags)).toEqual(started);
  });

  it('runs as somebody else than root', () => {
    expect(captures(read('Dockerfile'), /^USER (.+)$/gm)).toEqual(['node']);
  });
});

describe('.ci/run', () => {
  it('can be run', () => {
    expect(statSync(path.join(ROOT, '.ci/run')).mode & 0o111).not.toBe(0);
  });
});

import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { projectRoot } from '../src/config/project-root.js';
import { DatabaseServer } from './database-server.js';
import type { FilledSite } from './filled-site.js';
import { FilledSites } from './filled-sites.js';
import { type Bench, FACTS, type Line, type Measured, RATIOS, TIMES } from './line.js';
import { LINES } from './lines.js';
import { rows } from './markdown.js';
import { isSubject, type Subject, SUBJECTS } from './measure.js';
import { stopServers } from './processes.js';

const HELP = `npm run bench -- [--quick] [--only NAME]...

Measures how fast Vigie is, on databases of its own that are removed at the end. With neither option, all of it is
measured, and the tables in bench/README.md are written anew.

  --quick      little of everything: shows that it runs
  --only NAME  nothing but this line, or this subject of the line of requests; may be said again
  --help       this

Lines:
${LINES.map(({ name, about }) => `  ${name.padEnd(10)} ${about}`).join('\n')}

Subjects: ${SUBJECTS.map((name) => `"${name}"`).join(', ')}
`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** All that the lines measured, as Markdown. */
async function bench({ lines, subjects }: Chosen, quick: boolean): Promise<string> {
  const loadBefore = os.loadavg()[0] ?? 0;
  if (loadBefore > 0.5) {
    say(
      `Something else uses this machine (load average ${loadBefore.toFixed(1)}): the figures will be lower.`,
    );
  }
  const began = performance.now();
  const server = await DatabaseServer.start();
  ending = () => server.stop();
  const sites = new FilledSites(server, say);
  const filled = (reports: number): Promise<FilledSite> => sites.ofReports(reports);
  const context: Bench = { quick, server, say, subjects, filled };
  const all: Measured[] = [];
  for (const line of lines) {
    if (stopping) break;
    const from = performance.now();
    try {
      all.push(await line.measure(context));
    } catch (error) {
      // The others are worth their time nevertheless.
      process.exitCode = 1;
      say(error instanceof Error ? (error.stack ?? error.message) : String(error));
      const why = error instanceof Error ? error.message : String(error);
      all.push({ sections: [`**The line "${line.name}" was not measured:** ${why}`] });
      await stopServers();
    }
    say(`${line.name}: ${((performance.now() - from) / 1000).toFixed(0)} s`);
  }
  return textOf(all, [
    ...all.flatMap(({ notes = [] }) => notes),
    `${os.availableParallelism()} cores (${os.cpus()[0]?.model.trim() ?? 'unknown processor'}), Node ${process.versions.node}, ` +
      `Postgres ${server.version}, load average before ${loadBefore.toFixed(1)}; ` +
      `${((performance.now() - began) / 60_000).toFixed(1)} minutes in all.`,
  ]);
}

/** The tables, those of all lines together, and then what each line says besides. */
function textOf(all: readonly Measured[], closing: readonly string[]): string {
  const table = (title: string, head: readonly string[], body: readonly (readonly string[])[]): string[] =>
    body.length === 0 ? [] : [title, rows(head, body)];
  return [
    ...table(
      'Against something else in the same round:',
      RATIOS,
      all.flatMap(({ ratios = [] }) => ratios),
    ),
    ...table(
      'Where the time goes, in microseconds of a core per request:',
      TIMES,
      all.flatMap(({ times = [] }) => times),
    ),
    ...table(
      'Against nothing but the aim:',
      FACTS,
      all.flatMap(({ facts = [] }) => facts),
    ),
    ...all.flatMap(({ sections = [] }) => sections),
    closing.join(' '),
  ].join('\n\n');
}

/** Puts the tables in their place in bench/README.md. */
function writeDown(text: string): void {
  const file = path.join(projectRoot(), 'bench', 'README.md');
  const before = readFileSync(file, 'utf8');
  const marked = /(<!-- results -->\n)[^]*(\n<!-- end of results -->)/;
  writeFileSync(
    file,
    before.replace(marked, (_, from: string, to: string) => `${from}\n${text}\n${to}`),
  );
}

interface Chosen {
  readonly lines: readonly Line[];
  readonly subjects: readonly Subject[];
}

/** @throws Error when a name is of nothing */
function chosen(only: readonly string[]): Chosen {
  const subjects = only.filter(isSubject);
  const names = [...only.filter((asked) => !isSubject(asked)), ...(subjects.length > 0 ? ['requests'] : [])];
  const unknown = names.filter((asked) => !LINES.some(({ name }) => name === asked));
  if (unknown.length > 0) throw new Error(`There is no line ${unknown.join(', ')}. See --help.`);
  return { lines: only.length === 0 ? LINES : LINES.filter(({ name }) => names.includes(name)), subjects };
}

/** Told to stop: what fails from now on fails for that, and nothing more is begun. */
let stopping = false;

/** Stops what outlives a line. Each line stops what it starts, unless it is interrupted. */
let ending: () => Promise<void> = () => Promise.resolve();

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    stopping = true;
    say('Stopping.');
    void stopServers()
      .then(ending)
      .finally(() => process.exit(1));
  });
}
try {
  const { values } = parseArgs({
    options: {
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(HELP);
  } else {
    const text = await bench(chosen(values.only), values.quick);
    process.stdout.write(`\n${text}\n`);
    if (!values.quick && values.only.length === 0) writeDown(text);
  }
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await ending();
}

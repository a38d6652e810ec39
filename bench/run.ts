import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, promisify } from 'node:util';
import { projectRoot } from '../src/config/project-root.js';
import { startContenders } from './contenders.js';
import { DatabaseServer } from './database-server.js';
import { type FeedSettings, measureFeed } from './feed.js';
import { isSubject, measure, type Settings, type Subject, SUBJECTS } from './measure.js';
import { LoadProcess } from './processes.js';
import { cpuTable, tableOf } from './table.js';
import { measureWebhooks, type WebhookSettings } from './webhooks.js';

const FULL: Settings = { rounds: 5, milliseconds: 4_000, warmUpMilliseconds: 10_000, connections: 128 };
const QUICK: Settings = { rounds: 2, milliseconds: 1_500, warmUpMilliseconds: 2_000, connections: 128 };

const FULL_FEED: FeedSettings = { blocks: 500, listed: 1_000_000 };
const QUICK_FEED: FeedSettings = { blocks: 60, listed: 20_000 };

const FULL_WEBHOOKS: WebhookSettings = { endpoints: 10, events: 1_000 };
const QUICK_WEBHOOKS: WebhookSettings = { endpoints: 10, events: 50 };

const HELP = `
npm run bench                       four minutes; writes the table in bench/README.md
npm run bench -- --quick            a minute; prints only
npm run bench -- --only NAME        where the time of these subjects goes, and nothing else; may be given several times.
                                    Prints only. Names: ${SUBJECTS.map((name) => `"${name}"`).join(', ')}
`;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

/** What runs, to be stopped in reverse. */
const running: { stop(): Promise<void> }[] = [];

async function stopAll(): Promise<void> {
  for (let last = running.pop(); last !== undefined; last = running.pop()) await last.stop();
}

async function bench(
  settings: Settings,
  feedSettings: FeedSettings,
  webhookSettings: WebhookSettings,
  only: readonly Subject[],
): Promise<string> {
  const loadBefore = os.loadavg()[0] ?? 0;
  if (loadBefore > 0.5) {
    say(
      `Something else uses this machine (load average ${loadBefore.toFixed(1)}): the figures will be lower.`,
    );
  }
  const server = await DatabaseServer.start();
  running.push(server);
  const contenders = await startContenders(server);
  running.push(contenders);
  const load = new LoadProcess();
  running.push(load);
  const { runs, acknowledged } = await measure(contenders, load, server, settings, say, only);
  const stored = await contenders.stored();
  for (const name of ['vigie', 'plain'] as const) {
    if (stored[name] === acknowledged[name]) continue;
    throw new Error(
      `${name}: ${acknowledged[name]} reports were acknowledged, and ${stored[name]} are stored.`,
    );
  }
  await contenders.stop();
  if (only.length > 0) return cpuTable(runs);
  const feed = await measureFeed(server, feedSettings, say);
  const webhooks = await measureWebhooks(server, webhookSettings, say);
  const circumstances = { settings, postgres: server.version, loadBefore, stored: stored.vigie };
  return tableOf(runs, feed, webhooks, circumstances);
}

/** What `npm run bench:client` prints, when all else has ended. */
async function clientLines(): Promise<string> {
  say('the client library, with a million blocked images');
  const file = fileURLToPath(new URL('client.js', import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [file]);
  return `The client library, in time of one core:\n\n\`\`\`\n${stdout.trim()}\n\`\`\``;
}

async function afterAll<T>(work: () => Promise<T>): Promise<T> {
  await stopAll();
  return work();
}

/** Puts the table in its place in bench/README.md. */
function writeDown(table: string): void {
  const file = path.join(projectRoot(), 'bench', 'README.md');
  const text = readFileSync(file, 'utf8');
  const marked = /(<!-- results -->\n)[^]*(\n<!-- end of results -->)/;
  writeFileSync(
    file,
    text.replace(marked, (_, before: string, after: string) => `${before}\n${table}\n${after}`),
  );
}

async function run(quick: boolean, only: readonly Subject[]): Promise<void> {
  const measured = await (quick
    ? bench(QUICK, QUICK_FEED, QUICK_WEBHOOKS, only)
    : bench(FULL, FULL_FEED, FULL_WEBHOOKS, only));
  const isAll = !quick && only.length === 0;
  const table = isAll ? `${measured}\n\n${await afterAll(clientLines)}` : measured;
  process.stdout.write(`\n${table}\n`);
  if (isAll) writeDown(table);
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    say('Stopping.');
    void stopAll().finally(() => process.exit(1));
  });
}
try {
  const { values } = parseArgs({
    options: {
      help: { type: 'boolean', default: false },
      quick: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
    },
  });
  const only = values.only.filter(isSubject);
  if (values.help || only.length < values.only.length) {
    process.stdout.write(HELP);
    process.exitCode = values.help ? 0 : 1;
  } else await run(values.quick, only);
} catch (error) {
  say(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
} finally {
  await stopAll();
}

import { type DatabaseServer, query } from './database-server.js';
import { makeExampleSite } from './example-site.js';
import { giveRecords, type JudgedSites, makeJudgedSites } from './judged-sites.js';
import { ServerProcess } from './processes.js';
import { BLOCKED_IMAGES, blockedUrl, stateAddress } from './requests.js';

/** Whose reports must be in a database. */
export const KEEPERS = ['vigie', 'plain', 'least'] as const;
export type Keeper = (typeof KEEPERS)[number];

/** Who is measured: a running server, and what may be asked of it. */
export interface Contenders {
  readonly vigie: ServerProcess;
  readonly bare: ServerProcess;
  readonly plain: ServerProcess;
  readonly least: ServerProcess;
  /** Of Vigie's site; the others do not look at it. */
  readonly key: string;
  /** On Vigie, too: sites whose readers report as readers do. */
  readonly sites: JudgedSites;
  /** Gives those who have reported there a record, as if moderators had decided for months. */
  readonly giveRecords: () => Promise<void>;
  /** Votes and reports in the databases: what must be there once every answer is in. */
  readonly stored: () => Promise<Readonly<Record<Keeper, number>>>;
  readonly stop: () => Promise<void>;
}

/** What Node and Fastify add to an answer by themselves. */
const ADDED = new Set(['connection', 'content-length', 'date', 'keep-alive']);

/** Starts all servers, each in a process of its own, on new databases. */
export async function startContenders(server: DatabaseServer): Promise<Contenders> {
  const running: ServerProcess[] = [];
  const started = async (file: string, env: NodeJS.ProcessEnv): Promise<ServerProcess> => {
    const made = await ServerProcess.start(file, env);
    running.push(made);
    return made;
  };
  const stop = async (): Promise<void> => {
    for (const process of running.splice(0)) await process.stop();
  };
  try {
    const { url, env, key } = await makeExampleSite(server, 'bench_vigie');
    const sites = await makeJudgedSites(env, url);
    const plainUrl = await server.create('bench_plain');
    // What is reported first is staged to be fetched, as it is by default; no worker is there that would look for it.
    const vigie = await started('../service/main.js', { ...env, ROLE: 'api', FETCH_IMAGES: 'on' });
    const answer = await blockImages(vigie.origin, key);
    const bare = await started('bare.js', { STATE_ANSWER: JSON.stringify(answer) });
    const plain = await started('plain/main.js', { DATABASE_URL: plainUrl });
    const rows = await makeExampleSite(server, 'bench_least');
    const [site] = await query<{ id: string }>(rows.url, 'select id from site');
    const least = await started('least.js', { DATABASE_URL: rows.url, SITE: site?.id });
    const counted = async (database: string, table: string): Promise<number> => {
      const [count] = await query<{ n: number }>(database, `select count(*)::int as n from ${table}`);
      return Number(count?.n);
    };
    const stored = async () => ({
      vigie: await counted(url, 'vote'),
      plain: await counted(plainUrl, 'report'),
      least: await counted(rows.url, 'vote'),
    });
    return {
      vigie,
      bare,
      plain,
      least,
      key,
      sites,
      giveRecords: () => giveRecords(url, sites),
      stored,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Blocks the images whose state is asked for; the answer of one, which the bare route repeats. */
async function blockImages(origin: string, key: string) {
  const headers = { authorization: `Bearer ${key}` };
  for (let number = 0; number < BLOCKED_IMAGES; number += 1) {
    const response = await fetch(`${origin}/v1/images/block`, {
      method: 'PUT',
      headers: { ...headers, 'content-type': 'application/json' },
      body: JSON.stringify({ image: { url: blockedUrl(number) }, reason: 'violence' }),
    });
    if (!response.ok) throw new Error(`No image could be blocked: ${await response.text()}`);
  }
  const response = await fetch(`${origin}${stateAddress(0)}`, { headers });
  const body = await response.text();
  if (!body.includes('"blocked":true')) throw new Error(`The image is not blocked: ${body}`);
  return { body, headers: Object.fromEntries([...response.headers].filter(([name]) => !ADDED.has(name))) };
}

import { type DatabaseServer, query } from './database-server.js';
import { makeExampleSite } from './example-site.js';
import { giveRecords, type JudgedSites, makeJudgedSites } from './judged-sites.js';
import { ServerProcess } from './processes.js';
import { BLOCKED_IMAGES, blockedUrl, stateAddress } from './requests.js';

/** Who is measured: a running server, and what may be asked of it. */
export interface Contenders {
  readonly vigie: ServerProcess;
  readonly bare: ServerProcess;
  readonly plain: ServerProcess;
  /** Of Vigie's site; the others do not look at it. */
  readonly key: string;
  /** On Vigie, too: sites whose readers report as readers do. */
  readonly sites: JudgedSites;
  /** Gives those who have reported there a record, as if moderators had decided for months. */
  readonly giveRecords: () => Promise<void>;
  /** Votes and reports in the databases: what must be there once every answer is in. */
  readonly stored: () => Promise<{ vigie: number; plain: number }>;
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
    const stored = async () => {
      const [votes] = await query<{ n: number }>(url, 'select count(*)::int as n from vote');
      const [reports] = await query<{ n: number }>(plainUrl, 'select count(*)::int as n from report');
      return { vigie: Number(votes?.n), plain: Number(reports?.n) };
    };
    return { vigie, bare, plain, key, sites, giveRecords: () => giveRecords(url, sites), stored, stop };
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

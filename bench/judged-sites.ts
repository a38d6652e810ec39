import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { query } from './database-server.js';
import { runCommand } from './processes.js';
import type { SiteOfReaders } from './requests.js';

/** A rule under which every vote weighs the same and none is set aside, as before there were weights. */
const UNJUDGED = { weights: false, hold: false, breaker: null, reporterBudget: null };

/** Two sites with the same readers: one with the default rule, one that judges no reporter. */
export interface JudgedSites {
  readonly judged: SiteOfReaders;
  readonly unjudged: SiteOfReaders;
}

/** @param env settings of the commands, with the database in which the sites are made */
export async function makeJudgedSites(env: NodeJS.ProcessEnv, url: string): Promise<JudgedSites> {
  const judged = await makeSite(env, url, 'judged');
  const unjudged = await makeSite(env, url, 'unjudged');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-bench-rule-'));
  try {
    const file = path.join(folder, 'rule.json');
    writeFileSync(file, JSON.stringify(UNJUDGED));
    await runCommand(env, 'rule', 'set', '--site', 'unjudged', '--file', file);
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { judged, unjudged };
}

/**
 * Every third of those who have voted gets one to eight verdicts of the last year, three of four of them valid: on both sites,
 * though one does not ask.
 */
export async function giveRecords(url: string, { judged, unjudged }: JudgedSites): Promise<void> {
  await query(
    url,
    `insert into reporter_verdict (site_id, reporter, decision_id, valid, at)
     select site_id, reporter, 8 * get_byte(reporter, 2) + decision, decision % 4 > 0, now() - decision * interval '11 days'
     from (select distinct site_id, reporter from vote where site_id in (${judged.id}, ${unjudged.id})) voters,
          generate_series(1, 1 + get_byte(reporter, 1) % 8) decision
     where get_byte(reporter, 0) % 3 = 0`,
  );
  await query(url, 'analyze reporter_verdict');
}

async function makeSite(env: NodeJS.ProcessEnv, url: string, slug: string): Promise<SiteOfReaders> {
  const words = ['--slug', slug, '--name', slug, '--image-host', 'cdn.example.ma'];
  const made = await runCommand(env, 'site', 'create', ...words);
  const [site] = await query<{ id: string }>(url, `select id from site where slug = '${slug}'`);
  return { id: String(site?.id), key: String(made['secretKey']) };
}

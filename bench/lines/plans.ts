import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { SECRET } from '../example-site.js';
import { query } from '../database-server.js';
import type { FilledSite } from '../filled-site.js';
import type { Bench, Line } from '../line.js';
import { rows } from '../markdown.js';
import { askOver } from '../plans/ask-over.js';
import { drive } from '../plans/drive.js';
import type { Explained } from '../plans/explain-all.js';
import { complaints, costOf, dearest, type Dearest, MAY_GROW, planText } from '../plans/judge.js';
import { ServerProcess } from '../processes.js';
import { sizesOf } from './settings.js';

/** Reports of the small site: as many as give every list a second page. */
const LEAST = 20_000;

/** Statements in the table: those that read most. */
const SHOWN = 15;

/** What every statement reads of the largest site, and of the smallest: what goes by index reads the same of both. */
export const plans: Line = {
  name: 'plans',
  about: 'every statement of the doors explained, on small tables and on large ones',
  async measure({ quick, filled, say }: Bench) {
    const most = sizesOf(quick).at(-1) ?? 0;
    const least = LEAST;
    const small = await explainDoors(await filled(least));
    const large = await explainDoors(await filled(most));
    const wrong = complaints(small, large);
    for (const complaint of wrong) {
      const [name = ''] = complaint.split(' ');
      say(`${complaint}\n${planText((large.get(name) as Dearest).plan)}`);
    }
    // The other lines are worth their time nevertheless.
    if (wrong.length > 0) process.exitCode = 1;
    const pages = (one: Dearest | undefined): string =>
      one === undefined ? '-' : `${one.pages} (${one.rows})`;
    const shown = [...large.values()].sort((a, b) => b.pages - a.pages).slice(0, SHOWN);
    return {
      facts: [
        [
          `statements of which one reads more of ${most.toLocaleString('en')} reports than of ${least.toLocaleString('en')}`,
          `**${wrong.length}** of ${large.size}`,
          '0',
        ],
      ],
      sections: [
        ...(wrong.length > 0 ? [`These plans do not hold: ${wrong.join('; ')}.`] : []),
        `Pages that statements read of ${least.toLocaleString('en')} and of ${most.toLocaleString('en')} reports, and in brackets rows of ` +
          `the answer. Of ${large.size} statements those that read most:`,
        rows(
          ['statement', 'of few', 'of many', 'for a row', ''],
          shown.map((one) => [
            one.name,
            pages(small.get(one.name)),
            pages(one),
            costOf(one).toFixed(0),
            MAY_GROW[one.name] ?? '',
          ]),
        ),
      ],
    };
  },
};

/** All that was explained while the doors of a filled site were gone through, each statement at its dearest. */
async function explainDoors(site: FilledSite): Promise<Map<string, Dearest>> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-bench-plans-'));
  const file = path.join(folder, 'plans.ndjson');
  const receiver = createServer((request, response) =>
    request.resume().on('end', () => response.writeHead(204).end()),
  );
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const service = await ServerProcess.start('plans/explained-server.js', {
    ...site.env,
    EXPLAIN_TO: file,
    OUTBOUND_ALLOW: '127.0.0.0/8',
  });
  try {
    const [row] = await query<{ id: string }>(site.url, 'select id from site');
    await drive({
      ask: askOver(service.origin),
      secretKey: site.key,
      staffToken: site.staffToken,
      secret: Buffer.from(SECRET),
      siteId: String(row?.id),
      slug: 'example',
      groups: site.filling.groups,
      receiver: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
    });
    // What goes on by itself is explained, too: only once the process has ended does no line follow.
    await service.stop();
    const heard = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Explained | { name: string; error: string });
    const refused = heard.find((one) => 'error' in one);
    if (refused !== undefined) throw new Error(`Postgres would not explain: ${JSON.stringify(refused)}`);
    return dearest(heard.filter((one): one is Explained => 'plan' in one));
  } finally {
    await service.stop();
    receiver.closeAllConnections();
    receiver.close();
    rmSync(folder, { recursive: true });
  }
}

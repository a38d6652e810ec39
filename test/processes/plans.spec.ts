/**
 * What the doors cost as tables grow. Two sites, one with ten times the reports of the other, are driven through all
 * doors; every statement that is sent meanwhile is explained, and none may read more of the larger one. \`npm run bench --
 * --only plans\` does the same with ten million.
 */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fill } from '../../bench/fill/fill.js';
import { askOver } from '../../bench/plans/ask-over.js';
import { drive } from '../../bench/plans/drive.js';
import { explainAll, type Explained } from '../../bench/plans/explain-all.js';
import { complaints, dearest, type Dearest } from '../../bench/plans/judge.js';
import { SECRET, Service } from '../setup/service.js';

jest.setTimeout(300_000);

/** What must have been among it: the statements by which reports, moderators, sites and jobs wait. */
const HOT = [
  ...[
    'lock-images',
    'load-rules',
    'load-reporters',
    'load-cases',
    'load-blocks',
    'load-taken-places',
    'recount-votes',
  ],
  ...[
    'read-breakers',
    'insert-images',
    'insert-votes',
    'insert-report-notes',
    'insert-cases',
    'save-tallies',
  ],
  ...[
    'save-images',
    'save-priorities',
    'update-cases',
    'upsert-blocks',
    'append-events',
    'read-visibility-events',
  ],
  ...['stage-jobs', 'take-jobs', 'settle-jobs', 'read-wanted-events', 'insert-messages', 'load-delivery'],
  ...[
    'claim-case',
    'release-lease',
    'read-cases',
    'list-case-reports',
    'list-events-of-case',
    'judge-reporters',
  ],
  ...[
    'list-cases-open-priority',
    'list-cases-open-priority-next',
    'list-cases-open-oldest-next',
    'list-cases-held-priority',
  ],
  ...[
    'list-cases-closed-newest-next',
    'list-events-of-sites',
    'list-events-of-image',
    'list-images-blocked',
    'list-mutes',
  ],
  ...[
    'read-image',
    'read-image-history',
    'load-receipt',
    'list-blocked-images',
    'sum-up-jobs',
    'declare-past-votes',
  ],
];

let heard: (Explained | { name: string; error: string })[] = [];
let receiver: Server;
beforeAll(async () => {
  explainAll((explained) => heard.push(explained));
  receiver = createServer((request, response) =>
    request.resume().on('end', () => response.writeHead(204).end()),
  );
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
});
afterAll(() => receiver.close());

async function drivenWith(reports: number): Promise<Map<string, Dearest>> {
  // Of the two only the other does background work: this one may not post to where webhooks go here, and what it tried and
  // failed at would be tried again minutes later.
  const service = await Service.open({ ROLE: 'api' });
  try {
    const site = await service.site('example');
    const staffToken = await service.staffToken('amina@example.ma', 'admin');
    const { groups } = await fill(service.databaseUrl, reports);
    const filled = await service.beside({ ROLE: 'all', OUTBOUND_ALLOW: '127.0.0.0/8' });
    await filled.app.listen(0, '127.0.0.1');
    heard = [];
    try {
      await drive({
        ask: askOver(await filled.app.getUrl()),
        secretKey: site.secretKey,
        staffToken,
        secret: SECRET,
        siteId: site.id,
        slug: site.slug,
        groups,
        receiver: `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`,
      });
    } finally {
      await filled.app.close();
    }
    expect(heard.filter((one) => 'error' in one)).toEqual([]);
    return dearest(heard.filter((one): one is Explained => 'plan' in one));
  } finally {
    await service.close();
  }
}

it('reads no more for a request where ten times as much was reported', async () => {
  const small = await drivenWith(10_000);
  const large = await drivenWith(100_000);
  expect([...large.keys()]).toEqual(expect.arrayContaining(HOT));
  expect(complaints(small, large)).toEqual([]);
});

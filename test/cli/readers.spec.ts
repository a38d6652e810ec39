import pg from 'pg';
import { startCli, type TestCli } from './start-cli.js';

let cli: TestCli;
let client: pg.Client;

beforeAll(async () => {
  cli = await startCli();
  client = new pg.Client(cli.url);
  await client.connect();
  for (const slug of ['revue', 'autre']) await cli.run(`site create --slug ${slug} --name ${slug}`);
  const line = (account: string) =>
    JSON.stringify({
      image: { id: 'photo-7' },
      reason: 'hate',
      reporter: { account },
      comment: `words of ${account}`,
    });
  for (const slug of ['revue', 'autre'])
    await cli.run(`import reports --site ${slug} -`, {}, ['ann', 'ben'].map(line).join('\n'));
});
afterAll(async () => {
  await client.end();
  await cli.stop();
});

it('exports the same with --json, which every command takes', async () => {
  const words = 'reader export --site revue --account ann';
  const plain = await cli.run(words);
  const json = await cli.run(`${words} --json`);
  expect([json.code, json.json]).toEqual([0, plain.json]);
});

interface Export {
  readonly reports: readonly Record<string, unknown>[];
}
const exported = async (site: string, account: string): Promise<Export> => {
  const { code, json } = await cli.run(`reader export --site ${site} --account ${account}`);
  expect(code).toBe(0);
  return json as unknown as Export;
};

it('exports what is stored of one reader of one site', async () => {
  const { reports, ...rest } = await exported('revue', 'ann');
  expect(rest).toEqual({ site: 'revue', devices: 0, decisionsOnThem: [], mutes: [] });
  expect(reports).toEqual([
    {
      image: { image: expect.stringMatching(/^img_/) as string, url: null, id: 'photo-7' },
      round: 1,
      kind: 'named',
      reasons: ['hate'],
      at: expect.any(String) as string,
      withdrawnAt: null,
      leftOut: null,
      fromNetwork: false,
      knownForMinutes: null,
      said: [
        {
          reason: 'hate',
          comment: 'words of ann',
          pageUrl: null,
          pageTitle: null,
          claimedUrl: null,
          at: expect.any(String) as string,
        },
      ],
    },
  ]);
  expect((await exported('revue', 'nobody')).reports).toEqual([]);
});

it('forgets one reader of one site, and says how much that was', async () => {
  const forget = 'reader forget --site revue --account ann';
  expect((await cli.run(forget)).out).toEqual([
    "Forgotten: 1 vote is nobody's now, and what they wrote is removed.",
  ]);
  expect((await exported('revue', 'ann')).reports).toEqual([]);
  expect((await exported('revue', 'ben')).reports).toHaveLength(1);
  expect((await exported('autre', 'ann')).reports).toHaveLength(1);
  expect((await cli.run(`${forget} --json`)).json).toEqual({ site: 'revue', votes: 0, muted: false });
  expect(await cli.run('reconcile')).toMatchObject({ code: 0 });
});

it.each([
  ['nobody', '', /either --account or --device/],
  ['both', '--account ann --device dev_x', /either --account or --device/],
  [
    'an account without a name, as of a variable that is not set',
    '--account ',
    /^--account: Must be a text of 1 to 255 characters\.$/,
  ],
  ['a name that no account has', `--account ${'a'.repeat(256)}`, /^--account: Must be a text of 1 to 255/],
  [
    'a token of nobody',
    '--device dev_x',
    /^--device: This is not a device token of this site: take what their browser keeps there under "vigie:device"\.$/,
  ],
])('refuses %s', async (_, named, said) => {
  for (const command of ['forget', 'export']) {
    const { code, told } = await cli.run(
      `reader ${command} --site revue ${named}`.replace(/revue $/, 'revue'),
    );
    expect([code, told.join(' ')]).toEqual([1, expect.stringMatching(said)]);
  }
});

it('says how much waits to be forgotten, how late that is, and forgets it', async () => {
  expect((await cli.run('retention --dry-run')).out).toEqual(['Nobody is due.']);
  await client.query(`
    update vote set at = at - interval '40 days';
    update report_note set at = at - interval '40 days';
    update moderation_case set status = 'closed', outcome = 'keep', opened_at = opened_at - interval '40 days',
                               closed_at = clock_timestamp() - interval '31 days';
    update image set review_state = 'closed', readers_since = readers_since - interval '31 days',
                     created_at = created_at - interval '40 days'`);
  const { json } = await cli.run('retention --dry-run --json');
  expect(json['images']).toBe(2);
  expect(Number(json['secondsLate'])).toBeGreaterThan(86_000);
  expect((await cli.run('retention')).out).toEqual([
    'Forgotten: 3 votes, 0 verdicts, 0 links of devices, 0 mutes.',
  ]);
  expect((await cli.run('retention --dry-run')).out).toEqual(['Nobody is due.']);
  expect((await exported('autre', 'ann')).reports).toEqual([]);
});

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { DataSource } from 'typeorm';
import { LONGEST_LINE } from '../../src/cli/import/read-lines.js';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { Database } from '../../src/database/database.js';
import { createSite } from '../../src/sites/create-site.js';
import { type Ran, startCli, type TestCli } from './start-cli.js';

let cli: TestCli;
let db: DataSource;
let folder: string;
beforeAll(async () => {
  cli = await startCli();
  db = await new DataSource(dataSourceOptions(cli.url, 2)).initialize();
  folder = mkdtempSync(path.join(os.tmpdir(), 'vigie-import-'));
});
afterAll(async () => {
  await db.destroy();
  rmSync(folder, { recursive: true, force: true });
  await cli.stop();
});

let site = '';
let sites = 0;
beforeEach(async () => {
  site = `site-${(sites += 1)}`;
  await new Database(db).inTransaction((tx) =>
    createSite(tx, { slug: site, name: site }, { staffId: null, production: true }),
  );
});

const HOUR = 3_600_000;
const ago = (hours: number): string => new Date(Date.now() - hours * HOUR).toISOString();
const cdn = (n: number | string): string => `https://cdn.example.ma/${n}.jpg`;
const report = (image: number, account: string, more: object = {}): object => ({
  image: { url: cdn(image) },
  reason: 'hate',
  reporter: { account },
  ...more,
});
const ndjson = (lines: readonly object[]): string =>
  lines.map((line) => `${JSON.stringify(line)}\n`).join('');
const file = (text: string | Buffer): string => {
  const name = path.join(folder, `${Math.random().toString(36).slice(2)}.ndjson`);
  writeFileSync(name, text);
  return name;
};
const run = (kind: string, text: string | Buffer, options = ''): Promise<Ran> =>
  cli.run(`import ${kind} --site ${site} ${file(text)} --json${options}`);
const count = async (from: string): Promise<number> => {
  const rows = await db.query<{ n: number }[]>(
    `select count(*)::int as n from ${from} where site_id = (select id from site where slug = $1)`,
    [site],
  );
  return rows[0]?.n ?? 0;
};
const images = async (): Promise<Record<string, unknown>[]> => {
  const rows = await db.query<Record<string, unknown>[]>(
    `select key, blocked, shown_reason, since, review_state, version from image
      where site_id = (select id from site where slug = $1) and merged_into is null order by id`,
    [site],
  );
  return rows;
};

/** The addresses that are to be looked at. */
const looks = async (): Promise<string[]> => {
  const rows = await db.query<{ url: string }[]>(
    `select payload ->> 'url' as url from job
      where kind = 'fetch-image' and payload ->> 'site' = (select id::text from site where slug = $1)
      order by 1`,
    [site],
  );
  return rows.map(({ url }) => url);
};

describe('import reports', () => {
  it('brings votes of accounts with what they said, as of when they said it', async () => {
    const at = ago(30);
    const page = { url: 'https://elsewhere.example/1', title: 'Titre' };
    const { code, json, out } = await run(
      'reports',
      ndjson([report(1, 'a', { at, comment: 'Non.', page }), report(1, 'b'), report(2, 'a')]),
    );
    expect({ code, lines: out.length }).toEqual({ code: 0, lines: 1 });
    expect(json).toEqual({
      site,
      kind: 'reports',
      dryRun: false,
      read: 3,
      imported: 3,
      alreadyThere: 0,
      skipped: 0,
      badLines: 0,
      bad: [],
    });
    const rows = await db.query<unknown[]>(
      `select v.at, v.reporter_kind, n.comment, n.page_url, n.at as said
         from vote v join report_note n using (site_id, image_id, round, reporter)
        where v.site_id = (select id from site where slug = $1)`,
      [site],
    );
    expect(rows).toEqual([
      { at: new Date(at), reporter_kind: 'named', comment: 'Non.', page_url: page.url, said: new Date(at) },
    ]);
    expect(await count('vote')).toBe(3);
  });

  it('lets those within the window block, and neither blocks nor opens a case for older ones', async () => {
    const lines = [...Array(6).keys()].flatMap((n) => [
      report(1, `reader-${n}`, { at: ago(24 + n) }),
      report(2, `reader-${n}`, { at: ago(24 * 300 + n) }),
      report(3, `reader-${n}`, { at: n < 3 ? ago(24) : ago(24 * 300) }),
    ]);
    expect((await run('reports', ndjson([...lines, report(4, 'old', { at: ago(200) })]))).code).toBe(0);
    expect(await images()).toMatchObject([
      { key: cdn(1), blocked: true, review_state: 'open' },
      { key: cdn(2), blocked: false, review_state: 'none' },
      { key: cdn(3), blocked: false, review_state: 'open' },
      { key: cdn(4), blocked: false, review_state: 'none' },
    ]);
    expect(await count('vote')).toBe(19);
    const rows = await db.query<{ evidence: { reporters: number } }[]>(
      `select evidence from block where site_id = (select id from site where slug = $1)`,
      [site],
    );
    expect(rows).toMatchObject([{ evidence: { reporters: 6 } }]);
  });

  it('has those looked at of which nobody has decided, and none of an archive', async () => {
    const lines = [
      report(1, 'old', { at: ago(1000) }),
      report(2, 'new', { at: ago(24) }),
      report(3, 'old', { at: ago(1000), image: { url: cdn(3), id: 'own-3' } }),
      report(4, 'new', { at: ago(24), image: { url: cdn(4), id: 'own-4' } }),
      report(5, 'severe', { at: ago(24), reason: 'child_abuse' }),
    ];
    await run('reports', ndjson(lines));
    expect(await looks()).toEqual([cdn(2), cdn(4)]);
    await run('reports', ndjson([report(1, 'today'), report(2, 'today')]));
    expect(await looks()).toEqual([cdn(1), cdn(2), cdn(4)]);
  });

  it('has none looked at where nothing is fetched', async () => {
    const name = file(ndjson([report(1, 'new')]));
    await cli.run(`import reports --site ${site} ${name}`, { FETCH_IMAGES: 'off' });
    expect(await count('vote')).toBe(1);
    expect(await looks()).toEqual([]);
  });

  it('shows what is old once somebody reports today', async () => {
    await run('reports', ndjson([1, 2, 3].map((n) => report(1, `r-${n}`, { at: ago(1000) }))));
    await run('reports', ndjson([report(1, 'today')]));
    expect(await images()).toMatchObject([{ review_state: 'open', blocked: false }]);
    expect(
      await db.query(`select tally from image where key = $1 order by id desc limit 1`, [cdn(1)]),
    ).toEqual([{ tally: { hate: 4 } }]);
  });

  it('opens no case for what is older than the window, whether or not its reporter is muted by now, but for the severe reason', async () => {
    await run('reports', ndjson([report(1, 'a', { at: ago(24) })]));
    await db.query(
      `insert into muted_reporter (site_id, reporter, cause, staff_id)
       select v.site_id, v.reporter, 'staff', (select min(id) from staff) from vote v
        where v.site_id = (select id from site where slug = $1)`,
      [site],
    );
    const old = { at: ago(24 * 300) };
    await run(
      'reports',
      ndjson([report(2, 'a', old), report(3, 'b', old), report(4, 'b', { ...old, reason: 'child_abuse' })]),
    );
    expect(await images()).toMatchObject([
      { key: cdn(1), review_state: 'open' },
      { key: cdn(2), review_state: 'none' },
      { key: cdn(3), review_state: 'none' },
      { key: cdn(4), review_state: 'open' },
    ]);
  });

  it('neither needs nor takes of a reader’s budget what is older than the window: who reports today is heard', async () => {
    const leftOut = () =>
      db.query(
        `select v.left_out as cause, v.archived, count(*)::int as votes from vote v
          where v.site_id = (select id from site where slug = $1) group by 1, 2 order by 1 nulls first, 2`,
        [site],
      );
    const archive = [...Array(30).keys()].map((n) => report(n, 'diligent', { at: ago(24 * 20 + n) }));
    await run('reports', ndjson(archive));
    expect(await leftOut()).toEqual([{ cause: null, archived: true, votes: 30 }]);
    const today = [...Array(21).keys()].map((n) => report(100 + n, 'diligent', n < 10 ? { at: ago(2) } : {}));
    await run('reports', ndjson(today));
    expect(await leftOut()).toEqual([
      { cause: null, archived: true, votes: 30 },
      { cause: null, archived: null, votes: 20 },
      { cause: 'budget', archived: null, votes: 1 },
    ]);
  });

  it('adds no reason from before the window to a vote that counts today, and keeps what was said', async () => {
    await run('reports', ndjson(['a', 'b'].map((account) => report(1, account, { at: ago(2) }))));
    const year = { at: ago(24 * 365), reason: 'child_abuse', comment: 'Il y a un an.' };
    const lines = ndjson(['a', 'b', 'c'].map((account) => report(1, account, year)));
    expect((await run('reports', lines)).json).toMatchObject({ imported: 1, alreadyThere: 2 });
    expect(await images()).toMatchObject([{ blocked: false, review_state: 'open' }]);
    const rows = await db.query<unknown[]>(
      `select v.reasons, n.comment from vote v join report_note n using (site_id, image_id, round, reporter)
        where v.site_id = (select id from site where slug = $1) order by v.at desc`,
      [site],
    );
    expect(rows).toEqual(
      [['hate'], ['hate'], ['child_abuse']].map((reasons) => ({ reasons, comment: year.comment })),
    );
    await run('reports', ndjson([report(1, 'a', { at: ago(1), reason: 'child_abuse' })]));
    expect(await images()).toMatchObject([{ blocked: true, shown_reason: 'child_abuse' }]);
  });

  it('takes one vote of one reporter, as old as the first thing they said', async () => {
    const { json } = await run(
      'reports',
      ndjson([
        report(1, 'a', { at: ago(5) }),
        report(1, 'a', { at: ago(9), reason: 'spam' }),
        report(1, 'a'),
      ]),
    );
    expect(json).toMatchObject({ read: 3, imported: 1, alreadyThere: 2 });
    const rows = await db.query<{ at: Date; reasons: string[] }[]>(
      `select at, reasons from vote where site_id = (select id from site where slug = $1)`,
      [site],
    );
    expect(rows).toMatchObject([{ reasons: ['hate', 'spam'] }]);
    expect(Date.now() - Number(rows[0]?.at)).toBeGreaterThan(8.9 * HOUR);
  });

  it('brings nothing that was said before a keep, or before its reporter withdrew', async () => {
    const lines = ndjson([report(1, 'a', { at: ago(9) }), report(2, 'b', { at: ago(9) })]);
    await run('reports', lines);
    await db.query(
      `update image set round = 2, kept_at = clock_timestamp(), tally = '{}' where key = $1 and site_id =
       (select id from site where slug = $2)`,
      [cdn(1), site],
    );
    await db.query(
      `with w as (update vote v set withdrawn_at = clock_timestamp() from image i
                  where i.site_id = v.site_id and i.id = v.image_id and i.key = $1
                    and v.site_id = (select id from site where slug = $2) returning v.image_id, v.site_id)
       update image i set tally = '{}' from w where i.site_id = w.site_id and i.id = w.image_id`,
      [cdn(2), site],
    );
    const { json } = await run('reports', lines, ' --from-start');
    expect(json).toMatchObject({ imported: 0, alreadyThere: 2 });
    expect(await count('vote')).toBe(2);
    const rows = await db.query<unknown[]>(
      `select tally from image where site_id = (select id from site where slug = $1)`,
      [site],
    );
    expect(rows).toEqual([{ tally: {} }, { tally: {} }]);
  });

  it('binds an address that is named with an id', async () => {
    const both = { image: { url: cdn(1), id: 'photo-1' } };
    const also = { image: { url: cdn(2), id: 'photo-1' } };
    const lines = ndjson([
      report(1, 'a'),
      report(0, 'b', both),
      report(0, 'c', also),
      report(2, 'd'),
      report(0, 'a', also),
    ]);
    expect((await run('reports', lines)).json).toMatchObject({ imported: 4, alreadyThere: 1 });
    expect(await images()).toMatchObject([{ key: 'photo-1' }]);
    expect(await count('address')).toBe(2);
    expect((await run('reports', lines, ' --from-start')).json).toMatchObject({
      imported: 0,
      alreadyThere: 5,
    });
    expect(await count('event')).toBeGreaterThan(0);
  });

  it('changes nothing the second time, and brings what a file has grown by', async () => {
    const lines = [...Array(1200).keys()].map((n) => report(n % 700, `r-${n}`));
    const name = file(ndjson(lines).slice(0, -1));
    const again = () => cli.run(`import reports --site ${site} ${name} --json`);
    expect((await again()).json).toMatchObject({ read: 1200, imported: 1200, skipped: 0 });
    const events = await count('event');
    expect((await again()).json).toMatchObject({ read: 1200, imported: 0, alreadyThere: 0, skipped: 1200 });
    expect(await count('event')).toBe(events);
    writeFileSync(name, ndjson([...lines, report(701, 'new')]));
    expect((await again()).json).toMatchObject({ read: 1201, imported: 1, skipped: 1200 });
  });

  it('reads a file anew that begins like another and goes on differently', async () => {
    const first = report(1, 'a');
    await run('reports', ndjson([first, report(2, 'a'), report(3, 'a')]));
    const other = ndjson([first, report(4, 'a'), { reason: 'hate' }, report(5, 'a')]);
    const { json } = await run('reports', other);
    expect(json).toMatchObject({ read: 4, imported: 2, alreadyThere: 1, skipped: 0, badLines: 1 });
    expect((await run('reports', ndjson([first, report(4, 'a')]))).json).toMatchObject({
      alreadyThere: 2,
      skipped: 0,
    });
  });

  it('goes on from standard input, and says when it is another', async () => {
    const pipe = (lines: object[], options = '') =>
      cli.run(`import reports --site ${site} - --json${options}`, {}, ndjson(lines));
    expect((await pipe([report(1, 'a'), report(2, 'a')])).json).toMatchObject({ imported: 2 });
    expect((await pipe([report(1, 'a'), report(2, 'a'), report(3, 'a')])).json).toMatchObject({
      imported: 1,
      skipped: 2,
    });
    const other = await pipe([report(1, 'a'), report(7, 'a'), report(8, 'a')]);
    expect(other).toMatchObject({ code: 1, told: [expect.stringContaining('--from-start')] });
    const anew = await pipe([report(1, 'a'), report(7, 'a'), report(8, 'a')], ' --from-start');
    expect(anew.json).toMatchObject({ imported: 2, alreadyThere: 1 });
  });

  it('reports bad lines by number, with field and reason, and imports the rest', async () => {
    const good = JSON.stringify(report(1, 'good'));
    const bad: [string | Buffer, string, RegExp][] = [
      ['{"image":', '', /JSON/],
      ['["a"]', '', /object/],
      ['7', '', /object/],
      [JSON.stringify(report(1, 'x', { reason: 'boredom' })), '/reason', /one of/],
      [JSON.stringify(report(1, '')), '/reporter/account', /1/],
      [JSON.stringify(report(1, 'x', { image: {} })), '/image', /url/],
      [JSON.stringify(report(1, 'x', { image: { url: 'ftp://a.ma/1' } })), '/image/url', /http/],
      [JSON.stringify(report(1, 'x', { at: 'yesterday' })), '/at', /2026/],
      [JSON.stringify(report(1, 'x', { at: '2026-02-30T10:00:00Z' })), '/at', /2026/],
      [JSON.stringify(report(1, 'x', { at: ago(-1) })), '/at', /future/],
      [JSON.stringify(report(1, 'x', { at: '0001-01-01T00:00:00+01:00' })), '/at', /before 1970/],
      [JSON.stringify(report(1, 'x', { at: '1969-12-31T23:59:59Z' })), '/at', /before 1970/],
      [JSON.stringify(report(1, 'x', { comment: '\u2764\ufe0f'.repeat(501) })), '/comment', /1000/],
      [JSON.stringify(report(1, 'x', { when: 1 })), '/when', /no field/],
      [JSON.stringify(report(1, 'x', { comment: 'a\0b' })), '/comment', /NUL/],
      [JSON.stringify(report(1, 'x', { comment: '\ud800' })), '/comment', /surrogate/],
      [JSON.stringify(report(1, 'x')).replace('hate', 'ha\0te'), '', /JSON/],
      [JSON.stringify(report(1, 'x', { page: { url: 'nowhere' } })), '/page/url', /./],
      [JSON.stringify(report(1, 'x', { comment: 'x'.repeat(LONGEST_LINE) })), '', /64 KiB/],
      [Buffer.from([0x7b, 0xff, 0x7d]), '', /UTF-8/],
    ];
    const text = Buffer.concat(bad.flatMap(([line]) => [Buffer.from(line), Buffer.from(`\n${good}\n`)]));
    const errors = path.join(folder, 'bad.ndjson');
    const { code, json } = await run('reports', text, ` --errors ${errors}`);
    expect({ code, json }).toMatchObject({
      code: 1,
      json: { read: 2 * bad.length, imported: 1, alreadyThere: bad.length - 1, badLines: bad.length },
    });
    const written = readFileSync(errors, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as unknown);
    expect(written).toEqual(json['bad']);
    expect(written).toEqual(
      bad.map(([, pointer, detail], index) => ({
        line: 2 * index + 1,
        errors: [{ pointer, detail: expect.stringMatching(detail) as string }],
      })),
    );
  });

  it('shows the first twenty bad lines, and writes all', async () => {
    const errors = path.join(folder, 'many.ndjson');
    const text = ndjson([...Array(600).keys()].map(() => ({ reason: 'hate' })));
    const { code, out } = await cli.run(`import reports --site ${site} ${file(text)} --errors ${errors}`);
    expect(code).toBe(1);
    expect(out[0]).toContain('600 bad');
    expect(out.filter((line) => line.startsWith('line 20: /image'))).toHaveLength(1);
    expect(out.filter((line) => line.startsWith('line 21:'))).toEqual([]);
    expect(out.at(-1)).toContain('580 more');
    expect(readFileSync(errors, 'utf8').trim().split('\n')).toHaveLength(600);
  });

  it('shows what a terminal would obey, as a line of a file may hold it', async () => {
    const named = file('\x1b[2J\x1b]0;title\x07 no JSON\n{"\\u001b[31m":\t1}\n');
    const ran = await cli.run(`import reports --site ${site} ${named} --dry-run`);
    const shown = ran.out.join('\n');
    expect(shown).toContain('\\u001b[2J');
    expect(shown).toContain('There is no field "\\u001b[31m"');
    expect(shown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect((await cli.run('rule show --site \x1b[31m')).told.join()).toContain('no site "\\u001b[31m"');
  });

  it('says that the file of bad lines can not be written, wherever it is wished', async () => {
    const text = file(ndjson([report(1, 'a')]));
    for (const place of [path.join(text, 'bad.ndjson'), path.join(folder, 'nowhere', 'bad.ndjson'), folder]) {
      const { code, told } = await cli.run(`import reports --site ${site} ${text} --errors ${place}`);
      expect(code).toBe(1);
      expect(told.join('\n')).toContain(`--errors ${place}: can't be written`);
    }
  });

  it('names the file of bad lines where its disk is full', async () => {
    const text = file(ndjson([{ reason: 'hate' }]));
    const { code, told } = await cli.run(`import reports --site ${site} ${text} --errors /dev/full`);
    expect([code, told]).toEqual([1, ["--errors /dev/full: can't be written (ENOSPC)."]]);
  });

  it('reports the bad lines of the part that was done before as well', async () => {
    const text = ndjson([{ reason: 'hate' }, report(1, 'a')]);
    await run('reports', text);
    const again = await run('reports', text);
    expect(again).toMatchObject({ code: 1, json: { read: 2, skipped: 1, badLines: 1, bad: [{ line: 1 }] } });
  });

  it('names a line that the database refuses, imports all around it, and is done with it', async () => {
    await db.query(`alter table report_note add constraint picky check (comment not like 'poison%')`);
    try {
      const lines = [...Array(1100).keys()].map((n) => report(n % 90, `r-${n}`, { comment: `said ${n}` }));
      lines[7] = report(1, 'x', { comment: 'poison' });
      lines[8] = { reason: 'hate' };
      lines[499] = report(1, 'y', { comment: 'poison' });
      lines[1099] = report(1, 'z', { image: { url: cdn(1), id: 'own' }, comment: 'poison' });
      const { code, json } = await run('reports', ndjson(lines));
      const refused = { pointer: '', detail: expect.stringMatching(/^The database can not .*\.$/) as string };
      expect({ code, json }).toMatchObject({
        code: 1,
        json: { read: 1100, imported: 1096, alreadyThere: 0, skipped: 0, badLines: 4 },
      });
      expect(json['bad']).toEqual([
        { line: 9, errors: [expect.objectContaining({ pointer: '/image' }), expect.anything()] },
        { line: 8, errors: [refused] },
        { line: 500, errors: [refused] },
        { line: 1100, errors: [refused] },
      ]);
      expect(await count('vote')).toBe(1096);
      expect((await run('reports', ndjson([...lines, report(3, 'new')]))).json).toMatchObject({
        imported: 1,
        alreadyThere: 0,
      });
    } finally {
      await db.query('alter table report_note drop constraint picky');
    }
  });

  it('ends at what is no fault of a line, and goes on from there', async () => {
    const lines = ndjson([report(1, 'a', { comment: 'a' }), report(2, 'b', { comment: 'b' })]);
    await db.query('alter table report_note rename column comment to away');
    const broken = await run('reports', lines).finally(() =>
      db.query('alter table report_note rename column away to comment'),
    );
    expect(broken.code).not.toBe(0);
    expect(broken.json).not.toHaveProperty('bad');
    expect(await count('vote')).toBe(0);
    expect((await run('reports', lines)).json).toMatchObject({ imported: 2, badLines: 0 });
  });

  it.each([
    ['ends of Windows', (lines: string[]) => lines.join('\r\n')],
    ['a byte order mark', (lines: string[]) => `\ufeff${lines.join('\n')}\n`],
    ['empty lines', (lines: string[]) => `\n\r\n${lines.join('\n\n  \n')}\n\n`],
    ['no end of the last line', (lines: string[]) => lines.join('\n')],
  ])('takes %s', async (_, join) => {
    const { code, json } = await run('reports', join([1, 2, 3].map((n) => JSON.stringify(report(n, 'a')))));
    expect({ code, json }).toMatchObject({ code: 0, json: { read: 3, imported: 3 } });
  });

  it('takes an empty file', async () => {
    expect(await run('reports', '')).toMatchObject({ code: 0, json: { read: 0, imported: 0 } });
  });

  it('checks all and writes nothing with --dry-run', async () => {
    const { code, json } = await run('reports', ndjson([report(1, 'a'), { reason: 'hate' }]), ' --dry-run');
    expect({ code, json }).toMatchObject({
      code: 1,
      json: { dryRun: true, read: 2, imported: 0, badLines: 1 },
    });
    expect([await count('image'), await count('import_checkpoint')]).toEqual([0, 0]);
  });

  it('says what is wrong with the command', async () => {
    const there = file(ndjson([report(1, 'a')]));
    const says = async (words: string) => (await cli.run(`import reports ${words}`)).told.join();
    expect(await says(`--site ${site} ${folder}/none`)).toContain('no such file');
    expect(await says(`--site ${site} ${folder}`)).toContain('folder');
    expect(await says(`--site nowhere ${there}`)).toContain('no site');
    expect(await says(`--site ${site} ${there} --errors ${there}`)).toContain('--errors');
    expect(await says(`--site ${site} ${there} --errors ${folder}/none/x`)).toContain('ENOENT');
    expect(readFileSync(there, 'utf8')).not.toBe('');
  });
});

describe('import blocks', () => {
  it("makes the site's own blocks, with their beginning, once", async () => {
    const since = '2025-11-03T08:00:00Z';
    const lines = ndjson([
      { image: { id: 'p-1', url: cdn(1) }, reason: 'privacy', note: 'Famille.', since },
      { image: { url: cdn(2) }, reason: 'spam' },
      { image: { url: cdn(2) }, reason: 'spam' },
      { image: { url: cdn(3) }, reason: 'spam', since: ago(-5) },
      { image: { url: cdn(3) }, reason: 'spam', since: '0001-01-01T00:00:00+01:00' },
    ]);
    const first = await run('blocks', lines);
    expect(first).toMatchObject({
      code: 1,
      json: {
        imported: 2,
        alreadyThere: 1,
        bad: [4, 5].map((line) => ({ line, errors: [{ pointer: '/since' }] })),
      },
    });
    expect(await images()).toMatchObject([
      { key: 'p-1', blocked: true, shown_reason: 'privacy', since: new Date(since) },
      { key: cdn(2), blocked: true, shown_reason: 'spam' },
    ]);
    const events = await count('event');
    expect((await run('blocks', lines, ' --from-start')).json).toMatchObject({
      imported: 0,
      alreadyThere: 3,
    });
    expect(await count('event')).toBe(events);
  });

  it('has what is blocked looked at, but for the severe reason', async () => {
    const lines = ndjson([
      { image: { url: cdn(1) }, reason: 'privacy' },
      { image: { id: 'p-2', url: cdn(2) }, reason: 'privacy' },
      { image: { url: cdn(3) }, reason: 'child_abuse' },
    ]);
    await run('blocks', lines);
    await run('blocks', lines, ' --from-start');
    expect(await looks()).toEqual([cdn(1), cdn(2)]);
  });

  it('leaves the beginning of an image that is hidden already', async () => {
    await run('reports', ndjson([1, 2, 3, 4, 5].map((n) => report(1, `r-${n}`))));
    const [before] = await images();
    await run('blocks', ndjson([{ image: { url: cdn(1) }, reason: 'hate', since: ago(5000) }]));
    expect(await images()).toMatchObject([
      { blocked: true, since: before?.['since'], version: before?.['version'] },
    ]);
  });
});

test('what was imported agrees with itself', async () => {
  const { code, out } = await cli.run('reconcile');
  expect(out.filter((line) => line.startsWith('OFF'))).toEqual([]);
  expect(code).toBe(0);
});

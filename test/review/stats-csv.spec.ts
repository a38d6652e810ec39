import { toCsv } from '../../src/review/csv.js';
import { statsCsv } from '../../src/review/stats-csv.js';
import type { StatsAnswer } from '../../src/contract/stats.js';
import { ReviewRoom } from './review-room.js';

/** The cells of a CSV text, as RFC 4180 reads it. */
function cellsOf(csv: string): string[] {
  const field = /(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r\n|$)/y;
  const cells: string[] = [];
  const text = csv.replace(/^\uFEFF/, '');
  while (field.lastIndex < text.length) {
    const match = field.exec(text);
    if (match === null) throw new Error('not CSV');
    cells.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
  }
  return cells;
}

/** What a spreadsheet takes for a formula, whatever is invisible in front of it. */
const isFormula = (cell: string): boolean =>
  /^[\s\p{C}"]*[=+\-@\uFF1D\uFF0B\uFF0D\uFF20]/u.test(cell) || /^[\t\r\n]/.test(cell);

const HOSTILE = [
  '=1+1',
  '+33 6',
  "-2+3+cmd|' /C calc'!A0",
  '@SUM(A1)',
  '\t=1',
  '\r=1',
  '\n=1',
  '\tplain',
  ' =1',
  '\u202e=1',
  '\u200f\u2067=HYPERLINK("http://x")',
  '\uFEFF=1',
  '\u0000=1',
  '＝1+1',
  '"=1',
  'a";=1;"',
  'a,=1',
  'a;=1',
  'a; -1',
  'a\r\n=1',
  'a\n"=1',
  'a\t@x',
  "'=1",
];

describe('behaviour 52: in a CSV export no formula runs', () => {
  it.each(HOSTILE)('%j is text', (text) => {
    const [cell = ''] = cellsOf(toCsv([[text]]));
    expect(isFormula(cell)).toBe(false);
    // Nothing is lost: only apostrophes are added.
    expect(cell.replaceAll("'", '')).toBe(text.replaceAll("'", ''));
  });

  it('nor in a spreadsheet that takes other separators, and quotes for nothing', () => {
    const file = toCsv(HOSTILE.map((text) => ['first', text, 'last'])).replace(/^\uFEFF/, '');
    for (const separator of [/[;\r\n]/, /[\t\r\n]/, /[,\r\n]/, /[|\r\n]/])
      expect(file.split(separator).filter((cell) => /^[\s\p{C}"]*[=+\-@\uFF1D]/u.test(cell))).toEqual([]);
  });

  it.each(['plain', 'a+b@example.ma', 'O\u2019Neil', 'مرحبا', '2026-11-01', 'he said "no"', ''])(
    '%j stays as it is',
    (text) => expect(cellsOf(toCsv([[text, 1]]))).toEqual([text, '1']),
  );

  it('numbers are numbers, nothing is an empty cell, lines end as RFC 4180 says, and the encoding is marked', () => {
    expect(toCsv([['a"b', -1.5, null], []])).toBe('\uFEFF"a""b",-1.5,\r\n\r\n');
  });

  it('not even in the address of a moderator', () => {
    const moderator = { id: 'stf_1', email: '=cmd|x@example.ma' };
    const csv = statsCsv(
      {
        moderators: [
          {
            moderator,
            decisions: { block: 1, keep: 0, escalate: 0, undone: 0 },
            secondsToDecision: { median: 5, p90: null },
          },
        ],
      } as unknown as StatsAnswer,
      'moderators',
    );
    expect(cellsOf(csv).slice(7)).toEqual(["'=cmd|x@example.ma", '1', '0', '0', '0', '5', '']);
  });
});

describe('the file of the statistics', () => {
  let room: ReviewRoom;
  beforeAll(async () => {
    room = await ReviewRoom.open();
  });
  afterAll(() => room.close());

  it('has a line for each bucket, reason or moderator, and a name that says what it is', async () => {
    const site = await room.site('files');
    const lead = await room.moderator(site, 'lead', 'lead');
    await room.decide(lead, await room.caseOf(site, 'image', 5), { action: 'keep', version: 1 });
    const file = (query: string) => room.service.ask('GET', `/v1/stats.csv?${query}`, lead);

    const days = await file('from=2026-11-01&to=2026-11-03');
    expect(days.headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': 'attachment; filename="vigie-files-days-2026-11-01-2026-11-03.csv"',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
    });
    const lines = days.text.split('\r\n');
    expect(lines[0]).toMatch(/^\uFEFF"day","start_utc","reports",/);
    expect(lines.slice(1)).toEqual([
      ...['01', '02', '03'].map(
        (day) => `"2026-11-${day}","2026-11-${day}T00:00:00.000Z",0,0,0,0,0,0,0,0,0,0,0,,0,0,0,0,,,,`,
      ),
      '',
    ]);
    const [names, violence, ...rest] = (await file('table=reasons')).text.split('\r\n');
    expect(names).toMatch(/^\uFEFF"reason","reports","blocks_rule","rule_blocks_upheld",/);
    expect(names).toMatch(/"seconds_to_block_median","seconds_to_block_p90","seconds_to_decision_median",/);
    expect(violence).toMatch(/^"violence",5,1,0,1,0,0,1,0,0(,\d+){4}$/);
    expect(rest).toEqual(['']);
    expect((await file('table=moderators')).text).toMatch(/\r\n"lead@files\.ma",0,1,0,0,\d+,\d+\r\n$/);
    const refused = await file('table=images');
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(refused.body).toMatchObject({ status: 422, errors: [{ pointer: '/table' }] });
    expect(refused.headers['content-disposition']).toBeUndefined();
  });
});

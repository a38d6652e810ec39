import type { StatsBucketView } from '../../../src/contract/stats.js';
import { drawingsOf, isNothing, stacked } from '../../../src/web/console/statistics/drawings.js';
import { daysBefore, mayBeHours, queryOf, todayIn } from '../../../src/web/console/statistics/range.js';
import { bucketName, durationWords, tickName } from '../../../src/web/console/statistics/words.js';

const NOTHING: StatsBucketView = {
  start: '2026-11-01T00:00:00.000Z',
  local: '2026-11-01',
  reports: 0,
  casesOpened: 0,
  casesClosed: { decided: 0, merged: 0, superseded: 0 },
  blocks: { rule: 0, moderator: 0, publisher: 0, match: 0 },
  ruleBlocksReviewed: { upheld: 0, overturned: 0, share: null },
  decisions: { block: 0, keep: 0, escalate: 0, undone: 0 },
  secondsToBlock: { median: null, p90: null },
  secondsToDecision: { median: null, p90: null },
};

describe('the time that is asked for', () => {
  const own = { span: 'own', bucket: 'hour', from: '2026-11-01', to: '2026-11-30' } as const;

  it("ends today on the site's calendar, whatever the browser's is", () => {
    const now = new Date('2026-11-26T23:30:00Z');
    expect(todayIn('Africa/Casablanca', now)).toBe('2026-11-27');
    expect(todayIn('America/New_York', now)).toBe('2026-11-26');
    expect(queryOf({ ...own, span: '7' }, 'Africa/Casablanca', now)).toEqual({
      from: '2026-11-21',
      to: null,
      bucket: 'hour',
    });
  });

  it('is told by the hour up to 31 days', () => {
    expect(mayBeHours({ ...own, span: '90' })).toBe(false);
    expect(mayBeHours({ ...own, to: '2026-12-01' })).toBe(true);
    expect(mayBeHours({ ...own, to: '2026-12-02' })).toBe(false);
    expect(queryOf({ ...own, to: '2026-12-02' }, 'UTC', new Date())?.bucket).toBe('day');
  });

  it('is none where the dates are in the wrong order, or left empty', () => {
    expect(queryOf(own, 'UTC', new Date())).toEqual({ from: own.from, to: own.to, bucket: 'hour' });
    expect(queryOf({ ...own, to: '2026-10-31' }, 'UTC', new Date())).toBeNull();
    expect(queryOf({ ...own, from: '' }, 'UTC', new Date())).toBeNull();
    expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28');
  });
});

describe('what is drawn', () => {
  it('stands on what is below it, and is what the table has', () => {
    const buckets = [
      { ...NOTHING, blocks: { rule: 1, moderator: 2, publisher: 3, match: 4 } },
      { ...NOTHING, blocks: { rule: 5, moderator: 0, publisher: 0, match: 1 } },
    ];
    const blocks = drawingsOf(buckets).find(({ name }) => name === 'blocks');
    expect(blocks?.rows.map(({ values }) => values)).toEqual([
      [1, 5],
      [2, 0],
      [3, 0],
      [4, 1],
    ]);
    expect(stacked(blocks?.rows ?? [])).toEqual([
      [1, 5],
      [3, 5],
      [6, 5],
      [10, 6],
    ]);
  });

  it('has a gap where there was nothing to measure', () => {
    const measured = { ...NOTHING, secondsToBlock: { median: 90, p90: 100 } };
    const times = drawingsOf([measured, NOTHING]).find(({ name }) => name === 'toBlock');
    expect(times?.rows[0]?.values).toEqual([90, null]);
  });

  it('is nothing only where nothing at all was counted', () => {
    expect(isNothing(NOTHING)).toBe(true);
    expect(isNothing({ ...NOTHING, decisions: { ...NOTHING.decisions, undone: 1 } })).toBe(false);
    expect(isNothing({ ...NOTHING, casesClosed: { ...NOTHING.casesClosed, merged: 1 } })).toBe(false);
  });
});

describe('times in words', () => {
  it.each([
    [0, /^0 seconds$/],
    [45, /^45 seconds$/],
    [60, /^1 minute$/],
    [5_430, /^1 hour 30 minutes$/],
    [7_200, /^2 hours$/],
    [90_061, /^1 day 1 hour$/],
    [3_600 * 24 * 3 + 59, /^3 days$/],
  ])('%d seconds match %s', (seconds, words) => expect(durationWords(seconds, 'en-GB')).toMatch(words));

  it('have a word between the units in Arabic', () => {
    expect(durationWords(1_710, 'ar-u-nu-latn')).toBe('28 دقيقة و30 ثانية');
    expect(durationWords(1_710, 'fr')).toMatch(/^28\sminutes 30\ssecondes$/);
  });

  it('name a day and an hour by the clocks of the site, and tell the two hours apart that clocks have twice', () => {
    expect(bucketName('2026-11-01', 'day', 'en-GB')).toBe('1 Nov 2026');
    const [first, second] = ['2026-02-15T02:00:00+01:00', '2026-02-15T02:00:00+00:00'].map((local) =>
      bucketName(local, 'hour', 'en-GB'),
    );
    expect(first).toMatch(/15 Feb.*02:00 \(\+01:00\)$/);
    expect(second).toMatch(/15 Feb.*02:00 \(\+00:00\)$/);
    expect(tickName('2026-02-15T02:00:00+01:00', 'hour', 'fr')).toBe('02:00');
    expect(tickName('2026-02-15T00:00:00+01:00', 'hour', 'fr')).toBe('15 févr.');
    expect(tickName('2026-02-15', 'day', 'ar-u-nu-latn')).toMatch(/15/);
  });
});

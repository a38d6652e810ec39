import type { Reason } from '../../src/core/reasons.js';
import type { ReportImage } from '../../src/moderation/image-command.js';
import { Desk, done } from '../setup/desk.js';

/** Votes that look coordinated are set aside, and the rest counts (docs/rules.md, rule 4). */

const SAME_WORDS = 'This picture is a disgrace to all of us.';
const A_WEEK = 10_080;

let desk: Desk;
let n = 0;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());
beforeEach(async () => {
  desk.siteId = await desk.site(`site-${(n += 1)}`);
});

const image = (name = 'a'): string => `https://cdn.example.ma/${n}/${name}.jpg`;

/** A reader who has been known for long, with words of their own. All of a test report at once: as a burst. */
const honest = (url: string, reason: Reason = 'violence'): ReportImage => {
  const report = desk.report(url, reason);
  return {
    ...report,
    reporter: { ...report.reporter, ageMinutes: A_WEEK },
    comment: `I know this street, and it was not so: ${report.reporter.hash.toString('hex')}`,
  };
};
/** One of many who write the same. */
const junk = (url: string): ReportImage => ({ ...honest(url), comment: SAME_WORDS });
const many = (count: number, make: (url: string) => ReportImage, url = image()): ReportImage[] =>
  Array.from({ length: count }, () => make(url));

async function last(commands: readonly ReportImage[]) {
  const outcomes = await desk.neck.moderate(commands);
  const outcome = outcomes.at(-1);
  if (outcome === undefined) throw new Error('no outcome');
  return done(outcome);
}

it('behaviour 31a: a hold discounts: five honest votes and twenty junk ones: blocked', async () => {
  const outcome = await last([...many(20, junk), ...many(5, honest)]);
  expect(outcome).toMatchObject({ visibility: { blocked: true }, case: { held: false, hold: null } });
  const [block] = await desk.dataSource.query<{ evidence: object }[]>(
    'select evidence from block where image_id = $1',
    [outcome.imageId],
  );
  expect(block?.evidence).toMatchObject({
    crossedBy: 'total',
    reporters: 5,
    setAside: 20,
    findings: [
      { signal: 'burst', votes: 25 },
      { signal: 'same-comment', votes: 20, figures: { texts: 1 } },
    ],
  });
  expect(await desk.wrongTallies()).toEqual([]);
});

it('behaviour 31a: four honest votes and twenty junk ones: held, on top, with figures; the fifth blocks', async () => {
  const held = await last([...many(20, junk), ...many(4, honest)]);
  expect(held).toMatchObject({
    visibility: { blocked: false },
    case: {
      held: true,
      status: 'open',
      hold: {
        by: 'signals',
        reporters: 24,
        setAside: 20,
        needed: 5,
        findings: [
          { signal: 'burst', votes: 24 },
          { signal: 'same-comment', votes: 20 },
        ],
      },
    },
  });
  expect(await desk.events(image())).toEqual(['case.opened', 'case.held']);
  // Above what is blocked.
  await last(many(5, honest, image('blocked')));
  const queue = await desk.dataSource.query<{ image_id: string }[]>(
    `select image_id from moderation_case where site_id = $1 and status = 'open' order by priority desc`,
    [desk.siteId],
  );
  expect(queue[0]?.image_id).toBe(held.imageId);
  // More junk holds it on, and says so once.
  expect(await last(many(5, junk))).toMatchObject({ case: { held: true, hold: { setAside: 25 } } });
  const freed = await last(many(1, honest));
  expect(freed).toMatchObject({ visibility: { blocked: true }, case: { held: false, hold: null } });
  expect(await desk.events(image())).toEqual(['case.opened', 'case.held', 'image.blocked']);
});

it('never sets a vote aside for one sign alone', async () => {
  expect(await last(many(5, honest))).toMatchObject({ visibility: { blocked: true } });
});

it('looks at newcomers once it is known what is usual, beside another sign', async () => {
  const young = (url: string): ReportImage => {
    const report = honest(url);
    return { ...report, reporter: { ...report.reporter, ageMinutes: 5 } };
  };
  expect(await last(many(6, young))).toMatchObject({ visibility: { blocked: true } });
  await desk.dataSource.query(
    `insert into site_baseline (site_id, blocks_per_hour, upheld, span_seconds, newcomer_share)
     values ($1, 0.5, 40, 900, 0.1)`,
    [desk.siteId],
  );
  expect(await last(many(6, young, image('later')))).toMatchObject({
    visibility: { blocked: false },
    case: {
      hold: {
        by: 'signals',
        findings: [
          { signal: 'burst', figures: { usualSeconds: 900 } },
          { signal: 'newcomers', votes: 6, figures: { share: 1 } },
        ],
      },
    },
  });
});

it('behaviour 31: never holds the severe reason', async () => {
  const severe = (url: string): ReportImage => ({ ...honest(url, 'child_abuse'), comment: SAME_WORDS });
  expect(await last(many(4, severe))).toMatchObject({
    visibility: { blocked: true, reason: 'child_abuse' },
    case: { held: false, severe: true },
  });
});

it('holds nothing where the rule has no hold, and a hold is the rule’s of the moment', async () => {
  await desk.changeRule({ hold: false });
  expect(await last(many(5, junk))).toMatchObject({ visibility: { blocked: true } });
  await desk.changeRule({ hold: true });
  expect(await desk.row(image())).toMatchObject({ blocked: true });
  expect(await last(many(5, junk, image('later')))).toMatchObject({ case: { held: true } });
});

it('is before the breaker: what is held for its signs takes no place of an hour', async () => {
  await desk.changeRule({ breaker: { perHour: 1, factor: 1 } });
  await last(many(5, junk, image('held')));
  expect(await last(many(5, honest))).toMatchObject({ visibility: { blocked: true } });
  expect(await last(many(5, junk, image('both')))).toMatchObject({ case: { hold: { by: 'signals' } } });
  expect(await last(many(5, honest, image('full')))).toMatchObject({ case: { hold: { by: 'breaker' } } });
});

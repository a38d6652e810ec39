import type { ImageState } from '../../src/core/image-state.js';
import type { ReportImage } from '../../src/moderation/image-command.js';
import { recountVotesStatement } from '../../src/database/statements/votes/recount-votes.js';
import { Desk, done, type Done } from '../setup/desk.js';

/** What the hold is told of a reporter's other votes (docs/rules.md, rule 4; docs/adr/0024). */

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/elsewhere/${(n += 1)}.jpg`;
const names = (from: string): string[] => [1, 2, 3, 4, 5].map((number) => `${from} ${number} ${n}`);

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(async () => {
  await desk.close();
});

/** Of whom the site names itself nothing but what was dismissed is compared. */
const asAccount = (report: ReportImage): ReportImage => ({
  ...report,
  reporter: { ...report.reporter, kind: 'account' },
});

/** Each of these people reports an image, one after the other; the last outcome. */
async function report(url: string, people: readonly string[]): Promise<Done> {
  const outcomes = await desk.oneByOne(people.map((name) => asAccount(desk.report(url, 'violence', name))));
  const last = outcomes.at(-1);
  if (last === undefined) throw new Error('nobody reported');
  return last;
}

/** How the case of an image stands. */
async function holdOf(
  url: string,
): Promise<{ held: boolean; hold: NonNullable<ImageState['case']>['hold'] } | undefined> {
  const { id } = await desk.row(url);
  const [row] = await desk.dataSource.query<
    { held: boolean; hold: NonNullable<ImageState['case']>['hold'] }[]
  >('select held, hold from moderation_case where image_id = $1', [id]);
  return row;
}

describe('votes on other images', () => {
  it('hold an image which five people report who reported two others together, that nobody has decided on', async () => {
    const people = names('member');
    // Four of them: nothing crosses there.
    for (const url of [image(), image()]) await report(url, people.slice(0, 4));
    const third = image();
    await report(third, people);
    expect(await desk.row(third)).toMatchObject({ blocked: false, tally: { violence: 5 } });
    expect(await holdOf(third)).toMatchObject({
      held: true,
      hold: {
        by: 'signals',
        setAside: 4,
        findings: [
          { signal: 'burst', votes: 5 },
          { signal: 'cohort', votes: 4, figures: { undecided: 2 } },
          { signal: 'prolific', votes: 4 },
        ],
      },
    });
  });

  it('are heard of every round of a case that an undo has opened again, each image once', async () => {
    const people = names('again');
    for (const url of [image(), image()]) {
      const seen = await report(url, [...people.slice(0, 1), ...names('before').slice(0, 3)]);
      done(await desk.undo(done(await desk.decide(seen, 'keep', { reports: 'ignore' }))));
      await report(url, people.slice(0, 4));
    }
    const third = image();
    await report(third, people);
    expect(await holdOf(third)).toMatchObject({
      held: true,
      hold: {
        setAside: 4,
        findings: [
          { signal: 'burst' },
          { signal: 'cohort', votes: 4, figures: { undecided: 2 } },
          { signal: 'prolific', votes: 4, figures: { reports: 2 } },
        ],
      },
    });
  });

  it('say nothing of people whom the site names itself', async () => {
    const people = names('named');
    for (const url of [image(), image()])
      await desk.oneByOne(people.slice(0, 4).map((name) => desk.report(url, 'violence', name)));
    const third = image();
    await desk.oneByOne(people.map((name) => desk.report(third, 'violence', name)));
    expect(await desk.row(third)).toMatchObject({ blocked: true });
  });

  it('say nothing once somebody has decided on those images, or they were withdrawn', async () => {
    const people = names('reader');
    const [first, second, third] = [image(), image(), image()];
    const seen = await report(first, people.slice(0, 4));
    const other = await report(second, people.slice(0, 4));
    done(await desk.decide(seen, 'keep', { reports: 'ignore' }));
    for (const name of people.slice(0, 4)) done(await desk.withdraw(other, name));
    await report(third, people);
    expect(await desk.row(third)).toMatchObject({ blocked: true });
  });

  it('are found by the index of those who ask for them', async () => {
    const plan = await desk.database.inTransaction(async (tx) => {
      await tx.query({ name: 'no-walks', text: 'set local enable_seqscan = off' }, []);
      return tx.query<{ 'QUERY PLAN': string }>(
        { name: 'explain', text: `explain ${recountVotesStatement.text}` },
        [[desk.siteId], ['1'], [1], [new Date(0)], [true], [true], [true]],
      );
    });
    expect(plan.map((line) => line['QUERY PLAN']).join('\n')).toMatch(/vote_reporter on vote o/);
  });
});

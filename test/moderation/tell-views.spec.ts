import type { Statement } from '../../src/database/statement.js';
import { moderateImages } from '../../src/moderation/moderate-images.js';
import type { ImageCommand } from '../../src/moderation/image-command.js';
import { Desk } from '../setup/desk.js';

let desk: Desk;
let n = 0;
const image = (): string => `https://cdn.example.ma/told/${(n += 1)}.jpg`;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

const tell = (url: string, perHour: number): ImageCommand => ({
  type: 'tell-views',
  siteId: desk.siteId,
  target: { keys: [desk.key(url, false)] },
  perHour,
});

/** The statements of one batch, by name. */
async function statementsOf(commands: readonly ImageCommand[]): Promise<string[]> {
  const names: string[] = [];
  await desk.database.inIndexedTransaction((tx) => {
    const told = <Result>(statement: Statement, ask: () => Result): Result => {
      names.push(statement.name);
      return ask();
    };
    const watched = {
      query: (statement: Statement, values: unknown[]) => told(statement, () => tx.query(statement, values)),
      send: (statement: Statement, values: unknown[]) => told(statement, () => tx.send(statement, values)),
    } as unknown as typeof tx;
    return moderateImages(watched, commands);
  });
  return names.sort();
}

describe('views that a site tells', () => {
  it('take the same handful of statements, however many images they are of', async () => {
    const urls = Array.from({ length: 50 }, image);
    for (const url of urls) await desk.neck.moderateOne(desk.report(url));
    const [one = '', ...others] = urls;
    const expected = [
      'load-cases',
      'load-image-views',
      'load-rules',
      'lock-images',
      'save-image-views',
      'save-priorities',
    ];
    expect(await statementsOf([tell(one, 90_000)])).toEqual(expected);
    expect(await statementsOf(others.map((url) => tell(url, 90_000)))).toEqual(expected);
    // The same again, and some more: no case is written.
    const again = await statementsOf(urls.map((url) => tell(url, 91_000)));
    expect(again).toEqual(expected.filter((name) => name !== 'save-priorities'));
  });

  it('that two processes tell at once of the same images, in opposite orders, are both taken', async () => {
    const beside = await desk.beside();
    const urls = Array.from({ length: 30 }, image);
    for (const url of urls) await desk.neck.moderateOne(desk.report(url));
    const commands = urls.map((url) => tell(url, 1_000));
    const outcomes = await Promise.all(
      Array.from({ length: 6 }, (_, round) =>
        (round % 2 === 0 ? desk : beside).neck.moderate(round % 2 === 0 ? commands : [...commands].reverse()),
      ),
    );
    expect(outcomes.flat().every(({ ok }) => ok)).toBe(true);
    await beside.close();
  });

  it('are no event, and go with the image that becomes part of another', async () => {
    const [one, two] = [image(), image()];
    for (const url of [one, two]) await desk.neck.moderateOne(desk.report(url));
    await desk.neck.moderate([tell(one, 1_000), tell(two, 500)]);
    expect(await desk.events(one)).toEqual(['case.opened']);
    await desk.bindings.bind(desk.siteId, 'both', [one, two]);
    const rows = await desk.dataSource.query<{ per_hour: number; key: string }[]>(
      `select v.per_hour, i.key from image_views v join image i on i.id = v.image_id where i.key in ('both', $1, $2)`,
      [one, two],
    );
    expect(rows).toEqual([{ per_hour: 1_500, key: 'both' }]);
  });
});

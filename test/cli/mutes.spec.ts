import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../src/database/data-source.js';
import { startCli, type TestCli } from './start-cli.js';

let cli: TestCli;
let dataSource: DataSource;

beforeAll(async () => {
  cli = await startCli();
  dataSource = await new DataSource(dataSourceOptions(cli.url, 1)).initialize();
  for (const slug of ['revue', 'autre']) await cli.run(`site create --slug ${slug} --name ${slug}`);
});
afterAll(async () => {
  await dataSource.destroy();
  await cli.stop();
});

const mute = (site: string, reporter: string, until: string): Promise<unknown> =>
  dataSource.query(
    `insert into muted_reporter (site_id, reporter, cause, note, at, until)
     select id, $2, 'rule', 'a note', clock_timestamp() - interval '1 day', ${until} from site where slug = $1`,
    [site, Buffer.from(reporter.padEnd(16, '.'))],
  );
const idsOf = async (site: string): Promise<string[]> => {
  const { json } = await cli.run(`mute list --site ${site} --json`);
  return (json['mutes'] as { id: string }[]).map(({ id }) => id);
};

it('lists who is muted on a site, the latest first, without saying who that is, and lifts', async () => {
  expect((await cli.run('mute list --site revue')).out).toEqual(['Nobody is muted.']);
  await mute('revue', 'one', 'null');
  await mute('revue', 'two', `clock_timestamp() + interval '1 day'`);
  await mute('revue', 'over', `clock_timestamp() - interval '1 second'`);
  await mute('autre', 'three', 'null');
  const { out } = await cli.run('mute list --site revue');
  expect(out).toHaveLength(2);
  expect(out[0]).toMatch(/^mut_[\w-]{32} +by the rule +since \S+ +until 20\S+ +upheld 0, dismissed 0$/);
  expect(out[1]).toMatch(/ until lifted /);
  expect((await cli.run('mute list --site revue --limit 1')).out.at(-1)).toMatch(/--limit/);

  const [latest = ''] = await idsOf('revue');
  const [elsewhere = ''] = await idsOf('autre');
  expect(await cli.run(`mute lift ${latest} --site revue`)).toMatchObject({ code: 0 });
  expect(await idsOf('revue')).toHaveLength(1);
  expect(await dataSource.query(`select type, actor_kind, data from event`)).toEqual([
    { type: 'reporter.unmuted', actor_kind: 'operator', data: { by: 'operator' } },
  ]);
  for (const other of [latest, elsewhere, 'mut_x'])
    expect(await cli.run(`mute lift ${other} --site revue`)).toMatchObject({ code: 1 });
  expect(await idsOf('autre')).toEqual([elsewhere]);
});

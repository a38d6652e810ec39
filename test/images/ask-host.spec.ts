import { askHost } from '../../src/images/ask-host.js';
import { Desk } from '../setup/desk.js';

let desk: Desk;

beforeAll(async () => {
  desk = await Desk.open();
});
afterAll(() => desk.close());

it.each([253, 600])(
  'counts a host of %d characters, which no name server knows from 254 on',
  async (length) => {
    const host = `${'a'.repeat(length - 3)}.ma`;
    expect(await askHost(desk.database, host, 1)).toBeNull();
    expect(await askHost(desk.database, host, 1)).not.toBeNull();
  },
);

it('asks a host anew whose minute is yet to come, since the clock was set back', async () => {
  const ask = () => askHost(desk.database, 'cdn.example.ma', 1, 0);
  const putOff = (minutes: number) =>
    desk.dataSource.query('update fetch_host set minute = minute + make_interval(mins => $1)', [minutes]);
  expect(await ask()).toBeNull();
  await putOff(24 * 60);
  expect(await ask()).toBeNull();
  // The next minute may have begun for somebody else.
  await putOff(1);
  expect(await ask()).not.toBeNull();
});

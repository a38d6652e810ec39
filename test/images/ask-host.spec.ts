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
